package org.gfplint.flow;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.model.ContextOperation;
import org.gfplint.model.ScopeOperation;

/**
 * What the models say of functions by their names. Most names say nothing, and are called again and
 * again: each is looked up once.
 */
final class Callees {
  /**
   * One name.
   *
   * @param scope what it does to task scopes
   * @param context what it does to contexts in which nothing may sleep
   * @param changesTaskFlags whether it sets flags of the running task, or puts them back
   * @param setsScopeFlags whether it does so with those of scopes, whatever it is given
   * @param maskFilter the argument with all that it leaves of a mask of its own
   * @param registers whether it is given functions to call back
   * @param started which argument is the function of a thread that it starts, or -1
   */
  record Callee(
      Optional<AllocatorApi> api,
      Optional<ScopeOperation> scope,
      Optional<ContextOperation> context,
      boolean changesTaskFlags,
      boolean setsScopeFlags,
      OptionalInt maskFilter,
      boolean registers,
      int started) {}

  /** What is called through a pointer. */
  static final Callee NAMELESS =
      new Callee(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          OptionalInt.empty(),
          false,
          -1);

  private final AllocatorModel model;
  private final ContextModel contexts;
  private final Map<String, Callee> known = new ConcurrentHashMap<>();

  Callees(AllocatorModel model, ContextModel contexts) {
    this.model = model;
    this.contexts = contexts;
  }

  Callee of(String name) {
    if (name.isEmpty()) {
      return NAMELESS;
    }
    Callee callee = known.get(name);
    if (callee == null) {
      callee = look(name);
      known.put(name, callee);
    }
    return callee;
  }

  private Callee look(String name) {
    return new Callee(
        model.api(name),
        model.scopeOperation(name),
        contexts.contextOperation(name),
        model.taskFlagOperation(name).isPresent(),
        model.setsTaskFlags(name).isPresent(),
        model.maskFilter(name),
        !contexts.registrations(name).isEmpty(),
        Threads.functionArgument(name));
  }
}
