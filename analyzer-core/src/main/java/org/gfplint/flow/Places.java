package org.gfplint.flow;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Variable;

/**
 * Names of places that hold a cookie, in the words of one function and of its callers: {@code
 * handle->saved} is {@code $0->saved} to whoever passes the handle as argument 0, and {@code
 * ?->saved} to those who do not know it.
 */
final class Places {
  private static final Pattern ROOT = Pattern.compile("^(\\**)([A-Za-z_]\\w*)(.*)$");
  private static final Pattern PARAMETER = Pattern.compile("^(\\**)\\$(\\d+)(.*)$");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern LAST_FIELD = Pattern.compile(".*->(\\w+)");

  private Places() {}

  /** A function's own place as its callers know it. */
  static String forCallers(FunctionFacts function, String place) {
    Matcher m = ROOT.matcher(place);
    if (place.equals(ScopeEffect.RETURNED) || place.contains("...") || !m.matches()) {
      return place.isEmpty() || place.equals(ScopeEffect.RETURNED)
          ? place
          : place.startsWith(ScopeEffect.ELSEWHERE) ? place : ScopeEffect.ELSEWHERE;
    }
    String root = m.group(2);
    List<Variable> parameters = function.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(root)) {
        return m.group(1) + "$" + i + m.group(3);
      }
    }
    boolean local = function.locals().stream().anyMatch(v -> v.name().equals(root));
    return local ? ScopeEffect.ELSEWHERE + m.group(3) : place;
  }

  /** What a callee's place is in the words of the one who calls it. */
  static String atCall(Expr call, String place) {
    Matcher m = PARAMETER.matcher(place);
    if (!m.matches()) {
      return place;
    }
    int index = Integer.parseInt(m.group(2));
    if (index >= call.arguments().size()) {
      return ScopeEffect.ELSEWHERE + m.group(3);
    }
    Expr argument = call.arguments().get(index);
    String stars = m.group(1);
    if (argument.isUnary("&")) {
      String object = argument.operand(0).text();
      return (stars.isEmpty() ? "" : stars.substring(1)) + object + m.group(3);
    }
    return stars + argument.text() + m.group(3);
  }

  static boolean isVariable(String place) {
    return NAME.matcher(place).matches() && !place.equals(ScopeEffect.RETURNED);
  }

  /** The variable that leads to a place; "" if it is not known. */
  static String root(String place) {
    Matcher m = ROOT.matcher(place);
    return m.matches() ? m.group(2) : "";
  }

  /** What follows the variable. */
  static String behindRoot(String place) {
    Matcher m = ROOT.matcher(place);
    return m.matches() ? m.group(3) : "";
  }

  /** Whether two places can be the same by their last field. */
  static boolean alike(String one, String other) {
    Matcher a = LAST_FIELD.matcher(one);
    Matcher b = LAST_FIELD.matcher(other);
    return a.matches() && b.matches() && a.group(1).equals(b.group(1));
  }
}
