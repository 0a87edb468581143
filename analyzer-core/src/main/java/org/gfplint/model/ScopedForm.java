package org.gfplint.model;

import java.util.List;
import java.util.Optional;

/**
 * A restricted mask as it is written inside a task scope: the scope restricts, the mask says what
 * the request would be without it.
 *
 * @param scope what forbids as much as the mask does
 * @param name the composite that restricts the mask, as in "GFP_NOFS"
 * @param instead the composite to write in its place inside the scope
 * @param mask what the mask is then
 */
public record ScopedForm(ScopeKind scope, String name, String instead, GfpMask mask) {
  private static final String UNRESTRICTED = "GFP_KERNEL";
  private static final GfpMask RECURSION = GfpMask.of(GfpFlag.IO, GfpFlag.FS);

  /** Empty unless exactly one of the names restricts the mask, and only as to reclaim. */
  static Optional<ScopedForm> of(AllocatorModel model, GfpMask mask, List<String> names) {
    GfpMask kernel = model.mask(UNRESTRICTED).orElseThrow();
    List<String> restricted =
        names.stream()
            .filter(
                name ->
                    model
                        .mask(name)
                        .filter(m -> !m.equals(kernel) && m.or(RECURSION).equals(kernel))
                        .isPresent())
            .distinct()
            .toList();
    if (restricted.size() != 1 || mask.containsAll(RECURSION)) {
      return Optional.empty();
    }
    String name = restricted.get(0);
    ScopeKind scope = mask.has(GfpFlag.IO) ? ScopeKind.NOFS : ScopeKind.NOIO;
    return model.scopeOperation("memalloc_" + scope.spelling() + "_save").isPresent()
        ? Optional.of(
            new ScopedForm(
                scope, name, UNRESTRICTED, mask.minus(model.mask(name).orElseThrow()).or(kernel)))
        : Optional.empty();
  }
}
