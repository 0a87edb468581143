package org.gfplint.model;

import java.util.Locale;

/** Something a request may do. */
public enum Effect {
  SLEEP("sleep"),
  DIRECT_RECLAIM("enter direct reclaim"),
  /** Direct reclaim may start block IO. */
  IO("start IO"),
  /** Direct reclaim may enter a filesystem. */
  FS_RECLAIM("enter filesystems in reclaim"),
  /** May take pages below the minimum watermark. */
  RESERVES("use reserves"),
  /** May itself invoke the OOM killer. */
  OOM_KILL("invoke the OOM killer"),
  /** Retries without bound: the caller waits for as long as it takes. */
  LOOP_FOREVER("retry without bound"),
  /** May print a kernel warning with a stack. */
  WARN("warn"),
  /** A kvmalloc request without its vmalloc attempt. */
  NO_FALLBACK("go without the vmalloc fallback");

  private final String phrase;

  Effect(String phrase) {
    this.phrase = phrase;
  }

  /** What the request may do, to follow "may" or "never": "start IO". */
  public String phrase() {
    return phrase;
  }

  /** As queries and reports spell it: "fs-reclaim". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
