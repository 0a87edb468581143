package org.gfplint.change;

import java.util.Optional;

/**
 * A file on both sides of a change.
 *
 * @param pathBefore relative to the tree
 * @param before its content; empty if it was added
 * @param pathAfter the same as before unless it was moved
 * @param after its content; empty if it was deleted
 */
record ChangedFile(
    String pathBefore, Optional<byte[]> before, String pathAfter, Optional<byte[]> after) {}
