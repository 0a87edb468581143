package org.gfplint.finding;

import java.util.List;

/**
 * A change of the source that puts a finding right.
 *
 * @param description what it does and why, sentences without a final period
 * @param edits of one file, none overlapping another, in order of place
 */
public record Fix(String description, List<Edit> edits) {
  public Fix {
    edits = List.copyOf(edits);
  }
}
