package org.gfplint.facts;

import java.util.List;

/**
 * The definition of a struct or union, or of an enum that is not the size of an int.
 *
 * @param tag "" if it has none
 * @param members in order; of an enum, none
 * @param attributes see {@link Attributes}
 */
public record StructType(Kind kind, String tag, List<Member> members, int attributes) {
  /** What is defined. */
  public enum Kind {
    STRUCT,
    UNION,
    ENUM;

    /** The keyword. */
    public String keyword() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** As in {@code struct inode}. */
  public String name() {
    return tag.isEmpty() ? kind.keyword() : kind.keyword() + " " + tag;
  }
}
