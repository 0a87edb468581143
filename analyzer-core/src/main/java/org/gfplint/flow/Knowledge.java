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
    LockEffects effects) {
  /** Knowing nothing yet of what functions do to locks. */
  static Knowledge of(Program program, AllocatorModel model, boolean realtime) {
    TypeSizes sizes = new TypeSizes(program, model);
    return new Knowledge(
        program,
        model,
        realtime,
        ContextModel.forVersion(model.version(), realtime),
        sizes,
        new ReturnedMasks(program, model, sizes),
        LockEffects.NONE);
  }

  Knowledge withEffects(LockEffects more) {
    return new Knowledge(program, model, realtime, contexts, sizes, returnedMasks, more);
  }
}
