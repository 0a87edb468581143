package org.gfplint.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;

/**
 * Masks that objects keep: what a file puts into a field, if that is the same constant wherever it
 * does. A file is read once, and only when one of its requests asks.
 */
final class FieldMasks {
  private final Program program;
  private final AllocatorModel model;
  private final TypeSizes sizes;
  private final Map<Integer, Map<String, Value>> byUnit = new ConcurrentHashMap<>();

  FieldMasks(Program program, AllocatorModel model, TypeSizes sizes) {
    this.program = program;
    this.model = model;
    this.sizes = sizes;
  }

  /** The mask that every field of the name holds in a file, or unknown. */
  Value of(int unit, String field) {
    return byUnit.computeIfAbsent(unit, this::read).getOrDefault(field, Value.UNKNOWN);
  }

  private Map<String, Value> read(int unit) {
    Map<String, Value> found = new HashMap<>();
    Constants constants = new Constants(program, model, sizes, unit);
    int first = program.firstFunction(unit);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      for (Block block : program.facts(f).blocks()) {
        for (Expr event : block.events()) {
          if (event.is(Expr.Kind.ASSIGN) && event.operand(0).is(Expr.Kind.FIELD)) {
            Value value = event.name().equals("=") ? mask(constants, event) : Value.UNKNOWN;
            found.merge(event.operand(0).name(), value, (a, b) -> a.equals(b) ? a : Value.UNKNOWN);
          }
        }
      }
    }
    found.values().removeIf(Value.UNKNOWN::equals);
    return found;
  }

  private static Value mask(Constants constants, Expr assignment) {
    Value value = constants.evaluate(assignment.operand(1));
    boolean known =
        value instanceof Value.Masks m
            && m.alternatives().stream().allMatch(MaskAlternative::isConstant);
    return known ? value : Value.UNKNOWN;
  }
}
