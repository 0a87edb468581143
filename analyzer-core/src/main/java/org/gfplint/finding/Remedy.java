package org.gfplint.finding;

import java.util.Map;
import org.gfplint.model.ScopeKind;

/**
 * What would put a finding right, in terms of code. It becomes a {@link Fix} where the source
 * around it has a form that can be changed mechanically.
 */
public sealed interface Remedy {
  /** What it does and why, sentences without a final period. */
  String description();

  /** The code that it changes. */
  Location place();

  /**
   * Writes other names of masks.
   *
   * @param place the expression that they stand in, or the call that takes it
   * @param names what to write instead of each name; "" leaves it out, together with its '|'
   */
  record Rename(String description, Location place, Map<String, String> names) implements Remedy {
    public Rename {
      names = Map.copyOf(names);
    }
  }

  /**
   * Opens a task scope around a call and closes it behind.
   *
   * @param place the call
   * @param comment what the source shall say about it, one line each, separated by line feeds
   * @param names of masks to write differently inside
   */
  record Wrap(
      String description,
      Location place,
      ScopeKind scope,
      String comment,
      Map<String, String> names)
      implements Remedy {
    public Wrap {
      names = Map.copyOf(names);
    }
  }

  /**
   * Closes a scope before control leaves the function.
   *
   * @param place the statement that leaves it, or its closing brace
   * @param cookie the variable that the scope's save was assigned to
   */
  record Restore(String description, Location place, ScopeKind scope, String cookie)
      implements Remedy {}
}
