package org.gfplint.flow;

import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.program.Program;

/** What is known of everything else when one function is looked at. */
record Knowledge(
    Program program,
    AllocatorModel model,
    boolean realtime,
    ContextModel contexts,
    TypeSizes sizes,
    ReturnedMasks returnedMasks,
    EffectTable<LockEffect> effects,
    EffectTable<ScopeEffect> scopeEffects) {
  /** Knowing nothing yet of what functions do to locks and scopes. */
  static Knowledge of(Program program, AllocatorModel model, boolean realtime) {
    TypeSizes sizes = new TypeSizes(program, model);
    return new Knowledge(
        program,
        model,
        realtime,
        ContextModel.forVersion(model.version(), realtime),
        sizes,
        new ReturnedMasks(program, model, sizes),
        EffectTable.none(),
        EffectTable.none());
  }

  Knowledge withEffects(EffectTable<LockEffect> locks, EffectTable<ScopeEffect> scopes) {
    return new Knowledge(program, model, realtime, contexts, sizes, returnedMasks, locks, scopes);
  }
}
