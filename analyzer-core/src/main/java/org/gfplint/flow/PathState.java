package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** What holds at one point of one path through a function. */
final class PathState {
  private final Map<String, Value> variables;
  private final List<OpenScope> scopes;
  private final List<Guard> guards;

  /** Conditions that were answered on the way and whose variables have not changed since. */
  private final Map<String, Boolean> answers;

  PathState(Map<String, Value> variables) {
    this(new HashMap<>(variables), new ArrayList<>(), new ArrayList<>(), new HashMap<>());
  }

  private PathState(
      Map<String, Value> variables,
      List<OpenScope> scopes,
      List<Guard> guards,
      Map<String, Boolean> answers) {
    this.variables = variables;
    this.scopes = scopes;
    this.guards = guards;
    this.answers = answers;
  }

  PathState copy() {
    return new PathState(
        new HashMap<>(variables),
        new ArrayList<>(scopes),
        new ArrayList<>(guards),
        new HashMap<>(answers));
  }

  // ---- variables

  /** The variable's value, or null if nothing on this path has set it. */
  Value variable(String name) {
    return variables.get(name);
  }

  void assign(String name, Value value) {
    variables.put(name, value);
    forgetAnswers(name, false);
  }

  /** More is known of the variable, which has not changed. */
  void refine(String name, Value value) {
    variables.put(name, value);
  }

  /** A field changed: what was answered about fields of that name no longer counts. */
  void assignField(String name) {
    forgetAnswers(name, true);
  }

  private void forgetAnswers(String name, boolean field) {
    if (!answers.isEmpty()) {
      answers.keySet().removeIf(condition -> mentions(condition, name, field));
    }
  }

  private static boolean mentions(String condition, String name, boolean field) {
    for (int at = condition.indexOf(name); at >= 0; at = condition.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean starts = at == 0 || !Character.isJavaIdentifierPart(condition.charAt(at - 1));
      boolean ends =
          end == condition.length() || !Character.isJavaIdentifierPart(condition.charAt(end));
      boolean afterAccess =
          at > 0 && (condition.charAt(at - 1) == '>' || condition.charAt(at - 1) == '.');
      if (starts && ends && afterAccess == field) {
        return true;
      }
    }
    return false;
  }

  // ---- conditions

  List<Guard> guards() {
    return guards.isEmpty() ? List.of() : List.copyOf(guards);
  }

  void guard(Guard guard) {
    if (!guards.contains(guard)) {
      guards.add(guard);
    }
  }

  /** Notes an answer; false if the opposite was answered before, so that the path cannot be. */
  boolean answer(String condition, boolean answer) {
    Boolean known = answers.putIfAbsent(condition, answer);
    return known == null || known == answer;
  }

  // ---- scopes

  List<OpenScope> scopes() {
    return scopes.isEmpty() ? List.of() : List.copyOf(scopes);
  }

  void open(OpenScope scope) {
    scopes.add(scope);
  }

  OpenScope innermost() {
    return scopes.isEmpty() ? null : scopes.get(scopes.size() - 1);
  }

  OpenScope scope(int number) {
    return scopes.stream().filter(s -> s.number() == number).findFirst().orElse(null);
  }

  void close(OpenScope scope) {
    scopes.remove(scope);
  }

  void replaceScope(int number, UnaryOperator<OpenScope> change) {
    scopes.replaceAll(s -> s.number() == number ? change.apply(s) : s);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathState s
        && variables.equals(s.variables)
        && scopes.equals(s.scopes)
        && guards.equals(s.guards)
        && answers.equals(s.answers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(variables, scopes, guards, answers);
  }
}
