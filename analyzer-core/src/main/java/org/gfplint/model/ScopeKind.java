package org.gfplint.model;

import java.util.Locale;
import java.util.Optional;

/** A task scope that memalloc_*_save() opens: it restricts every request the task makes. */
public enum ScopeKind {
  NOFS("PF_MEMALLOC_NOFS"),
  NOIO("PF_MEMALLOC_NOIO"),
  NORECLAIM("PF_MEMALLOC"),
  PIN("PF_MEMALLOC_PIN");

  private final String taskFlag;

  ScopeKind(String taskFlag) {
    this.taskFlag = taskFlag;
  }

  /** The flag in current->flags that is the scope: "PF_MEMALLOC_NOFS". */
  public String taskFlag() {
    return taskFlag;
  }

  /** The scope that a task flag is. */
  public static Optional<ScopeKind> ofTaskFlag(String name) {
    for (ScopeKind kind : values()) {
      if (kind.taskFlag.equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  /** As the functions spell it: "nofs" in memalloc_nofs_save(). */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
