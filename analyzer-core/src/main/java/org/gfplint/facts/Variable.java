package org.gfplint.facts;

/**
 * A parameter or a local variable.
 *
 * @param name "" for a parameter without one
 * @param type base type and a star for each pointer level, as in {@code struct inode*}; "" if it
 *     cannot be told
 */
public record Variable(String name, String type) {
  public boolean isGfp() {
    return type.equals("gfp_t");
  }
}
