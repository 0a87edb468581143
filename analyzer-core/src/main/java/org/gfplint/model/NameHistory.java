package org.gfplint.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * In which versions a gfp name exists.
 *
 * @param name as in "__GFP_REPEAT"
 * @param facts one per range, oldest first
 * @param replacedBy what newer versions have instead; empty if nothing, or if it still exists
 */
public record NameHistory(String name, List<Fact> facts, Optional<String> replacedBy) {

  public boolean existsIn(KernelVersion version) {
    return facts.stream().anyMatch(fact -> fact.holdsIn(version));
  }

  /** As in "4.10 to before 4.13"; ranges that follow each other are joined. */
  public String range() {
    Fact first = facts.get(0);
    Fact last = facts.get(facts.size() - 1);
    boolean joined = true;
    for (int i = 1; i < facts.size(); i++) {
      joined &= facts.get(i - 1).until().equals(Optional.of(facts.get(i).since()));
    }
    return joined
        ? new Fact(first.id(), first.since(), last.until(), "", "").range()
        : facts.stream().map(Fact::range).collect(Collectors.joining(", "));
  }
}
