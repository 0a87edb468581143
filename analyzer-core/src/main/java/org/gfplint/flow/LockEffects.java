package org.gfplint.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gfplint.program.Program;

/** Functions that take or drop locks for their callers. */
final class LockEffects {
  static final LockEffects NONE = new LockEffects(Map.of());

  private final Map<String, Map<Integer, LockEffect>> byName;

  private LockEffects(Map<String, Map<Integer, LockEffect>> byName) {
    this.byName = byName;
  }

  /** By function. */
  static LockEffects of(Program program, Map<Integer, LockEffect> effects) {
    Map<String, Map<Integer, LockEffect>> byName = new HashMap<>();
    effects.forEach(
        (function, effect) ->
            byName
                .computeIfAbsent(program.name(function), n -> new HashMap<>())
                .put(function, effect));
    return new LockEffects(byName);
  }

  /** Whether some function of that name has an effect. */
  boolean mayHave(String name) {
    return byName.containsKey(name);
  }

  /** What a call of that name in a file does to the caller's locks; null if nothing. */
  LockEffect of(Program program, int unit, String callee) {
    Map<Integer, LockEffect> candidates = byName.get(callee);
    if (candidates == null) {
      return null;
    }
    List<Integer> resolved = program.resolve(unit, callee);
    return resolved.isEmpty() ? null : candidates.get(resolved.get(0));
  }
}
