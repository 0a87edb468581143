package org.gfplint.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.gfplint.model.LockKind;
import org.gfplint.model.ScopeKind;

/** What holds at one point of one path through a function. */
final class PathState {
  /** Spinlocks that have names of their own, and are also taken and dropped as what they are. */
  private static final Set<LockKind> PLAIN_SPINLOCKS =
      EnumSet.of(LockKind.SPINLOCK, LockKind.XA_LOCK, LockKind.PAGE_TABLE);

  /** Nobody drops more locks of one kind for its caller. */
  private static final int MOST_LEFT = 2;

  /** Nor more scopes. */
  private static final int MOST_CLOSED = 3;

  private final Map<String, Value> variables;
  private final List<OpenScope> scopes;

  /** Numbers of scopes that were opened and closed again. */
  private final Set<Integer> ended;

  /** What the caller had open and this function closed. */
  private final List<ScopeEffect.Closed> closed;

  /** Whether this path counts itself in, as those do who find done what they came to do. */
  private boolean counted;

  private final List<Held> held;

  /** What the caller held and this function let go, in that order. */
  private final List<LockKind> left;

  private boolean interruptsEnabled;

  private final List<Guard> guards;

  /** Conditions that were answered on the way and whose variables have not changed since. */
  private final Map<String, Boolean> answers;

  PathState(Map<String, Value> variables) {
    this(
        new HashMap<>(variables),
        new ArrayList<>(),
        new HashSet<>(),
        new ArrayList<>(),
        false,
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new HashMap<>());
  }

  private PathState(
      Map<String, Value> variables,
      List<OpenScope> scopes,
      Set<Integer> ended,
      List<ScopeEffect.Closed> closed,
      boolean counted,
      List<Held> held,
      List<LockKind> left,
      List<Guard> guards,
      Map<String, Boolean> answers) {
    this.variables = variables;
    this.scopes = scopes;
    this.ended = ended;
    this.closed = closed;
    this.counted = counted;
    this.held = held;
    this.left = left;
    this.guards = guards;
    this.answers = answers;
  }

  PathState copy() {
    PathState copy =
        new PathState(
            new HashMap<>(variables),
            new ArrayList<>(scopes),
            new HashSet<>(ended),
            new ArrayList<>(closed),
            counted,
            new ArrayList<>(held),
            new ArrayList<>(left),
            new ArrayList<>(guards),
            new HashMap<>(answers));
    copy.interruptsEnabled = interruptsEnabled;
    return copy;
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
    ended.add(scope.number());
  }

  /** It is open again: where it ended before does not matter. */
  void reopen(OpenScope scope) {
    ended.remove(scope.number());
    scopes.add(scope);
  }

  Set<Integer> ended() {
    return ended.isEmpty() ? Set.of() : Set.copyOf(ended);
  }

  /** A scope is closed that the caller must have opened. */
  void closeCallers(ScopeEffect.Closed scope) {
    if (closed.size() < MOST_CLOSED && !closed.contains(scope)) {
      closed.add(scope);
    }
  }

  /** What the caller had open and this function closed. */
  List<ScopeEffect.Closed> closed() {
    return closed.isEmpty() ? List.of() : List.copyOf(closed);
  }

  private Set<ScopeKind> closedKinds() {
    if (closed.isEmpty()) {
      return Set.of();
    }
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    closed.forEach(c -> kinds.add(c.kind()));
    return Set.copyOf(kinds);
  }

  void count() {
    counted = true;
  }

  boolean counted() {
    return counted;
  }

  void replaceScope(int number, UnaryOperator<OpenScope> change) {
    scopes.replaceAll(s -> s.number() == number ? change.apply(s) : s);
  }

  /** The variable leads to another object from here on. */
  void loseObject(String variable) {
    for (int i = 0; i < scopes.size(); i++) {
      OpenScope scope = scopes.get(i);
      String cookie = scope.cookie();
      if (scope.keeper() == OpenScope.Keeper.OBJECT && Places.root(cookie).equals(variable)) {
        scopes.set(i, scope.withCookie(ScopeEffect.ELSEWHERE + Places.behindRoot(cookie)));
      }
    }
  }

  // ---- locks and other contexts

  /** What holds here, apart from variables. */
  Surroundings surroundings() {
    return new Surroundings(scopes(), closedKinds(), List.copyOf(held), left(), guards());
  }

  List<Held> held() {
    return held;
  }

  /** What the caller held and this function let go. */
  List<LockKind> left() {
    return left.isEmpty() ? List.of() : List.copyOf(left);
  }

  /** Enters a context, or takes again what the caller held. */
  void enter(Held entered) {
    // Round a loop with the lock still held: once stands for all.
    if (!left.remove(entered.lock()) && !held.contains(entered)) {
      held.add(entered);
    }
  }

  /**
   * Leaves a context: the innermost of the kind, preferably that of the same object.
   *
   * @param object the lock in C; "" if it is not known or there is none
   */
  void leave(LockKind lock, String object) {
    int found = -1;
    for (int i = held.size() - 1; i >= 0; i--) {
      LockKind kind = held.get(i).lock();
      if (kind == lock && held.get(i).object().equals(object)) {
        held.remove(i);
        return;
      }
      boolean better = kind == lock && (found < 0 || held.get(found).lock() != lock);
      if (better || found < 0 && PLAIN_SPINLOCKS.contains(kind) && PLAIN_SPINLOCKS.contains(lock)) {
        found = i;
      }
    }
    if (found >= 0) {
      held.remove(found);
    } else if (Collections.frequency(left, lock) < MOST_LEFT) {
      left.add(lock);
    }
  }

  /** Interrupts come back on, whether or not this path turned them off. */
  void enableInterrupts() {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (held.get(i).lock() == LockKind.IRQ) {
        held.remove(i);
        return;
      }
    }
    interruptsEnabled = true;
  }

  /** Whether interrupts came on that this path had not turned off. */
  boolean interruptsEnabled() {
    return interruptsEnabled;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathState s
        && variables.equals(s.variables)
        && scopes.equals(s.scopes)
        && ended.equals(s.ended)
        && closed.equals(s.closed)
        && counted == s.counted
        && held.equals(s.held)
        && left.equals(s.left)
        && interruptsEnabled == s.interruptsEnabled
        && guards.equals(s.guards)
        && answers.equals(s.answers);
  }

  @Override
  public int hashCode() {
    return Objects.hash(variables, scopes, ended, closed, counted, held, left, guards, answers);
  }
}
