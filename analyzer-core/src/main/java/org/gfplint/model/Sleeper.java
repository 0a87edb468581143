package org.gfplint.model;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A function that is no allocator and may sleep by itself, as vfree() does.
 *
 * @param argument the pointer it is about, 0-based
 * @param onlyVmalloc whether it sleeps only if that pointer came from vmalloc
 * @param defersIn contexts any of which makes it put the work off instead
 */
public record Sleeper(
    OptionalInt argument, boolean onlyVmalloc, Set<AtomicContext> defersIn, List<Fact> facts) {

  public Sleeper {
    defersIn = Set.copyOf(defersIn);
    facts = List.copyOf(facts);
  }

  /** Whether it may sleep where all of these contexts hold. */
  public boolean sleepsIn(Collection<AtomicContext> contexts) {
    return contexts.stream().noneMatch(defersIn::contains);
  }
}
