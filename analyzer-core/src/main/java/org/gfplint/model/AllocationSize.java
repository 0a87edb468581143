package org.gfplint.model;

/**
 * How much a request asks for: an interval, since analysis rarely knows a single number.
 *
 * @param minBytes smallest possible size in bytes, at least 0
 * @param maxBytes largest possible size in bytes; {@link Long#MAX_VALUE} means no bound is known
 */
public record AllocationSize(long minBytes, long maxBytes) {
  /**
   * Page size the model computes with. Architectures with larger pages only move limits up, so what
   * is reported for 4 KiB is the strictest case.
   */
  public static final long PAGE_SIZE = 4096;

  public static final AllocationSize UNKNOWN = new AllocationSize(0, Long.MAX_VALUE);

  public AllocationSize {
    if (minBytes < 0 || maxBytes < minBytes) {
      throw new IllegalArgumentException("not a size: " + minBytes + " to " + maxBytes + " bytes");
    }
  }

  /** Exactly this many bytes. */
  public static AllocationSize exactly(long bytes) {
    return new AllocationSize(bytes, bytes);
  }

  /** As many pages as the page allocator hands out for this order. */
  public static AllocationSize ofOrder(int order) {
    return exactly(order > 50 ? Long.MAX_VALUE : PAGE_SIZE << Math.max(order, 0));
  }

  /** True if an upper bound is known. */
  public boolean isKnown() {
    return maxBytes != Long.MAX_VALUE || minBytes == maxBytes;
  }

  public boolean isExact() {
    return minBytes == maxBytes;
  }

  /** Page order of the smallest possible size, as get_order() computes it. */
  public int minOrder() {
    return orderOf(minBytes);
  }

  /** Page order of the largest possible size, as get_order() computes it. */
  public int maxOrder() {
    return orderOf(maxBytes);
  }

  private static int orderOf(long bytes) {
    if (bytes <= PAGE_SIZE) {
      return 0;
    }
    return Long.SIZE - Long.numberOfLeadingZeros(bytes - 1) - Long.numberOfTrailingZeros(PAGE_SIZE);
  }

  /** As in "65536 bytes", "at most 8192 bytes" or "an unknown size". */
  @Override
  public String toString() {
    if (isExact()) {
      return minBytes + " bytes";
    }
    if (!isKnown()) {
      return minBytes == 0 ? "an unknown size" : "at least " + minBytes + " bytes";
    }
    return minBytes == 0
        ? "at most " + maxBytes + " bytes"
        : minBytes + " to " + maxBytes + " bytes";
  }
}
