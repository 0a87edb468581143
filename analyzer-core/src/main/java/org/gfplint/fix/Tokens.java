package org.gfplint.fix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The tokens of a C file before preprocessing, without comments; a directive is one token. Brackets
 * are paired; of the branches of an {@code #if} the first counts for what comes behind it.
 */
final class Tokens {
  enum Kind {
    WORD,
    LITERAL,
    SIGN,
    DIRECTIVE
  }

  private record Token(Kind kind, int start, int end) {}

  private static final int NONE = -1;

  private static final List<String> LONG_SIGNS =
      List.of(
          "<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||",
          "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "##");

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int[] partners;
  private int[] enclosing;
  private int[] branches;

  Tokens(SourceText source) {
    this.text = source.text();
    split();
    pair();
  }

  // ---- looking at them

  int size() {
    return tokens.size();
  }

  Kind kind(int token) {
    return token >= 0 && token < tokens.size() ? tokens.get(token).kind : null;
  }

  int start(int token) {
    return tokens.get(token).start;
  }

  int end(int token) {
    return tokens.get(token).end;
  }

  String text(int token) {
    return text.substring(start(token), end(token));
  }

  boolean is(int token, String expected) {
    return token >= 0
        && token < tokens.size()
        && end(token) - start(token) == expected.length()
        && text.startsWith(expected, start(token));
  }

  boolean isWord(int token) {
    return kind(token) == Kind.WORD;
  }

  boolean isDirective(int token) {
    return kind(token) == Kind.DIRECTIVE;
  }

  /** The token that begins at an offset, or -1. */
  int at(int offset) {
    int low = from(offset);
    return low < tokens.size() && start(low) == offset ? low : NONE;
  }

  /** The first token that begins at an offset or behind it. */
  int from(int offset) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start(middle) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The bracket that belongs to a bracket, or -1. */
  int partner(int token) {
    return partners[token];
  }

  /** The innermost bracket that is open at a token, or -1. */
  int enclosing(int token) {
    return enclosing[token];
  }

  /** The branch of conditional compilation that a token lies in, as a number. */
  int branch(int token) {
    return branches[token];
  }

  /** Whether there is a directive among the tokens from {@code first} to {@code last}. */
  boolean hasDirective(int first, int last) {
    for (int i = first; i <= last; i++) {
      if (isDirective(i)) {
        return true;
      }
    }
    return false;
  }

  /** The first word of a directive, as in "include". */
  String directive(int token) {
    return text(token).replaceFirst("^#\\s*", "").replaceFirst("(?s)[^a-z].*$", "");
  }

  // ---- making them

  private void split() {
    int i = 0;
    boolean lineBegins = true;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\n') {
        lineBegins = true;
        i++;
      } else if (c <= ' ') {
        i++;
      } else if (text.startsWith("/*", i) || text.startsWith("//", i)) {
        i = afterComment(i);
      } else if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) <= ' ') {
        i++;
      } else {
        int end;
        Kind kind;
        if (c == '#' && lineBegins) {
          kind = Kind.DIRECTIVE;
          end = afterDirective(i);
        } else if (isWordPart(c)) {
          kind = Character.isDigit(c) ? Kind.LITERAL : Kind.WORD;
          end = afterWord(i);
        } else if (c == '"' || c == '\'') {
          kind = Kind.LITERAL;
          end = afterQuote(i);
        } else {
          kind = Kind.SIGN;
          end = i + signLength(i);
        }
        tokens.add(new Token(kind, i, end));
        lineBegins = false;
        i = end;
      }
    }
  }

  private static boolean isWordPart(char c) {
    return c == '_' || c == '$' || (c < 0x80 && Character.isLetterOrDigit(c)) || c >= 0x80;
  }

  private int afterWord(int start) {
    int i = start;
    while (i < text.length() && isWordPart(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private int afterComment(int start) {
    if (text.charAt(start + 1) == '*') {
      int end = text.indexOf("*/", start + 2);
      return end < 0 ? text.length() : end + 2;
    }
    return endOfLogicalLine(start);
  }

  private int afterQuote(int start) {
    char quote = text.charAt(start);
    int i = start + 1;
    while (i < text.length() && text.charAt(i) != quote && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return Math.min(i < text.length() && text.charAt(i) == quote ? i + 1 : i, text.length());
  }

  /** A directive ends with its line; a comment in it may go on. */
  private int afterDirective(int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '\n') {
      if (text.startsWith("/*", i)) {
        i = afterComment(i);
      } else if (text.startsWith("//", i)) {
        return endOfLogicalLine(i);
      } else if (text.charAt(i) == '"') {
        i = afterQuote(i);
      } else if (isContinued(i)) {
        i = text.indexOf('\n', i) + 1;
      } else {
        i++;
      }
    }
    return i;
  }

  private boolean isContinued(int backslash) {
    return text.startsWith("\\\n", backslash) || text.startsWith("\\\r\n", backslash);
  }

  private int endOfLogicalLine(int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '\n') {
      i = isContinued(i) ? text.indexOf('\n', i) + 1 : i + 1;
    }
    return i;
  }

  private int signLength(int i) {
    for (String sign : LONG_SIGNS) {
      if (text.startsWith(sign, i)) {
        return sign.length();
      }
    }
    return 1;
  }

  /** What is open at the beginning of an {@code #if}, and at the end of its first branch. */
  private record Conditional(int branch, List<Integer> before, List<Integer> afterFirst) {}

  private void pair() {
    int n = tokens.size();
    partners = new int[n];
    enclosing = new int[n];
    branches = new int[n];
    Arrays.fill(partners, NONE);
    List<Integer> open = new ArrayList<>();
    Deque<Conditional> conditionals = new ArrayDeque<>();
    int branch = 0;
    int nextBranch = 1;
    for (int i = 0; i < n; i++) {
      enclosing[i] = open.isEmpty() ? NONE : open.get(open.size() - 1);
      branches[i] = branch;
      switch (kind(i)) {
        case DIRECTIVE -> {
          switch (directive(i)) {
            case "if", "ifdef", "ifndef" -> {
              conditionals.push(new Conditional(branch, List.copyOf(open), null));
              branch = nextBranch++;
            }
            case "else", "elif", "elifdef", "elifndef" -> {
              if (!conditionals.isEmpty()) {
                Conditional c = conditionals.pop();
                List<Integer> first = c.afterFirst == null ? List.copyOf(open) : c.afterFirst;
                conditionals.push(new Conditional(c.branch, c.before, first));
                open = new ArrayList<>(c.before);
                branch = nextBranch++;
              }
            }
            case "endif" -> {
              if (!conditionals.isEmpty()) {
                Conditional c = conditionals.pop();
                open = c.afterFirst == null ? open : new ArrayList<>(c.afterFirst);
                branch = c.branch;
              }
            }
            default -> {}
          }
        }
        case SIGN -> {
          char c = text.charAt(start(i));
          if (end(i) - start(i) == 1 && "([{".indexOf(c) >= 0) {
            open.add(i);
          } else if (end(i) - start(i) == 1 && ")]}".indexOf(c) >= 0) {
            close(i, c, open);
          }
        }
        default -> {}
      }
    }
  }

  private void close(int token, char bracket, List<Integer> open) {
    char wanted = "([{".charAt(")]}".indexOf(bracket));
    int last = open.size() - 1;
    if (last >= 0 && text.charAt(start(open.get(last))) == wanted) {
      int partner = open.remove(last);
      // An opening bracket before an #if may be closed in each branch; the first one counts.
      if (partners[partner] == NONE) {
        partners[partner] = token;
      }
      partners[token] = partner;
      enclosing[token] = open.isEmpty() ? NONE : open.get(open.size() - 1);
    }
  }
}
