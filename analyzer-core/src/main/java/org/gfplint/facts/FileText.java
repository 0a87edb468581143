package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.gfplint.syntax.NodeKind;
import org.gfplint.syntax.SyntaxTree;

/** The bytes of the file that is being read: names, numbers, types and positions in it. */
final class FileText {
  private static final int NAME_SLOTS = 1 << 12;

  private byte[] bytes = new byte[0];
  private int length;
  private int[] lineStarts = new int[1024];
  private int lines;

  /** Names seen lately, so that the same bytes give the same String without making one. */
  private final String[] names = new String[NAME_SLOTS];

  /** Added to every line: for text that was put together from macros. */
  private int[] lineMap;

  /** The text before its macros were rewritten, or null if that does not matter. */
  private byte[] original;

  void reset(byte[] newBytes, int newLength) {
    reset(newBytes, newLength, (int[]) null);
  }

  /**
   * Starts on another text.
   *
   * @param before the text before its macros were rewritten, as long
   */
  void reset(byte[] newBytes, int newLength, byte[] before) {
    reset(newBytes, newLength);
    original = before;
  }

  /**
   * Starts on another text.
   *
   * @param newLineMap the line to report for each line of the text, or null for its own
   */
  void reset(byte[] newBytes, int newLength, int[] newLineMap) {
    bytes = newBytes;
    length = newLength;
    lineMap = newLineMap;
    original = null;
    lines = 0;
    addLine(0);
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        addLine(i + 1);
      }
    }
  }

  private void addLine(int start) {
    if (lines == lineStarts.length) {
      lineStarts = Arrays.copyOf(lineStarts, lines * 2);
    }
    lineStarts[lines++] = start;
  }

  byte[] bytes() {
    return bytes;
  }

  String of(SyntaxTree tree, int node) {
    return of(tree.start(node), tree.end(node));
  }

  String of(int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (NAME_SLOTS - 1);
    String known = names[slot];
    if (known != null && equals(known, start, end)) {
      return known;
    }
    String name = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    names[slot] = name;
    return name;
  }

  private boolean equals(String name, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != (char) bytes[start + i]) {
        return false;
      }
    }
    return true;
  }

  /** The text without blanks at its ends, runs of them folded, enclosing brackets gone. */
  String compact(int start, int end) {
    String text =
        new String(bytes, start, end - start, StandardCharsets.UTF_8)
            .replaceAll("\\s+", " ")
            .strip();
    while (text.startsWith("(") && text.endsWith(")")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    return text;
  }

  Span span(int start, int end) {
    int line = lineOf(start);
    int endLine = lineOf(end);
    int column = column(line, start) + (isMoved(start) ? 1 : 0);
    return new Span(shown(line), column, shown(endLine), column(endLine, end));
  }

  /** Whether the name there stands one further right in the file: to make room for a character. */
  private boolean isMoved(int offset) {
    if (original == null) {
      return false;
    }
    int end = offset;
    while (end < length && Character.isJavaIdentifierPart(bytes[end])) {
      end++;
    }
    return end > offset
        && end < length
        && !Arrays.equals(bytes, offset, end, original, offset, end)
        && Arrays.equals(bytes, offset, end, original, offset + 1, end + 1);
  }

  int line(int offset) {
    return shown(lineOf(offset));
  }

  private int shown(int line) {
    return lineMap == null ? line + 1 : lineMap[Math.min(line, lineMap.length - 1)];
  }

  private int lineOf(int offset) {
    int found = Arrays.binarySearch(lineStarts, 0, lines, offset);
    return found >= 0 ? found : -found - 2;
  }

  private int column(int line, int offset) {
    if (lineMap != null) {
      return 1;
    }
    int column = 1;
    for (int i = lineStarts[line]; i < offset; i++) {
      if ((bytes[i] & 0xc0) != 0x80) {
        column++;
      }
    }
    return column;
  }

  Expr number(SyntaxTree tree, int node) {
    int start = tree.start(node);
    int end = tree.end(node);
    while (end > start && isSuffix(bytes[end - 1], bytes[start], start, end)) {
      end--;
    }
    try {
      String digits = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      if (digits.startsWith("0x") || digits.startsWith("0X")) {
        return Expr.number(Long.parseUnsignedLong(digits.substring(2), 16));
      }
      if (digits.startsWith("0b") || digits.startsWith("0B")) {
        return Expr.number(Long.parseUnsignedLong(digits.substring(2), 2));
      }
      if (digits.length() > 1 && digits.startsWith("0")) {
        return Expr.number(Long.parseUnsignedLong(digits, 8));
      }
      return Expr.number(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      return Expr.UNKNOWN;
    }
  }

  private boolean isSuffix(byte last, byte first, int start, int end) {
    switch (last) {
      case 'u', 'U', 'l', 'L':
        return end - start > 1 || first != last;
      default:
        return false;
    }
  }

  // ---- declarations

  /** "struct x", a typedef's name, "int"; "" if there is none. */
  String baseType(SyntaxTree tree, int declaration) {
    for (int c = tree.firstChild(declaration); c >= 0; c = tree.nextSibling(declaration, c)) {
      switch (tree.kind(c)) {
        case NodeKind.TYPE_IDENTIFIER, NodeKind.PRIMITIVE_TYPE -> {
          return of(tree, c);
        }
        case NodeKind.STRUCT_SPECIFIER -> {
          int name = tree.child(c, NodeKind.TYPE_IDENTIFIER);
          return name < 0 ? "struct" : "struct " + of(tree, name);
        }
        case NodeKind.UNION_SPECIFIER -> {
          int name = tree.child(c, NodeKind.TYPE_IDENTIFIER);
          return name < 0 ? "union" : "union " + of(tree, name);
        }
        case NodeKind.ENUM_SPECIFIER -> {
          return "enum";
        }
        case NodeKind.SIZED_TYPE_SPECIFIER -> {
          return "int";
        }
        default -> {}
      }
    }
    return "";
  }

  /** One '*' for each pointer level of a declarator. */
  String stars(SyntaxTree tree, int declarator) {
    StringBuilder stars = new StringBuilder();
    int node = declarator;
    while (node >= 0) {
      int kind = tree.kind(node);
      if (kind == NodeKind.POINTER_DECLARATOR || kind == NodeKind.ABSTRACT_POINTER_DECLARATOR) {
        stars.append('*');
      }
      node = innerDeclarator(tree, node);
    }
    return stars.toString();
  }

  /** The name of the function that node 0 defines, or -1 if it is none or has no body. */
  static int functionName(SyntaxTree tree) {
    if (tree.kind(0) != NodeKind.FUNCTION_DEFINITION
        || tree.child(0, NodeKind.COMPOUND_STATEMENT) < 0) {
      return -1;
    }
    int declarator = functionDeclarator(tree);
    return declarator < 0 ? -1 : declaredName(tree, declarator);
  }

  /** The function declarator of the definition at node 0, or -1. */
  static int functionDeclarator(SyntaxTree tree) {
    for (int c = tree.firstChild(0); c >= 0; c = tree.nextSibling(0, c)) {
      int node = isDeclarator(tree.kind(c)) ? c : -1;
      while (node >= 0) {
        if (tree.kind(node) == NodeKind.FUNCTION_DECLARATOR) {
          return node;
        }
        node = innerDeclarator(tree, node);
      }
    }
    return -1;
  }

  /** The identifier that a declarator declares, or -1. */
  static int declaredName(SyntaxTree tree, int declarator) {
    int node = declarator;
    while (node >= 0) {
      int kind = tree.kind(node);
      if (kind == NodeKind.IDENTIFIER
          || kind == NodeKind.FIELD_IDENTIFIER
          || kind == NodeKind.TYPE_IDENTIFIER) {
        return node;
      }
      node = innerDeclarator(tree, node);
    }
    return -1;
  }

  static int innerDeclarator(SyntaxTree tree, int node) {
    switch (tree.kind(node)) {
      case NodeKind.POINTER_DECLARATOR,
          NodeKind.FUNCTION_DECLARATOR,
          NodeKind.ARRAY_DECLARATOR,
          NodeKind.PARENTHESIZED_DECLARATOR,
          NodeKind.ATTRIBUTED_DECLARATOR,
          NodeKind.INIT_DECLARATOR,
          NodeKind.ABSTRACT_POINTER_DECLARATOR -> {
        for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
          if (isDeclarator(tree.kind(c))) {
            return c;
          }
        }
        return -1;
      }
      default -> {
        return -1;
      }
    }
  }

  static boolean isDeclarator(int kind) {
    switch (kind) {
      case NodeKind.IDENTIFIER,
      NodeKind.FIELD_IDENTIFIER,
      NodeKind.TYPE_IDENTIFIER,
      NodeKind.POINTER_DECLARATOR,
      NodeKind.FUNCTION_DECLARATOR,
      NodeKind.ARRAY_DECLARATOR,
      NodeKind.PARENTHESIZED_DECLARATOR,
      NodeKind.ATTRIBUTED_DECLARATOR,
      NodeKind.INIT_DECLARATOR,
      NodeKind.ABSTRACT_POINTER_DECLARATOR:
        return true;
      default:
        return false;
    }
  }
}
