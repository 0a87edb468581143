package org.gfplint.model;

import java.util.Locale;

/**
 * What a request can return. Kernels without fault injection, a caller that is not an OOM victim.
 */
public enum Returns {
  NEVER_NULL,
  MAY_BE_NULL,
  NULL;

  /** As queries and reports spell it: "may-be-null". */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
