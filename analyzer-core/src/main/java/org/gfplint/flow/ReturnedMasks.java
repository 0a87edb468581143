package org.gfplint.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.Program;

/** Masks that functions returning a gfp_t give back. */
final class ReturnedMasks {
  private static final int MAX_DEPTH = 3;

  private final Program program;
  private final AllocatorModel model;
  private final TypeSizes sizes;
  private final int depth;
  private final Callees callees;
  private final ConcurrentHashMap<Question, Value> known = new ConcurrentHashMap<>();

  /** What a function returns where some of its arguments are known numbers. */
  private record Question(int function, List<Value> arguments) {}

  ReturnedMasks(Program program, AllocatorModel model, TypeSizes sizes) {
    this(program, model, sizes, 0, new Callees(model, model.contexts()));
  }

  private ReturnedMasks(
      Program program, AllocatorModel model, TypeSizes sizes, int depth, Callees callees) {
    this.program = program;
    this.model = model;
    this.sizes = sizes;
    this.depth = depth;
    this.callees = callees;
  }

  /** What a call gives, if that is a mask. */
  Value of(int unit, String callee, List<Value> arguments) {
    if (!program.mayReturnMask(callee)) {
      return Value.UNKNOWN;
    }
    List<Integer> candidates = program.resolve(unit, callee);
    if (candidates.size() != 1 || depth >= MAX_DEPTH || !program.returnsMask(candidates.get(0))) {
      return Value.UNKNOWN;
    }
    int function = candidates.get(0);
    Question question = new Question(function, numbers(arguments));
    Value returned = known.get(question);
    if (returned == null) {
      // Functions that call each other are cut off by depth, which is the same for every thread.
      ReturnedMasks deeper = new ReturnedMasks(program, model, sizes, depth + 1, callees);
      Knowledge knowledge =
          new Knowledge(
              program,
              model,
              model.contexts(),
              callees,
              sizes,
              deeper,
              new FieldMasks(program, model, sizes),
              EffectTable.none(),
              EffectTable.none(),
              false);
      returned =
          new FunctionWalk(knowledge, function, false, question.arguments, Set.of())
              .walk()
              .returned();
      known.put(question, returned);
    }
    List<MaskAlternative> result = new ArrayList<>();
    for (MaskAlternative a : returned.masks()) {
      if (a.isConstant()) {
        result.add(a);
        continue;
      }
      List<MaskAlternative> passed =
          a.parameter() < arguments.size() ? arguments.get(a.parameter()).masks() : List.of();
      if (passed.isEmpty()) {
        return Value.UNKNOWN;
      }
      passed.forEach(p -> result.add(a.applied(p)));
    }
    return result.isEmpty() || result.size() > Value.MAX_ALTERNATIVES
        ? Value.UNKNOWN
        : new Value.Masks(List.copyOf(result));
  }

  /** Flags of another kind, say: they decide on the mask. Empty if there are none. */
  private static List<Value> numbers(List<Value> arguments) {
    List<Value> numbers =
        arguments.stream()
            .map(a -> a instanceof Value.Range r && r.min() == r.max() ? a : Value.UNKNOWN)
            .toList();
    return numbers.stream().allMatch(Value.UNKNOWN::equals) ? List.of() : numbers;
  }
}
