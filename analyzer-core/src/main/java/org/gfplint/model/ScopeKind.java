package org.gfplint.model;

import java.util.Locale;

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

  /** As the functions spell it: "nofs" in memalloc_nofs_save(). */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }
}
