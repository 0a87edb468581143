package org.gfplint.facts;

import java.util.List;

/**
 * A parameter or a local variable.
 *
 * @param name "" for a parameter without one
 * @param type base type and what is made of it, from there on: {@code *} a pointer to it, {@code
 *     ()} a function that returns it, {@code []} an array of it that something points to; as in
 *     {@code struct inode*} and, for a pointer to a function, {@code int()*}; of an array, the type
 *     of its elements; "" if it cannot be told
 * @param dimensions sizes of an array, outermost first; empty for anything else
 */
public record Variable(String name, String type, List<Expr> dimensions) {
  /** A variable that is no array. */
  public Variable(String name, String type) {
    this(name, type, List.of());
  }

  public boolean isGfp() {
    return type.equals("gfp_t");
  }
}
