package org.gfplint.facts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gfplint.syntax.NodeKind;
import org.gfplint.syntax.SyntaxTree;

/** The bytes of the file that is being read: names, numbers, types and positions in it. */
final class FileText {
  private static final int NAME_SLOTS = 1 << 12;
  private static final int NEAR_LINES = 8;
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[0];
  private int length;
  private int[] lineStarts = new int[1024];
  private int lines;

  /** Where a place was asked for last. */
  private int lastLine;

  /**
   * Names of this file and where one was seen, so that the same bytes mostly give the same String.
   * A table of all files would save making it again, but not fit into the processor's caches.
   */
  private final String[] names = new String[NAME_SLOTS];

  private final int[] nameStarts = new int[NAME_SLOTS];
  private final int[] nameLengths = new int[NAME_SLOTS];

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
    lastLine = 0;
    Arrays.fill(names, null);
  }

  private void findLines() {
    addLine(0);
    int at = 0;
    while (at < length) {
      if (at + Long.BYTES <= length && !hasLineBreak((long) EIGHT_BYTES.get(bytes, at))) {
        at += Long.BYTES;
        continue;
      }
      int end = Math.min(at + Long.BYTES, length);
      for (; at < end; at++) {
        if (bytes[at] == '\n') {
          addLine(at + 1);
        }
      }
    }
  }

  /** Whether one of the eight bytes is a line break; a byte before one may count, too. */
  private static boolean hasLineBreak(long eight) {
    long zeroes = eight ^ 0x0a0a0a0a0a0a0a0aL;
    return (zeroes - 0x0101010101010101L & ~zeroes & 0x8080808080808080L) != 0;
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

  int length() {
    return length;
  }

  boolean startsWith(int start, byte[] word) {
    return start + word.length <= length
        && Arrays.equals(bytes, start, start + word.length, word, 0, word.length);
  }

  String of(SyntaxTree tree, int node) {
    return of(tree.start(node), tree.end(node));
  }

  String of(int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    hash ^= hash >>> 15;
    int slot = hash & (NAME_SLOTS - 1);
    if (names[slot] == null || !isAgain(start, end, nameStarts[slot], nameLengths[slot])) {
      names[slot] = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      nameStarts[slot] = start;
      nameLengths[slot] = end - start;
    }
    return names[slot];
  }

  private boolean isAgain(int start, int end, int before, int lengthBefore) {
    if (end - start != lengthBefore) {
      return false;
    }
    for (int i = start, j = before; i < end; i++, j++) {
      if (bytes[i] != bytes[j]) {
        return false;
      }
    }
    return true;
  }

  /** Whether the operator is a sizeof in the file too: the normaliser writes alignof that way. */
  boolean isSizeof(int start) {
    if (original != null) {
      return original[start] == 's' || original[start + 1] == 's';
    }
    return start + 7 >= length || bytes[start + 6] != ' ' || bytes[start + 7] != ' ';
  }

  /** The text without blanks at its ends, runs of them folded, enclosing brackets gone. */
  String compact(int start, int end) {
    String text =
        new String(bytes, start, end - start, StandardCharsets.UTF_8)
            .replaceAll("\\s+", " ")
            .strip();
    int from = 0;
    int to = text.length();
    while (to - from > 1 && text.charAt(from) == '(' && text.charAt(to - 1) == ')') {
      from += text.charAt(from + 1) == ' ' ? 2 : 1;
      to -= text.charAt(to - 2) == ' ' ? 2 : 1;
    }
    return to <= from ? "" : text.substring(from, to);
  }

  Span span(int start, int end) {
    int line = lineOf(start);
    int endLine = lineOf(end);
    int column = column(line, start) + (isMoved(start) ? 1 : 0);
    return new Span(shown(line), column, shown(endLine), column(endLine, end));
  }

  /** Whether the name there stands one further right in the file: to make room for a character. */
  private boolean isMoved(int offset) {
    if (original == null || offset >= length || original[offset] == bytes[offset]) {
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

  /** Whether a macro's name stood there before it was rewritten. */
  boolean isRewritten(int offset) {
    return original != null && original[offset] != bytes[offset];
  }

  /** The identifier that stood there, or behind the blanks there, before; "" if there was none. */
  String originalWord(int offset) {
    if (original == null) {
      // The body of a macro, put together.
      return "";
    }
    int end = originalWordEnd(offset);
    int start = end;
    while (start > offset && Character.isJavaIdentifierPart(original[start - 1])) {
      start--;
    }
    return new String(original, start, end - start, StandardCharsets.UTF_8);
  }

  /** Where that identifier ended. */
  int originalWordEnd(int offset) {
    int at = offset;
    while (at < length && original[at] <= ' ') {
      at++;
    }
    while (at < length && Character.isJavaIdentifierPart(original[at])) {
      at++;
    }
    return at;
  }

  /** The place of a byte, or {@code end} if it does not come before. */
  int skipTo(char wanted, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  int line(int offset) {
    return shown(lineOf(offset));
  }

  private int shown(int line) {
    return lineMap == null ? line + 1 : lineMap[Math.min(line, lineMap.length - 1)];
  }

  private int lineOf(int offset) {
    if (lines == 0) {
      findLines();
    }
    // Places are mostly asked for in their order, an end right after a start.
    int last = Math.min(lastLine + NEAR_LINES, lines) - 1;
    int line = lastLine;
    while (line < last && lineStarts[line + 1] <= offset) {
      line++;
    }
    if (offset < lineStarts[line] || line == last && last < lines - 1) {
      int found = Arrays.binarySearch(lineStarts, 0, lines, offset);
      line = found >= 0 ? found : -found - 2;
    }
    lastLine = line;
    return line;
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
    return literal(bytes, tree.start(node), tree.end(node));
  }

  /** The number that is written there; {@link Expr#UNKNOWN} if it is not just one. */
  static Expr literal(byte[] bytes, int start, int literalEnd) {
    int end = literalEnd;
    while (end > start && isSuffix(bytes[end - 1], bytes[start], start, end)) {
      end--;
    }
    try {
      String digits = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      if (digits.startsWith("-") && !digits.startsWith("-0")) {
        // The parser takes the sign for a part of the literal.
        return Expr.number(Math.negateExact(Long.parseLong(digits.substring(1))));
      }
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

  private static boolean isSuffix(byte last, byte first, int start, int end) {
    switch (last) {
      case 'u', 'U', 'l', 'L':
        return end - start > 1 || first != last;
      default:
        return false;
    }
  }

  // ---- declarations

  /** "struct x", a typedef's name, "unsigned long"; "" if there is none. */
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
          int name = tree.child(c, NodeKind.TYPE_IDENTIFIER);
          return name < 0 ? "enum" : "enum " + of(tree, name);
        }
        case NodeKind.SIZED_TYPE_SPECIFIER -> {
          return sizedType(tree, c);
        }
        default -> {}
      }
    }
    return "";
  }

  /** The one spelling of what C lets be said in any order, as in {@code long unsigned int}. */
  private String sizedType(SyntaxTree tree, int node) {
    String words = " " + of(tree, node) + " ";
    boolean unsigned = words.contains("unsigned");
    String type;
    if (words.contains("long")) {
      int first = words.indexOf("long");
      boolean twice = words.indexOf("long", first + 4) > 0;
      if (words.contains("double")) {
        return "long double";
      }
      type = twice ? "long long" : "long";
    } else if (words.contains("short")) {
      type = "short";
    } else if (words.contains("char")) {
      type = unsigned ? "char" : "signed char";
    } else {
      int other = tree.child(node, NodeKind.TYPE_IDENTIFIER);
      type = other < 0 ? "int" : of(tree, other);
    }
    return unsigned ? "unsigned " + type : type;
  }

  /** What a declarator makes of its base type. */
  record Declared(String suffix, List<Integer> dimensions) {}

  private static final Declared PLAIN = new Declared("", List.of());
  private static final Declared POINTER = new Declared("*", List.of());

  /** Reads a declarator; dimensions are nodes, outermost first, -1 for an empty one. */
  Declared declared(SyntaxTree tree, int declarator) {
    int first = tree.kind(declarator);
    if (isName(first)) {
      return PLAIN;
    }
    if (first == NodeKind.POINTER_DECLARATOR && isName(tree.kind(tree.lastChild(declarator)))) {
      return POINTER;
    }
    StringBuilder suffix = new StringBuilder();
    List<Integer> dimensions = new ArrayList<>();
    for (int node = declarator; node >= 0; node = innerDeclarator(tree, node)) {
      switch (tree.kind(node)) {
        case NodeKind.POINTER_DECLARATOR, NodeKind.ABSTRACT_POINTER_DECLARATOR -> {
          suffix.append("[]".repeat(dimensions.size())).append('*');
          dimensions.clear();
        }
        case NodeKind.FUNCTION_DECLARATOR -> suffix.append("()");
        case NodeKind.ARRAY_DECLARATOR -> {
          int size = tree.lastChild(node);
          dimensions.add(0, size == tree.firstChild(node) ? -1 : size);
        }
        default -> {}
      }
    }
    return new Declared(suffix.toString(), dimensions);
  }

  private static boolean isName(int kind) {
    return kind == NodeKind.IDENTIFIER
        || kind == NodeKind.FIELD_IDENTIFIER
        || kind == NodeKind.TYPE_IDENTIFIER;
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
      if (isName(tree.kind(node))) {
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
