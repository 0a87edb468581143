package org.gfplint.facts;

/** What bears on the layout of a struct or a member, packed in a number. */
public final class Attributes {
  public static final int PACKED = 1;

  /** Inside an {@code #if} that depends on the configuration. */
  public static final int CONDITIONAL = 2;

  /** Something about the layout is not understood: there may be more, or less alignment. */
  public static final int UNCERTAIN = 4;

  /** Members may be put in another order. */
  public static final int REORDERED = 8;

  /** Aligned to more than its type asks for, by how much is not known. */
  public static final int ALIGNED = 16;

  /** Aligned to a line of the processor's cache. */
  public static final int CACHE_ALIGNED = 32;

  private static final int ALIGNMENT_SHIFT = 6;
  private static final int ALIGNMENT_BITS = 31;

  private Attributes() {}

  /** The attribute of being aligned to {@code 1 << log2} bytes. */
  static int aligned(int log2) {
    return ((log2 + 1) & ALIGNMENT_BITS) << ALIGNMENT_SHIFT;
  }

  /** What {@code aligned()} asks for, in bytes; 0 if there is no such attribute. */
  public static long alignment(int attributes) {
    int log2 = ((attributes >> ALIGNMENT_SHIFT) & ALIGNMENT_BITS) - 1;
    return log2 < 0 ? 0 : 1L << log2;
  }

  public static boolean has(int attributes, int one) {
    return (attributes & one) != 0;
  }
}
