package org.gfplint.flow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.model.Sleeper;
import org.gfplint.program.Program;

/** Finds calls that sleep by themselves in functions that have entered what forbids it. */
final class SleepingCalls {
  private static final Set<String> OF_VMALLOC = Set.of("vmalloc", "kvmalloc");

  private final Knowledge knowledge;
  private final Program program;

  SleepingCalls(Knowledge knowledge) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
  }

  List<SleepingCall> find(FunctionSummary[] summaries) {
    Set<SleepingCall> found = new LinkedHashSet<>();
    for (FunctionSummary summary : summaries) {
      for (CallSite site : summary.calls()) {
        Optional<Sleeper> sleeper = knowledge.contexts().sleepsByItself(site.callee());
        if (sleeper.isEmpty()) {
          continue;
        }
        // What is freed may hang on whether the lock was taken: it must be held on every path.
        List<SleepingCall> ways =
            site.visits().stream()
                .map(v -> RequestPropagation.held(summary.function(), v.surroundings().held()))
                .map(h -> new SleepingCall(summary.function(), site.call(), h, sleeper.get()))
                .toList();
        if (ways.stream().allMatch(SleepingCalls::isWrong)
            && (!sleeper.get().onlyVmalloc() || isVmalloc(ways.get(0)))) {
          found.add(ways.get(0));
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean isWrong(SleepingCall call) {
    return !call.held().isEmpty() && call.sleeper().sleepsIn(call.contexts());
  }

  /** Whether some function of the file puts into the same place what may come from vmalloc(). */
  private boolean isVmalloc(SleepingCall call) {
    int argument = call.sleeper().argument().orElse(-1);
    if (argument < 0 || argument >= call.call().arguments().size()) {
      return false;
    }
    Expr pointer = call.call().arguments().get(argument);
    int unit = program.unitOf(call.function());
    int first = program.firstFunction(unit);
    boolean field = pointer.is(Expr.Kind.FIELD);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      if (field || f == call.function()) {
        for (Block block : program.facts(f).blocks()) {
          if (block.events().stream().anyMatch(e -> puts(e, pointer))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean puts(Expr e, Expr pointer) {
    return e.is(Expr.Kind.ASSIGN)
        && e.operand(0).is(pointer.kind())
        && e.operand(0).name().equals(pointer.name())
        && !pointer.name().isEmpty()
        && knowledge
            .model()
            .api(e.operand(1).callee())
            .filter(a -> OF_VMALLOC.contains(a.family()))
            .isPresent();
  }
}
