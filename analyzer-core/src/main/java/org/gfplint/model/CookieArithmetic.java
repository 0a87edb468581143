package org.gfplint.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What comes of scopes that are not closed as they were opened: it depends on what a version keeps
 * in a cookie. Each answer is a clause for a message.
 */
public final class CookieArithmetic {
  private final AllocatorModel model;

  CookieArithmetic(AllocatorModel model) {
    this.model = model;
  }

  /** An outer scope is closed before an inner one. */
  public String crossed(ScopeKind outer, ScopeKind inner) {
    ScopeSave first = model.save(none(), outer);
    ScopeSave second = model.save(first.open(), inner);
    Set<ScopeKind> between = model.restore(second.open(), outer, first.cookie());
    Set<ScopeKind> after = model.restore(between, inner, second.cookie());
    return !after.isEmpty()
        ? "once the inner one is restored, " + flags(after) + " stays set for ever" + in()
        : between.contains(inner)
            ? "no flag stays set" + in()
            : "what follows up to the inner restore runs outside of any scope" + in();
  }

  /** A cookie of one kind goes to the restore of another. */
  public String mixed(ScopeKind saved, ScopeKind restored) {
    ScopeSave save = model.save(none(), saved);
    Set<ScopeKind> after = model.restore(save.open(), restored, save.cookie());
    return after.isEmpty()
        ? "here that closes the right scope all the same" + in()
        : flags(after) + " stays set for the rest of the task" + in();
  }

  /** A cookie is restored that is zero because nothing was saved. */
  public String zero(ScopeKind kind) {
    Set<ScopeKind> after = model.restore(EnumSet.of(kind), kind, none());
    return after.contains(kind)
        ? "that changes nothing" + in()
        : "that closes the scope of a caller" + in();
  }

  /** A cookie is restored a second time while the caller has a scope of the kind open. */
  public String twice(ScopeKind kind) {
    ScopeSave inner = model.save(none(), kind);
    Set<ScopeKind> once = model.restore(inner.open(), kind, inner.cookie());
    // Somebody has opened one since.
    ScopeSave later = model.save(once, kind);
    return model.restore(later.open(), kind, inner.cookie()).isEmpty()
        ? "it would close a scope that was opened in between" + in()
        : "it changes nothing" + in();
  }

  private static Set<ScopeKind> none() {
    return EnumSet.noneOf(ScopeKind.class);
  }

  private static String flags(Set<ScopeKind> scopes) {
    return scopes.stream().map(ScopeKind::taskFlag).collect(Collectors.joining(" and "));
  }

  private String in() {
    return " in " + model.version();
  }
}
