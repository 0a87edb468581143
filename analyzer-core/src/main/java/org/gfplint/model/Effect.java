package org.gfplint.model;

import java.util.Locale;

/** Something a request may do. */
public enum Effect {
  SLEEP,
  DIRECT_RECLAIM,
  /** Direct reclaim may start block IO. */
  IO,
  /** Direct reclaim may enter a filesystem. */
  FS_RECLAIM,
  /** May take pages below the minimum watermark. */
  RESERVES,
  /** May itself invoke the OOM killer. */
  OOM_KILL,
  /** Retries without bound: the caller waits for as long as it takes. */
  LOOP_FOREVER,
  /** May print a kernel warning with a stack. */
  WARN,
  /** A kvmalloc request without its vmalloc attempt. */
  NO_FALLBACK;

  /** As queries and reports spell it: "fs-reclaim". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
