package org.gfplint.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A mask as C spells it: names, |, &amp;, ~, parentheses and 0, with C's precedence.
 *
 * @param mask its value
 * @param terms the operands of its outermost '|'
 */
public record MaskExpression(GfpMask mask, List<MaskTerm> terms) {
  /** Parentheses and '~' inside each other; a mask that needs more is not a mask. */
  private static final int DEEPEST = 100;

  /**
   * Evaluates an expression.
   *
   * @param names value of a name; empty if it is not known
   * @throws UnknownMaskName if a name has no value
   * @throws IllegalArgumentException if the text is not a mask expression
   */
  public static MaskExpression parse(String text, Function<String, Optional<GfpMask>> names) {
    Parser parser = new Parser(text, names);
    GfpMask mask = parser.alternatives();
    parser.end();
    return new MaskExpression(mask, List.copyOf(parser.outermost));
  }

  /** A name in a mask expression that has no value. */
  public static final class UnknownMaskName extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final String name;

    UnknownMaskName(String name) {
      super("unknown gfp name '" + name + "'");
      this.name = name;
    }

    public String name() {
      return name;
    }
  }

  private static final class Parser {
    private final String text;
    private final Function<String, Optional<GfpMask>> names;
    private final List<String> tokens = new ArrayList<>();
    private final List<MaskTerm> outermost = new ArrayList<>();
    private int next;
    private int depth;

    Parser(String text, Function<String, Optional<GfpMask>> names) {
      this.text = text;
      this.names = names;
      int at = 0;
      while (at < text.length()) {
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
          end++;
        }
        if (end == at) {
          end++;
        }
        if (!Character.isWhitespace(text.charAt(at))) {
          tokens.add(text.substring(at, end));
        }
        at = end;
      }
    }

    private static boolean isWordPart(char c) {
      return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    GfpMask alternatives() {
      GfpMask mask = GfpMask.NONE;
      do {
        int start = next;
        mask = mask.or(conjunction());
        if (depth == 0) {
          outermost.add(
              next == start + 1 && isName(tokens.get(start))
                  ? MaskTerm.named(tokens.get(start))
                  : MaskTerm.UNNAMED);
        }
      } while (accept("|"));
      return mask;
    }

    private static boolean isName(String token) {
      return isWordPart(token.charAt(0)) && !Character.isDigit(token.charAt(0));
    }

    private GfpMask conjunction() {
      GfpMask mask = unary();
      while (accept("&")) {
        mask = mask.and(unary());
      }
      return mask;
    }

    private GfpMask unary() {
      if (accept("~")) {
        enter();
        GfpMask mask = GfpMask.ALL.minus(unary());
        depth--;
        return mask;
      }
      if (accept("(")) {
        enter();
        GfpMask mask = alternatives();
        depth--;
        if (!accept(")")) {
          throw malformed("')' is missing");
        }
        return mask;
      }
      if (next == tokens.size()) {
        throw malformed("it ends too early");
      }
      String token = tokens.get(next++);
      if (token.equals("0") || token.equals("0x0")) {
        return GfpMask.NONE;
      }
      if (!isName(token)) {
        throw malformed("'" + token + "' is not expected");
      }
      return names.apply(token).orElseThrow(() -> new UnknownMaskName(token));
    }

    private void enter() {
      if (++depth > DEEPEST) {
        throw new IllegalArgumentException("not a gfp mask: it is nested too deeply");
      }
    }

    private boolean accept(String token) {
      boolean found = next < tokens.size() && tokens.get(next).equals(token);
      next += found ? 1 : 0;
      return found;
    }

    void end() {
      if (next < tokens.size()) {
        throw malformed("'" + tokens.get(next) + "' is not expected");
      }
    }

    private IllegalArgumentException malformed(String why) {
      return new IllegalArgumentException("not a gfp mask: '" + text + "': " + why);
    }
  }
}
