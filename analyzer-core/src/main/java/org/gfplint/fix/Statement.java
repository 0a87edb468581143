package org.gfplint.fix;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plain statement inside a function, by the numbers of its tokens.
 *
 * @param first its first token
 * @param last its semicolon
 * @param part the token at the statement's own level that leads to what was looked for
 * @param control the last token of the {@code if (...)}, {@code else} or loop head whose body the
 *     statement is, without braces; -1 if it stands in a block
 * @param controlStart the first token of that head, or -1
 * @param block the brace of the block around it
 */
record Statement(int first, int last, int part, int control, int controlStart, int block) {
  private static final Set<String> HEADS = Set.of("if", "while", "for", "switch");
  private static final Set<String> NOT_PLAIN =
      Set.of("do", "case", "default", "goto", "break", "continue", "asm");

  private static final Set<String> TYPE_WORDS =
      Set.of(
          "struct",
          "union",
          "enum",
          "const",
          "volatile",
          "static",
          "extern",
          "register",
          "auto",
          "unsigned",
          "signed",
          "char",
          "short",
          "int",
          "long",
          "float",
          "double",
          "void",
          "bool",
          "typeof",
          "__typeof__",
          "__auto_type");

  private static final Set<String> JUMPS =
      Set.of("return", "goto", "break", "continue", "else", "case", "default", "do", "sizeof");

  /** The statement that a token belongs to; empty if it has a form that is not understood. */
  static Optional<Statement> around(Tokens tokens, int token) {
    int block = tokens.enclosing(token);
    while (block >= 0 && !tokens.is(block, "{")) {
      block = tokens.enclosing(block);
    }
    if (block < 0 || tokens.partner(block) < 0) {
      return Optional.empty();
    }
    int part = token;
    while (tokens.enclosing(part) != block) {
      part = tokens.enclosing(part);
    }
    int first = first(tokens, part);
    int last = last(tokens, part);
    if (first < 0 || last < 0 || tokens.hasDirective(first, last)) {
      return Optional.empty();
    }
    return withoutHeads(tokens, first, last, part, block);
  }

  private static int first(Tokens tokens, int part) {
    int i = part;
    while (true) {
      int before = i - 1;
      if (tokens.is(before, ")") || tokens.is(before, "]")) {
        before = tokens.partner(before);
        if (before < 0) {
          return -1;
        }
        i = before;
      } else if (tokens.is(before, ":")) {
        if (!isConditional(tokens, before)) {
          return i;
        }
        i = before;
      } else if (endsStatement(tokens, before)) {
        return i;
      } else if (tokens.isDirective(before)) {
        int beyond = before;
        while (tokens.isDirective(beyond)) {
          beyond--;
        }
        boolean between =
            endsStatement(tokens, beyond)
                || tokens.is(beyond, ":") && !isConditional(tokens, beyond);
        return between ? i : -1;
      } else if (before < 0) {
        return -1;
      } else {
        i = before;
      }
    }
  }

  private static boolean endsStatement(Tokens tokens, int token) {
    return tokens.is(token, ";") || tokens.is(token, "{") || tokens.is(token, "}");
  }

  /** Whether a colon belongs to a '?' and not to a label. */
  private static boolean isConditional(Tokens tokens, int colon) {
    int i = colon - 1;
    while (i >= 0 && !endsStatement(tokens, i) && !tokens.isDirective(i)) {
      if (tokens.is(i, "?")) {
        return true;
      }
      boolean closed = tokens.is(i, ")") || tokens.is(i, "]");
      i = closed && tokens.partner(i) >= 0 ? tokens.partner(i) - 1 : i - 1;
    }
    return false;
  }

  private static int last(Tokens tokens, int part) {
    int i = part;
    while (i < tokens.size()) {
      if (tokens.is(i, ";")) {
        return i;
      }
      if (tokens.is(i, "(") || tokens.is(i, "[")) {
        i = tokens.partner(i);
        if (i < 0) {
          return -1;
        }
      } else if (endsStatement(tokens, i) || tokens.isDirective(i)) {
        return -1;
      }
      i++;
    }
    return -1;
  }

  private static Optional<Statement> withoutHeads(
      Tokens tokens, int from, int last, int part, int block) {
    int first = from;
    int control = -1;
    int controlStart = -1;
    while (true) {
      boolean call = tokens.isWord(first) && tokens.is(first + 1, "(");
      int end = call ? tokens.partner(first + 1) : -1;
      if (tokens.is(first, "else")) {
        control = first;
        controlStart = first;
        first++;
      } else if (call
          && end > 0
          && (HEADS.contains(tokens.text(first)) || tokens.isWord(end + 1))) {
        if (part <= end) {
          return Optional.empty();
        }
        if (controlStart < 0 || controlStart != first - 1) {
          controlStart = first;
        }
        control = end;
        first = end + 1;
      } else if (tokens.isWord(first) && NOT_PLAIN.contains(tokens.text(first))) {
        return Optional.empty();
      } else {
        return part < first
            ? Optional.empty()
            : Optional.of(new Statement(first, last, part, control, controlStart, block));
      }
    }
  }

  /**
   * The position of the last '=' at the statement's own level; -1 if it assigns nothing that way.
   */
  int assignment(Tokens tokens) {
    int found = -1;
    for (int i = first; i < last; i++) {
      if (tokens.is(i, "(") || tokens.is(i, "[")) {
        i = tokens.partner(i);
      } else if (tokens.is(i, "=")) {
        found = i;
      }
    }
    return found;
  }

  /** Whether what stands between two tokens is nothing but casts. */
  static boolean onlyCasts(Tokens tokens, int from, int to) {
    int i = from;
    while (i < to) {
      if (!tokens.is(i, "(") || tokens.partner(i) < 0) {
        return false;
      }
      List<String> joints = List.of("*");
      for (int j = i + 1; j < tokens.partner(i); j++) {
        if (!tokens.isWord(j) && !joints.contains(tokens.text(j))) {
          return false;
        }
      }
      i = tokens.partner(i) + 1;
    }
    return i == to;
  }

  /** Whether the tokens are places to assign to, one or more: {@code a->b[i] = *c}. */
  static boolean isTarget(Tokens tokens, int from, int to) {
    int i = from;
    boolean word = false;
    while (i < to) {
      if (tokens.isWord(i)) {
        if (word) {
          return false;
        }
        word = true;
      } else if (tokens.is(i, "[")) {
        i = tokens.partner(i);
      } else if (tokens.is(i, "*") && word) {
        return false;
      } else if (tokens.is(i, ".") || tokens.is(i, "->") || tokens.is(i, "=")) {
        word = false;
      } else if (!tokens.is(i, "*")) {
        return false;
      }
      i++;
    }
    return word;
  }

  /** Whether a declaration begins there, as far as its looks say. */
  static boolean isDeclaration(Tokens tokens, int token) {
    if (!tokens.isWord(token)) {
      return false;
    }
    String word = tokens.text(token);
    if (TYPE_WORDS.contains(word)) {
      return true;
    }
    if (JUMPS.contains(word)) {
      return false;
    }
    int i = token + 1;
    if (tokens.is(i, "(")) {
      return word.equals(word.toUpperCase(java.util.Locale.ROOT)) && tokens.partner(i) > 0;
    }
    boolean pointer = tokens.is(i, "*");
    while (tokens.is(i, "*")) {
      i++;
    }
    return tokens.isWord(i)
        && (!pointer
            || tokens.is(i + 1, ";")
            || tokens.is(i + 1, "=")
            || tokens.is(i + 1, ",")
            || tokens.is(i + 1, "["));
  }
}
