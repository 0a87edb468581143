package org.gfplint.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfplint.program.Program;

/**
 * Functions that do something for their callers: take locks, open scopes.
 *
 * @param <E> what they do
 */
final class EffectTable<E> {
  private final Map<String, Map<Integer, E>> byName = new HashMap<>();

  private EffectTable() {}

  static <E> EffectTable<E> none() {
    return new EffectTable<>();
  }

  /** By function. */
  static <E> EffectTable<E> of(Program program, Map<Integer, E> effects) {
    EffectTable<E> table = new EffectTable<>();
    effects.forEach((function, effect) -> table.put(program, function, effect));
    return table;
  }

  /** The same with other effects for some functions. */
  EffectTable<E> with(Program program, Map<Integer, E> others) {
    EffectTable<E> table = new EffectTable<>();
    byName.forEach((name, effects) -> table.byName.put(name, new HashMap<>(effects)));
    others.forEach((function, effect) -> table.put(program, function, effect));
    return table;
  }

  /** Notes what one more function does. */
  void put(Program program, int function, E effect) {
    byName.computeIfAbsent(program.name(function), n -> new HashMap<>()).put(function, effect);
  }

  /** Whether some function of that name has an effect. */
  boolean mayHave(String name) {
    return byName.containsKey(name);
  }

  /** What a call of that name in a file does to its caller; null if nothing. */
  E of(Program program, int unit, String callee) {
    Map<Integer, E> candidates = byName.get(callee);
    if (candidates == null) {
      return null;
    }
    List<Integer> resolved = program.resolve(unit, callee);
    return resolved.isEmpty() ? null : candidates.get(resolved.get(0));
  }
}
