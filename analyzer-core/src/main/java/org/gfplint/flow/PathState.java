package org.gfplint.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
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

  /** Shared with copies of this state until one of them changes it, as {@link #answers} is. */
  private Map<String, Value> variables;

  private boolean ownsVariables;

  // Lists and sets are never changed in place, so that copies can share them.
  private List<OpenScope> scopes = List.of();

  /** Numbers of scopes that were opened and closed again. */
  private Set<Integer> ended = Set.of();

  /** What the caller had open and this function closed. */
  private List<ScopeEffect.Closed> closed = List.of();

  /** Whether this path counts itself in, as those do who find done what they came to do. */
  private boolean counted;

  private List<Held> held = List.of();

  /** What the caller held and this function let go, in that order. */
  private List<LockKind> left = List.of();

  /** What the caller held and what was called may have let go. */
  private List<LockKind> mayBeLeft = List.of();

  private boolean interruptsEnabled;

  /** Whether this path is only taken before the filesystem is mounted. */
  private boolean mountTime;

  private List<Guard> guards = List.of();

  /** Conditions that were answered on the way and whose variables have not changed since. */
  private Map<String, Boolean> answers = Map.of();

  private boolean ownsAnswers;

  PathState(Map<String, Value> variables) {
    this.variables = variables;
  }

  PathState copy() {
    ownsVariables = false;
    ownsAnswers = false;
    PathState copy = new PathState(variables);
    copy.scopes = scopes;
    copy.ended = ended;
    copy.closed = closed;
    copy.counted = counted;
    copy.held = held;
    copy.left = left;
    copy.mayBeLeft = mayBeLeft;
    copy.interruptsEnabled = interruptsEnabled;
    copy.mountTime = mountTime;
    copy.guards = guards;
    copy.answers = answers;
    return copy;
  }

  private Map<String, Value> ownVariables() {
    if (!ownsVariables) {
      variables = new HashMap<>(variables);
      ownsVariables = true;
    }
    return variables;
  }

  private Map<String, Boolean> ownAnswers() {
    if (!ownsAnswers) {
      answers = new HashMap<>(answers);
      ownsAnswers = true;
    }
    return answers;
  }

  private static <E> List<E> with(List<E> list, E more) {
    List<E> result = new ArrayList<>(list.size() + 1);
    result.addAll(list);
    result.add(more);
    return Collections.unmodifiableList(result);
  }

  private static <E> List<E> without(List<E> list, int index) {
    List<E> result = new ArrayList<>(list);
    result.remove(index);
    return result.isEmpty() ? List.of() : Collections.unmodifiableList(result);
  }

  // ---- variables

  /** The variable's value, or null if nothing on this path has set it. */
  Value variable(String name) {
    return variables.get(name);
  }

  void assign(String name, Value value) {
    refine(name, value);
    forgetAnswers(name, false);
  }

  /** More is known of the variable, which has not changed. */
  void refine(String name, Value value) {
    if (!value.equals(variables.get(name))) {
      ownVariables().put(name, value);
    }
  }

  /**
   * Forgets what no later step can ask for, so that paths that differ in nothing else are one.
   * Cookies are kept: their scopes are.
   */
  void keep(Liveness liveness, int block) {
    for (Map.Entry<String, Value> v : variables.entrySet()) {
      if (isDead(v, liveness, block)) {
        ownVariables().entrySet().removeIf(each -> isDead(each, liveness, block));
        break;
      }
    }
    for (String question : answers.keySet()) {
      if (!liveness.isAsked(question, block)) {
        ownAnswers().keySet().removeIf(each -> !liveness.isAsked(each, block));
        break;
      }
    }
  }

  private static boolean isDead(Map.Entry<String, Value> variable, Liveness liveness, int block) {
    return !liveness.isRead(variable.getKey(), block)
        && !(variable.getValue() instanceof Value.Cookie);
  }

  /**
   * Forgets what does not tell of task scopes.
   *
   * @param parameters whose truth may tell of them
   * @param tellScopes whether the sign of a variable may
   */
  void keepScopes(BitSet parameters, Predicate<String> tellScopes) {
    if (!answers.isEmpty()) {
      ownAnswers().clear();
    }
    ownVariables().entrySet().removeIf(v -> !isWorthKeeping(v.getKey(), v.getValue(), tellScopes));
    guards =
        guards.stream().filter(g -> g.asksForTruth() && parameters.get(g.parameter())).toList();
  }

  private boolean isWorthKeeping(String name, Value value, Predicate<String> tellScopes) {
    if (value instanceof Value.Kept kept) {
      return scopes.stream().anyMatch(s -> Places.alike(s.cookie(), kept.place()));
    }
    return tellsOfScopes(value)
        || value instanceof Value.Parameter
        || tellScopes.test(name) && value instanceof Value.Range r && r.min() == 0 && r.max() == 0;
  }

  private static boolean tellsOfScopes(Value value) {
    return value instanceof Value.Cookie
        || value instanceof Value.Signs
        || value instanceof Value.Outcome
        || value instanceof Value.Kept;
  }

  /** A field changed: what was answered about fields of that name no longer counts. */
  void assignField(String name) {
    forgetAnswers(name, true);
  }

  private void forgetAnswers(String name, boolean field) {
    for (String condition : answers.keySet()) {
      if (mentions(condition, name, field)) {
        ownAnswers().keySet().removeIf(c -> mentions(c, name, field));
        return;
      }
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
    return guards;
  }

  void guard(Guard guard) {
    if (!guards.contains(guard)) {
      guards = with(guards, guard);
    }
  }

  /** Whether the opposite is known, so that the path cannot be. */
  boolean contradicts(Guard guard) {
    return guards.contains(guard.opposite());
  }

  /** Notes an answer; false if the opposite was answered before, so that the path cannot be. */
  boolean answer(String condition, boolean answer) {
    Boolean known = answers.get(condition);
    if (known == null) {
      ownAnswers().put(condition, answer);
    }
    return known == null || known == answer;
  }

  // ---- scopes

  List<OpenScope> scopes() {
    return scopes;
  }

  void open(OpenScope scope) {
    scopes = with(scopes, scope);
  }

  OpenScope innermost() {
    return scopes.isEmpty() ? null : scopes.get(scopes.size() - 1);
  }

  OpenScope scope(int number) {
    return scopes.stream().filter(s -> s.number() == number).findFirst().orElse(null);
  }

  void close(OpenScope scope) {
    int at = scopes.indexOf(scope);
    if (at >= 0) {
      scopes = without(scopes, at);
    }
    Set<Integer> more = new HashSet<>(ended);
    more.add(scope.number());
    ended = Set.copyOf(more);
  }

  /** Whether a scope of the kind is open whose cookie may be there. */
  boolean hasScopeLike(ScopeKind kind, String place) {
    return scopes.stream().anyMatch(s -> s.kind() == kind && Places.alike(s.cookie(), place));
  }

  /** It is open again: where it ended before does not matter. */
  void reopen(OpenScope scope) {
    if (ended.contains(scope.number())) {
      Set<Integer> fewer = new HashSet<>(ended);
      fewer.remove(scope.number());
      ended = Set.copyOf(fewer);
    }
    open(scope);
  }

  Set<Integer> ended() {
    return ended;
  }

  /** A scope is closed that the caller must have opened. */
  void closeCallers(ScopeEffect.Closed scope) {
    if (closed.size() < MOST_CLOSED && !closed.contains(scope)) {
      closed = with(closed, scope);
    }
  }

  /** What the caller had open and this function closed. */
  List<ScopeEffect.Closed> closed() {
    return closed;
  }

  private Set<ScopeKind> closedKinds(boolean lapsed) {
    if (closed.isEmpty()) {
      return Set.of();
    }
    Set<ScopeKind> kinds = EnumSet.noneOf(ScopeKind.class);
    closed.stream()
        .filter(c -> c.lapsed() == lapsed && c.mayBeAnybodys())
        .forEach(c -> kinds.add(c.kind()));
    return Set.copyOf(kinds);
  }

  void beforeMount() {
    mountTime = true;
  }

  void count() {
    counted = true;
  }

  boolean counted() {
    return counted;
  }

  void replaceScope(int number, UnaryOperator<OpenScope> change) {
    replaceScopes(s -> s.number() == number ? change.apply(s) : s);
  }

  /** The variable leads to another object from here on. */
  void loseObject(String variable) {
    replaceScopes(
        s ->
            s.keeper() == OpenScope.Keeper.OBJECT && Places.root(s.cookie()).equals(variable)
                ? s.withCookie(ScopeEffect.ELSEWHERE + Places.behindRoot(s.cookie()))
                : s);
  }

  private void replaceScopes(UnaryOperator<OpenScope> change) {
    if (!scopes.isEmpty()) {
      scopes = scopes.stream().map(change).toList();
    }
  }

  // ---- locks and other contexts

  /** What holds here, apart from variables. */
  Surroundings surroundings() {
    return new Surroundings(
        scopes, closedKinds(false), closedKinds(true), held, anyLeft(), mountTime, guards);
  }

  /** What the caller held and what was called may have let go. */
  List<LockKind> mayBeLeft() {
    return mayBeLeft;
  }

  private List<LockKind> anyLeft() {
    if (mayBeLeft.isEmpty()) {
      return left;
    }
    List<LockKind> both = new ArrayList<>(left);
    both.addAll(mayBeLeft);
    return List.copyOf(both);
  }

  List<Held> held() {
    return held;
  }

  /** What the caller held and this function let go. */
  List<LockKind> left() {
    return left;
  }

  /** Enters a context, or takes again what the caller held. */
  void enter(Held entered) {
    // Round a loop with the lock still held: once stands for all.
    int again = left.indexOf(entered.lock());
    if (again >= 0) {
      left = without(left, again);
    } else if (mayBeLeft.contains(entered.lock())) {
      mayBeLeft = without(mayBeLeft, mayBeLeft.indexOf(entered.lock()));
    } else if (!held.contains(entered) && !isHeldAlready(entered)) {
      held = with(held, entered);
    }
  }

  /** Nobody waits for a lock that he holds: another way to drop it was not understood. */
  private boolean isHeldAlready(Held entered) {
    boolean one = entered.lock() == LockKind.IRQ || !entered.object().isEmpty();
    return one
        && held.stream()
            .anyMatch(h -> h.lock() == entered.lock() && h.object().equals(entered.object()));
  }

  /**
   * Leaves a context: the innermost of the kind, preferably that of the same object.
   *
   * @param object the lock in C; "" if it is not known or there is none
   * @return whether it was entered on this path
   */
  boolean leave(LockKind lock, String object) {
    boolean own = leaveOwn(lock, object);
    if (!own && Collections.frequency(left, lock) < MOST_LEFT) {
      left = with(left, lock);
    }
    return own;
  }

  /** Some paths through what was called leave a context, and perhaps not this one. */
  void mayLeave(LockKind lock) {
    if (!leaveOwn(lock, "") && !mayBeLeft.contains(lock)) {
      mayBeLeft = with(mayBeLeft, lock);
    }
  }

  private boolean leaveOwn(LockKind lock, String object) {
    int found = -1;
    for (int i = held.size() - 1; i >= 0; i--) {
      LockKind kind = held.get(i).lock();
      if (kind == lock && held.get(i).object().equals(object)) {
        held = without(held, i);
        return true;
      }
      boolean better = kind == lock && (found < 0 || held.get(found).lock() != lock);
      if (better || found < 0 && PLAIN_SPINLOCKS.contains(kind) && PLAIN_SPINLOCKS.contains(lock)) {
        found = i;
      }
    }
    if (found >= 0) {
      held = without(held, found);
    }
    return found >= 0;
  }

  /** Interrupts come back on, whether or not this path turned them off. */
  void enableInterrupts() {
    interruptsEnabled |= !mayEnableInterrupts();
  }

  /** They may come back on; whether this path had turned them off. */
  boolean mayEnableInterrupts() {
    for (int i = held.size() - 1; i >= 0; i--) {
      if (held.get(i).lock() == LockKind.IRQ) {
        held = without(held, i);
        return true;
      }
    }
    return false;
  }

  /** Whether interrupts came on that this path had not turned off. */
  boolean interruptsEnabled() {
    return interruptsEnabled;
  }

  /** Whether the same is known on both paths of task scopes and of what tells about them. */
  boolean hasSameScopes(PathState other) {
    return scopes.equals(other.scopes)
        && closed.equals(other.closed)
        && counted == other.counted
        && aboutScopes(variables).equals(aboutScopes(other.variables));
  }

  private static Map<String, Value> aboutScopes(Map<String, Value> variables) {
    Map<String, Value> about = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (tellsOfScopes(value)) {
            about.put(name, value);
          }
        });
    return about;
  }

  // ---- paths that meet

  private boolean knowsLess(PathState other) {
    return (!mountTime || other.mountTime)
        && answers.size() <= other.answers.size()
        && guards.size() <= other.guards.size()
        && other.answers.entrySet().containsAll(answers.entrySet())
        && other.guards.containsAll(guards);
  }

  /**
   * The path from which the ways on are those from this one and from another that is alike; null if
   * there is none.
   */
  PathState joined(PathState other) {
    if (knowsLess(other)) {
      return this;
    }
    if (other.knowsLess(this)) {
      return other;
    }
    if (mountTime != other.mountTime
        || answers.size() != other.answers.size()
        || guards.size() != other.guards.size()) {
      return null;
    }
    boolean sameGuards = other.guards.containsAll(guards);
    String question = null;
    for (Map.Entry<String, Boolean> a : answers.entrySet()) {
      Boolean answer = other.answers.get(a.getKey());
      if (!a.getValue().equals(answer)) {
        if (!sameGuards || question != null || answer == null) {
          return null;
        }
        question = a.getKey();
      }
    }
    PathState joined = copy();
    if (question != null) {
      joined.ownAnswers().remove(question);
      return joined;
    }
    Guard opposite = null;
    for (Guard guard : guards) {
      if (!other.guards.contains(guard)) {
        if (opposite != null || !other.contradicts(guard)) {
          return null;
        }
        opposite = guard;
      }
    }
    joined.guards = without(guards, guards.indexOf(opposite));
    return joined;
  }

  /** Whether both differ in nothing but the answers that led here. */
  boolean isAlike(PathState other) {
    return counted == other.counted
        && interruptsEnabled == other.interruptsEnabled
        && scopes.equals(other.scopes)
        && ended.equals(other.ended)
        && closed.equals(other.closed)
        && held.equals(other.held)
        && left.equals(other.left)
        && mayBeLeft.equals(other.mayBeLeft)
        && (variables == other.variables || variables.equals(other.variables));
  }
}
