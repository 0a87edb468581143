package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FileFacts;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.MacroConstant;
import org.gfplint.facts.StoredFunction;
import org.gfplint.facts.Variable;
import org.gfplint.program.Program;

/** Functions that a file names other than to call them. */
final class Namings {
  private final Program program;
  private final int unit;
  private final Set<String> found = new TreeSet<>();

  /** Names that the program, whose table is large, was asked for. */
  private final Set<String> asked = new HashSet<>();

  /** Variables that hide functions of the same name. */
  private final Set<String> hidden = new HashSet<>();

  private Namings(Program program, int unit) {
    this.program = program;
    this.unit = unit;
  }

  /**
   * What a file stores and names: by its facts, functions of its own and those in its tables; of a
   * whole tree, where that decides on who may call them, also functions of other files that it
   * hands on.
   */
  static List<StoredFunction> in(Program program, int unit) {
    FileFacts facts = program.fileFacts(unit);
    if (!program.isWhole()) {
      return facts.stored();
    }
    Namings namings = new Namings(program, unit);
    facts.functions().forEach(namings::look);
    namings.hidden.clear();
    for (MacroConstant constant : facts.constants()) {
      namings.look(constant.value());
    }
    List<StoredFunction> all = new ArrayList<>(facts.stored());
    namings.found.forEach(name -> all.add(new StoredFunction("", "", name, 1)));
    return List.copyOf(all);
  }

  private void look(FunctionFacts function) {
    hidden.clear();
    for (Variable v : function.parameters()) {
      hidden.add(v.name());
    }
    for (Variable v : function.locals()) {
      hidden.add(v.name());
    }
    for (Block block : function.blocks()) {
      block.events().forEach(this::look);
      if (block.exit().condition() != null) {
        look(block.exit().condition());
      }
    }
  }

  private void look(Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      // Masks have a place, functions that are named do not.
      if (e.span() == null
          && !hidden.contains(e.name())
          && asked.add(e.name())
          && isGlobalElsewhere(e.name())) {
        found.add(e.name());
      }
      return;
    }
    int first = e.callee().isEmpty() ? 0 : 1;
    for (int i = first; i < e.operands().size(); i++) {
      look(e.operand(i));
    }
  }

  private boolean isGlobalElsewhere(String name) {
    if (!program.isFunction(name)) {
      return false;
    }
    List<Integer> candidates = program.resolve(unit, name);
    return !candidates.isEmpty()
        && program.unitOf(candidates.get(0)) != unit
        && program.linkage(candidates.get(0)) == Linkage.GLOBAL;
  }
}
