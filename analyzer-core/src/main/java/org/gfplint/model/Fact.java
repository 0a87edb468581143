package org.gfplint.model;

import java.util.Optional;

/**
 * One sentence about what the allocator does, and where the kernel says so.
 *
 * @param id stable key, as in "vmalloc.page-tables-ignore-mask"
 * @param since first release it is true of
 * @param until first release it is no longer true of; empty while it still holds
 * @param sentence what is true, in one sentence
 * @param source kernel file and function, as in "mm/vmalloc.c:__vmalloc_area_node"
 */
public record Fact(
    String id, KernelVersion since, Optional<KernelVersion> until, String sentence, String source) {

  public boolean holdsIn(KernelVersion version) {
    return version.isWithin(since, until);
  }

  /** The range as reports print it: "4.12 to before 5.17" or "since 5.17". */
  public String range() {
    return until.map(u -> since + " to before " + u).orElse("since " + since);
  }
}
