package org.gfplint.rules;

import org.gfplint.finding.Level;
import org.gfplint.model.Violation;

/** A vmalloc-family request whose page tables or other internals ignore its mask. */
final class VmallocRestricted extends RequestRule {
  @Override
  public RuleInfo info() {
    return new RuleInfo(
        "GFP101",
        "vmalloc-restricted",
        Level.ERROR,
        "a restricted mask that vmalloc does not keep: something inside does what the mask forbids");
  }

  @Override
  boolean reports(Violation.Kind kind) {
    return kind == Violation.Kind.RESTRICTION_IGNORED;
  }
}
