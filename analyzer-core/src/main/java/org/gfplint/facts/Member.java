package org.gfplint.facts;

import java.util.List;

/**
 * Something declared with a type: a field, a variable of the file, or a typedef's name.
 *
 * @param name "" for an anonymous struct or union in another one, and for padding
 * @param type as {@link Variable#type}; of an array, the type of its elements; "struct" or "union"
 *     if the body is {@code nested} and has no tag
 * @param dimensions sizes of the array, outermost first; 0 for a flexible array
 * @param bits width of a bit-field; {@link #NO_BITS}, or {@link #UNKNOWN_BITS}
 * @param attributes see {@link Attributes}
 * @param nested the body that is declared in place, or null
 */
public record Member(
    String name, String type, List<Expr> dimensions, int bits, int attributes, StructType nested) {
  public static final int NO_BITS = -1;
  public static final int UNKNOWN_BITS = -2;

  /** Whether it is there in some configurations only. */
  public boolean isConditional() {
    return (attributes & Attributes.CONDITIONAL) != 0;
  }
}
