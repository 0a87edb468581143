package org.gfplint.flow;

import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.program.Program;

/**
 * What is known of everything else when one function is looked at.
 *
 * @param sleepingLocks whether to keep account of locks, too, whose holder may sleep
 */
record Knowledge(
    Program program,
    AllocatorModel model,
    ContextModel contexts,
    Callees callees,
    TypeSizes sizes,
    ReturnedMasks returnedMasks,
    FieldMasks fieldMasks,
    EffectTable<LockEffect> effects,
    EffectTable<ScopeEffect> scopeEffects,
    boolean sleepingLocks) {
  /** Knowing nothing yet of what functions do to locks and scopes. */
  static Knowledge of(Program program, AllocatorModel model, ContextModel contexts) {
    TypeSizes sizes = new TypeSizes(program, model);
    return new Knowledge(
        program,
        model,
        contexts,
        new Callees(model, contexts),
        sizes,
        new ReturnedMasks(program, model, sizes),
        new FieldMasks(program, model, sizes),
        EffectTable.none(),
        EffectTable.none(),
        false);
  }

  Knowledge withEffects(EffectTable<LockEffect> locks, EffectTable<ScopeEffect> scopes) {
    return new Knowledge(
        program,
        model,
        contexts,
        callees,
        sizes,
        returnedMasks,
        fieldMasks,
        locks,
        scopes,
        sleepingLocks);
  }

  /** The same, with locks whose holder may sleep and what functions do to them. */
  Knowledge withSleepingLocks(EffectTable<LockEffect> locks) {
    return new Knowledge(
        program,
        model,
        contexts,
        callees,
        sizes,
        returnedMasks,
        fieldMasks,
        locks,
        scopeEffects,
        true);
  }
}
