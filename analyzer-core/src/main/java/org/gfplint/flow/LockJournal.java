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
      Boolean truth, List<Held> held, List<LockKind> left, boolean interruptsEnabled) {}

  private static final Pattern ENTERS =
      Pattern.compile(
          "lock|LOCK|begin|BEGIN|enter|ENTER|START|_start|disable|acquire|grab|hold|get|freeze|save"
              + "|prepare|claim|pin|reserve|iter|next|first");

  private final Set<Exit> exits = new LinkedHashSet<>();

  /** A path leaves the function. */
  void leave(Value returned, PathState state) {
    exits.add(
        new Exit(
            truth(returned), List.copyOf(state.held()), state.left(), state.interruptsEnabled()));
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
    boolean mayEnter = !bounded && ENTERS.matcher(function).find();
    LockEffect.Change onTrue = change(true, mayEnter);
    LockEffect.Change onFalse = change(false, mayEnter);
    return new LockEffect(
        onTrue == null ? orNone(onFalse) : onTrue, onFalse == null ? orNone(onTrue) : onFalse);
  }

  private static LockEffect.Change orNone(LockEffect.Change change) {
    return change == null ? LockEffect.Change.NONE : change;
  }

  /** Null if no path returns that. */
  private LockEffect.Change change(boolean truth, boolean mayEnter) {
    List<Held> enters = null;
    List<LockKind> leaves = List.of();
    boolean interrupts = false;
    for (Exit exit : exits) {
      if (exit.truth == null || exit.truth == truth) {
        interrupts |= exit.interruptsEnabled;
        leaves = exit.left.size() > leaves.size() ? exit.left : leaves;
        enters = enters == null ? exit.held : common(enters, exit.held);
      }
    }
    if (enters == null) {
      return null;
    }
    return enters.isEmpty() && leaves.isEmpty() && !interrupts
        ? LockEffect.Change.NONE
        : new LockEffect.Change(mayEnter ? enters : List.of(), leaves, interrupts);
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
