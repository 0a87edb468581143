package org.gfplint.facts;

import java.util.List;

/**
 * What one function does, as far as it can matter; a function-like macro that calls something
 * counts as one.
 *
 * @param init whether it is marked as run at boot or module load only
 * @param span from the name to the closing brace
 * @param blocks control flow; block 0 is the entry; empty if the body could not be read
 */
public record FunctionFacts(
    String name,
    Linkage linkage,
    boolean init,
    String returnType,
    List<Variable> parameters,
    List<Variable> locals,
    Span span,
    List<Block> blocks) {
  /** Which parameter has that name, 0-based; -1 if none has. */
  public int parameter(String parameterName) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(parameterName)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a parameter or a local variable has that name. */
  public boolean declares(String variable) {
    return parameter(variable) >= 0 || locals.stream().anyMatch(v -> v.name().equals(variable));
  }

  /** Who can call it. */
  public enum Linkage {
    GLOBAL,
    /** Seen in its own file only, or in every file that includes the header. */
    STATIC,
    MACRO
  }
}
