package org.gfplint.rules;

import java.util.List;
import java.util.Optional;

/** Every rule there is, in order of id. */
public final class Rules {
  private static final List<Rule> ALL =
      List.of(
          new VmallocRestricted(),
          new KvmallocNoFallback(),
          new NofailOrder(),
          new NofailNonblocking(),
          new ContradictoryFlags(),
          new GfpArgument(),
          new NofailChecked(),
          new GfpIgnored(),
          new ScopeImplicit(),
          new ScopeRedundant(),
          new ScopeUnbalanced(),
          new ScopeMisnested(),
          new ScopeLost(),
          new SleepInAtomic(),
          new RawLockAlloc(),
          new NofsInconsistent(),
          new ReclaimDeadlock(),
          new AtomicNeedless(),
          new NofsNeedless(),
          new IgnoreIneffective());

  private Rules() {}

  public static List<Rule> all() {
    return ALL;
  }

  /** The rule of that name or id; ids are read without regard to case. */
  public static Optional<Rule> find(String nameOrId) {
    return ALL.stream()
        .filter(r -> r.info().name().equals(nameOrId) || r.info().id().equalsIgnoreCase(nameOrId))
        .findFirst();
  }
}
