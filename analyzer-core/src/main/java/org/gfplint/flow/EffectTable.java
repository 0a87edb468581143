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
  /** What holds for functions that this one does not have; null if nothing. */
  private final EffectTable<E> below;

  private final Map<String, Map<Integer, E>> byName = new HashMap<>();

  private EffectTable(EffectTable<E> below) {
    this.below = below;
  }

  static <E> EffectTable<E> none() {
    return new EffectTable<>(null);
  }

  /** One that has what another has, and comes to have more. */
  static <E> EffectTable<E> above(EffectTable<E> below) {
    return new EffectTable<>(below);
  }

  /** By function. */
  static <E> EffectTable<E> of(Program program, Map<Integer, E> effects) {
    EffectTable<E> table = none();
    effects.forEach((function, effect) -> table.put(program, function, effect));
    return table;
  }

  /** The same with other effects for some functions. */
  EffectTable<E> with(Program program, Map<Integer, E> others) {
    EffectTable<E> table = above(this);
    others.forEach((function, effect) -> table.put(program, function, effect));
    return table;
  }

  /** Notes what one more function does. */
  void put(Program program, int function, E effect) {
    byName.computeIfAbsent(program.name(function), n -> new HashMap<>()).put(function, effect);
  }

  /** Whether some function of that name has an effect. */
  boolean mayHave(String name) {
    return byName.containsKey(name) || below != null && below.mayHave(name);
  }

  /** What a call of that name in a file does to its caller; null if nothing. */
  E of(Program program, int unit, String callee) {
    if (!mayHave(callee)) {
      return null;
    }
    List<Integer> resolved = program.resolve(unit, callee);
    return resolved.isEmpty() ? null : of(callee, resolved.get(0));
  }

  private E of(String name, int function) {
    Map<Integer, E> own = byName.get(name);
    E effect = own == null ? null : own.get(function);
    return effect == null && below != null ? below.of(name, function) : effect;
  }
}
