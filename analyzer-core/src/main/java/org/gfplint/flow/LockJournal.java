package org.gfplint.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.gfplint.model.LockKind;

/** Notes how the paths of a function leave the contexts of its caller. */
final class LockJournal {
  /** One way out; {@code truth} is null if it is not known whether it returns zero. */
  private record Exit(
      Boolean truth, List<Held> held, LockEffect.Left left, List<LockKind> mayBeLeft) {}

  private static final Pattern ENTERS =
      Pattern.compile(
          "lock|LOCK|begin|BEGIN|enter|ENTER|START|_start|disable|acquire|grab|hold|get|freeze|save"
              + "|prepare|claim|pin|reserve|iter|next|first");

  private final Set<Exit> exits = new LinkedHashSet<>();

  /** A path leaves the function. */
  void leave(Value returned, PathState state) {
    exits.add(
        new Exit(
            truth(returned),
            state.held(),
            new LockEffect.Left(state.left(), state.interruptsEnabled()),
            state.mayBeLeft()));
  }

  private static Boolean truth(Value returned) {
    if (returned instanceof Value.Range r) {
      return r.min() == 0 && r.max() == 0
          ? Boolean.FALSE
          : r.min() > 0 || r.max() < 0 ? true : null;
    }
    return null;
  }

  /**
   * What all paths together amount to. A context is only entered if it is on every path of its
   * kind; one that may be left counts as left: both err towards silence.
   *
   * @param function its name: only one that says so is taken to enter for its caller, since others
   *     leave by ways that were not understood
   * @param bounded whether some paths were not followed
   */
  LockEffect effect(String function, boolean bounded) {
    if (exits.isEmpty()) {
      return LockEffect.NONE;
    }
    boolean enters = exits.stream().anyMatch(e -> !e.held.isEmpty());
    boolean mayEnter = enters && !bounded && ENTERS.matcher(function).find();
    LockEffect.Change onTrue = change(true, mayEnter, bounded);
    LockEffect.Change onFalse = change(false, mayEnter, bounded);
    return new LockEffect(
        onTrue == null ? orNone(onFalse) : onTrue, onFalse == null ? orNone(onTrue) : onFalse);
  }

  private static LockEffect.Change orNone(LockEffect.Change change) {
    return change == null ? LockEffect.Change.NONE : change;
  }

  /** Null if no path returns that. */
  private LockEffect.Change change(boolean truth, boolean mayEnter, boolean bounded) {
    List<Held> enters = null;
    List<LockKind> most = List.of();
    List<LockKind> least = null;
    boolean interruptsSometimes = false;
    boolean interruptsAlways = !bounded;
    for (Exit exit : exits) {
      if (exit.truth == null || exit.truth == truth) {
        List<LockKind> left = exit.left.locks();
        most = left.size() > most.size() ? left : most;
        least = least == null || left.size() < least.size() ? left : least;
        interruptsSometimes |= exit.left.interrupts();
        interruptsAlways &= exit.left.interrupts();
        enters = enters == null ? exit.held : common(enters, exit.held);
      }
    }
    if (enters == null) {
      return null;
    }
    List<LockKind> always = !bounded && most.containsAll(least) ? least : List.of();
    List<LockKind> sometimes = new ArrayList<>(most);
    always.forEach(sometimes::remove);
    if (mayEnter) {
      // An iterator drops the lock of the object before.
      for (Exit exit : exits) {
        exit.mayBeLeft.stream().filter(l -> !sometimes.contains(l)).forEach(sometimes::add);
      }
    }
    LockEffect.Change change =
        new LockEffect.Change(
            mayEnter ? enters : List.of(),
            new LockEffect.Left(always, interruptsAlways),
            new LockEffect.Left(List.copyOf(sometimes), interruptsSometimes && !interruptsAlways));
    return change.isNone() ? LockEffect.Change.NONE : change;
  }

  private static List<Held> common(List<Held> one, List<Held> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return List.of();
    }
    List<Held> rest = new ArrayList<>(other);
    List<Held> both = new ArrayList<>();
    for (Held h : one) {
      for (int i = 0; i < rest.size(); i++) {
        if (rest.get(i).lock() == h.lock()) {
          rest.remove(i);
          both.add(h);
          break;
        }
      }
    }
    return List.copyOf(both);
  }
}
