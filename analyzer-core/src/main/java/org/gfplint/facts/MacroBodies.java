package org.gfplint.facts;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bodies of a file's macros, put together as C functions so that the same parser reads them:
 * one line each, with the line of its definition remembered.
 */
final class MacroBodies {
  /** Tables of device registers have tens of thousands of numbers that no allocation uses. */
  private static final int MAX_CONSTANTS = 2000;

  /** The return type that tells a constant from a macro that is called. */
  static final String CONSTANT = "gfplint_constant";

  private static final int MAX_CONSTANT_LENGTH = 200;
  private static final int MAX_BODY_LENGTH = 8000;

  private final FileText text;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Integer> lines = new ArrayList<>();
  private int numbers;

  /**
   * None yet.
   *
   * @param text of the file
   */
  MacroBodies(FileText text) {
    this.text = text;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  byte[] text() {
    return out.toByteArray();
  }

  int[] lineMap() {
    return lines.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * An object-like macro or an enumerator; kept if it may be a mask or a number.
   *
   * @param nameEnd where its name ends, which is given by its first and last byte
   * @param known where it goes if it is simple enough to be read at once
   */
  void addConstant(
      int nameStart, int nameEnd, int start, int end, int line, List<MacroConstant> known) {
    byte[] bytes = text.bytes();
    boolean full = numbers >= MAX_CONSTANTS;
    if (end - start > MAX_CONSTANT_LENGTH || full && !mentionsMask(bytes, start, end)) {
      return;
    }
    String name = text.of(nameStart, nameEnd);
    Expr value = ConstantParser.parse(text, start, end, line);
    if (value != null) {
      numbers++;
      known.add(new MacroConstant(name, value, line));
      return;
    }
    String body = flat(bytes, start, end);
    boolean mask = body.contains("GFP_");
    if (!mask) {
      if (full || !looksLikeNumber(body)) {
        return;
      }
      numbers++;
    }
    append(CONSTANT + " " + name + "(void) { return (" + body + "); }", line);
  }

  private static boolean mentionsMask(byte[] bytes, int start, int end) {
    for (int i = start; i + 3 < end; i++) {
      if (bytes[i] == 'G' && bytes[i + 1] == 'F' && bytes[i + 2] == 'P' && bytes[i + 3] == '_') {
        return true;
      }
    }
    return false;
  }

  private static boolean looksLikeNumber(String body) {
    if (body.isEmpty() || body.indexOf('"') >= 0 || body.indexOf('{') >= 0) {
      return false;
    }
    char first = body.charAt(0);
    return Character.isLetterOrDigit(first) || first == '(' || first == '_' || first == '~';
  }

  /** A function-like macro; kept if its body calls something. */
  void addFunction(
      String name, byte[] bytes, int paramStart, int paramEnd, int start, int end, int line) {
    if (end - start > MAX_BODY_LENGTH || !callsSomething(bytes, start, end)) {
      return;
    }
    String parameters = flat(bytes, paramStart, paramEnd).replace("...", "__VA_ARGS__");
    String named = parameters.substring(1, Math.max(1, parameters.length() - 1)).strip();
    StringBuilder typed = new StringBuilder();
    if (!named.isEmpty()) {
      for (String parameter : named.split(",")) {
        String identifier = parameter.strip();
        // GNU's "args..." names the rest.
        if (identifier.endsWith("__VA_ARGS__") && identifier.length() > "__VA_ARGS__".length()) {
          identifier = identifier.substring(0, identifier.length() - "__VA_ARGS__".length());
        }
        typed.append(typed.isEmpty() ? "int " : ", int ").append(identifier);
      }
    }
    String body = flat(bytes, start, end);
    String code = isStatement(body) ? body + ";" : "return " + body + ";";
    append("void " + name + "(" + typed + ") { " + code + " }", line);
  }

  private static boolean isStatement(String body) {
    return body.startsWith("do ")
        || body.startsWith("do{")
        || body.startsWith("if ")
        || body.startsWith("if(")
        || body.startsWith("for ")
        || body.startsWith("for(")
        || body.startsWith("while")
        || body.startsWith("{")
        || body.startsWith("switch")
        || body.startsWith("return ")
        || body.startsWith("struct ")
        || body.startsWith("static ");
  }

  /** An identifier right before an opening bracket that is not one of C's own words. */
  private static boolean callsSomething(byte[] bytes, int start, int end) {
    int wordStart = -1;
    for (int i = start; i < end; i++) {
      int c = bytes[i];
      boolean word =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (word) {
        if (wordStart < 0) {
          wordStart = i;
        }
      } else {
        if (c == '(' && wordStart >= 0) {
          String name = new String(bytes, wordStart, i - wordStart, StandardCharsets.ISO_8859_1);
          switch (name) {
            case "sizeof",
                "typeof",
                "__typeof__",
                "BIT",
                "GENMASK",
                "BUILD_BUG_ON",
                "ARRAY_SIZE",
                "if",
                "while",
                "for",
                "switch",
                "defined",
                "_IO",
                "_IOR",
                "_IOW",
                "_IOWR",
                "FIELD_PREP",
                "FIELD_GET",
                "__stringify",
                "__bf_shf",
                "__force" -> {}
            default -> {
              if (!Character.isDigit(name.charAt(0))) {
                return true;
              }
            }
          }
        }
        wordStart = -1;
      }
    }
    return false;
  }

  private void append(String code, int line) {
    byte[] encoded = (code + "\n").getBytes(StandardCharsets.UTF_8);
    out.write(encoded, 0, encoded.length);
    lines.add(line);
  }

  /** On one line: continued lines joined, comments gone. */
  private static String flat(byte[] bytes, int start, int end) {
    StringBuilder flat = new StringBuilder(end - start);
    String raw = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '/' && raw.startsWith("/*", i)) {
        int close = raw.indexOf("*/", i + 2);
        i = close < 0 ? raw.length() : close + 1;
        flat.append(' ');
      } else if (c == '/' && raw.startsWith("//", i)) {
        int close = raw.indexOf('\n', i);
        i = close < 0 ? raw.length() : close;
        flat.append(' ');
      } else if (c == '\\' && i + 1 < raw.length() && raw.charAt(i + 1) == '\n') {
        i++;
        flat.append(' ');
      } else if (c == '\n' || c == '\r') {
        flat.append(' ');
      } else {
        flat.append(c);
      }
    }
    return flat.toString().strip();
  }
}
