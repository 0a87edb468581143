package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllocatorModelTest {
  private static AllocatorModel model(String version) {
    return AllocatorModel.forVersion(KernelVersion.parse(version));
  }

  private static List<Violation> violations(
      String version, String api, String mask, AllocationSize size, ExecutionContext context) {
    AllocatorModel model = model(version);
    AllocationRequest request =
        new AllocationRequest(model.api(api).orElseThrow(), model.parseMask(mask).mask(), size);
    return model.violations(request, context, model.evaluate(request, context));
  }

  private static List<Violation.Kind> kinds(List<Violation> violations) {
    return violations.stream().map(Violation::kind).toList();
  }

  private static List<Contradiction.Kind> contradictions(
      String version, String api, String... names) {
    AllocatorModel model = model(version);
    return model
        .contradictions(
            Arrays.stream(names).map(MaskTerm::named).toList(),
            Optional.of(api).filter(a -> !a.isEmpty()).flatMap(model::api))
        .stream()
        .map(Contradiction::kind)
        .toList();
  }

  @Test
  void vmallocIgnoresNofsBefore517() {
    List<Violation> old =
        violations(
            "4.16", "__vmalloc", "GFP_NOFS", AllocationSize.UNKNOWN, ExecutionContext.PROCESS);
    assertThat(kinds(old)).containsExactly(Violation.Kind.RESTRICTION_IGNORED);
    assertThat(old.get(0).effect()).isEqualTo(Effect.FS_RECLAIM);
    assertThat(old.get(0).certain()).isTrue();
    assertThat(
            violations(
                "5.17", "__vmalloc", "GFP_NOFS", AllocationSize.UNKNOWN, ExecutionContext.PROCESS))
        .isEmpty();
  }

  @Test
  void aScopeCoversThePageTables() {
    ExecutionContext nofs = ExecutionContext.PROCESS.withScopes(List.of(ScopeKind.NOFS));
    assertThat(violations("4.16", "__vmalloc", "GFP_NOFS", AllocationSize.UNKNOWN, nofs)).isEmpty();
    assertThat(kinds(violations("4.16", "__vmalloc", "GFP_NOIO", AllocationSize.UNKNOWN, nofs)))
        .contains(Violation.Kind.RESTRICTION_IGNORED);
  }

  @Test
  void kvmallocLosesItsFallbackBetween418And517() {
    AllocationSize size = AllocationSize.UNKNOWN;
    assertThat(kinds(violations("5.0", "kvmalloc", "GFP_NOFS", size, ExecutionContext.PROCESS)))
        .containsExactly(Violation.Kind.FALLBACK_LOST);
    assertThat(kinds(violations("4.16", "kvmalloc", "GFP_NOFS", size, ExecutionContext.PROCESS)))
        .containsExactly(Violation.Kind.RESTRICTION_IGNORED);
    assertThat(kinds(violations("6.1", "kvmalloc", "GFP_NOFS", size, ExecutionContext.PROCESS)))
        .isEmpty();
    // From then on only what cannot block stays with kmalloc, which is what such a caller wants.
    assertThat(kinds(violations("6.1", "kvmalloc", "GFP_ATOMIC", size, ExecutionContext.PROCESS)))
        .isEmpty();
    assertThat(
            violations(
                "5.0",
                "kvmalloc",
                "GFP_NOFS",
                AllocationSize.exactly(4096),
                ExecutionContext.PROCESS))
        .isEmpty();
  }

  @Test
  void nofailOrdersAreCertainOnlyIfTheSizeIsKnown() {
    String mask = "GFP_KERNEL|__GFP_NOFAIL";
    assertThat(
            violations(
                "6.12", "alloc_pages", mask, AllocationSize.ofOrder(2), ExecutionContext.PROCESS))
        .extracting(Violation::kind, Violation::certain)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Violation.Kind.NOFAIL_ORDER, true));
    assertThat(
            violations("6.12", "kmalloc", mask, AllocationSize.UNKNOWN, ExecutionContext.PROCESS))
        .extracting(Violation::certain)
        .containsExactly(false);
    assertThat(
            violations(
                "6.12", "kmem_cache_alloc", mask, AllocationSize.UNKNOWN, ExecutionContext.PROCESS))
        .isEmpty();
    assertThat(
            violations(
                "6.12", "kmalloc", mask, new AllocationSize(0, 8192), ExecutionContext.PROCESS))
        .isEmpty();
  }

  @Test
  void sleepingUnderASpinlock() {
    ExecutionContext locked = ExecutionContext.PROCESS.withAtomic(Set.of(AtomicContext.SPINLOCK));
    assertThat(kinds(violations("6.1", "kmalloc", "GFP_KERNEL", AllocationSize.exactly(8), locked)))
        .containsExactly(Violation.Kind.SLEEPS_IN_ATOMIC);
    assertThat(violations("6.1", "kmalloc", "GFP_ATOMIC", AllocationSize.exactly(8), locked))
        .isEmpty();
    assertThat(kinds(violations("6.1", "vmalloc", "GFP_KERNEL", AllocationSize.UNKNOWN, locked)))
        .containsExactly(Violation.Kind.SLEEPS_IN_ATOMIC);
  }

  @Test
  void flagsThatContradictEachOther() {
    assertThat(contradictions("6.1", "kmalloc", "GFP_NOFS", "GFP_KERNEL"))
        .containsExactly(Contradiction.Kind.RESTRICTION_UNDONE);
    assertThat(contradictions("6.1", "kmalloc", "GFP_NOFS", "__GFP_FS")).hasSize(1);
    assertThat(contradictions("6.1", "kmalloc", "GFP_ATOMIC", "GFP_KERNEL")).hasSize(1);
    assertThat(contradictions("6.1", "kmalloc", "GFP_KERNEL", "__GFP_HIGHMEM"))
        .containsExactly(Contradiction.Kind.ZONE_NOT_FOR_SLAB);
    assertThat(contradictions("6.1", "__vmalloc", "GFP_KERNEL", "__GFP_HIGHMEM")).isEmpty();
    assertThat(contradictions("6.1", "kmalloc", "GFP_KERNEL", "GFP_DMA")).isEmpty();
    assertThat(contradictions("6.1", "kmalloc", "GFP_ATOMIC", "GFP_DMA")).isEmpty();
    assertThat(contradictions("6.1", "kmalloc", "GFP_KERNEL", "__GFP_NOFAIL", "__GFP_NOWARN"))
        .isEmpty();
    assertThat(contradictions("6.1", "", "GFP_HIGHUSER", "__GFP_MOVABLE")).isEmpty();
    assertThat(contradictions("6.1", "kmalloc", "GFP_KERNEL", "GFP_KERNEL")).isEmpty();
    assertThat(contradictions("6.1", "kmalloc", "GFP_KERNEL", "GFP_KERNEL_ACCOUNT")).isEmpty();
  }

  @Test
  void bothSpellingsAreOneApi() {
    assertThat(model("6.12").api("kmalloc_noprof")).isEqualTo(model("6.12").api("kmalloc"));
    assertThat(model("6.12").api("kvrealloc").orElseThrow().maskArgument()).hasValue(2);
    assertThat(model("6.1").api("kvrealloc").orElseThrow().maskArgument()).hasValue(3);
    assertThat(model("4.10").api("kvmalloc")).isEmpty();
    assertThat(model("5.17").api("bio_alloc").orElseThrow().maskArgument()).hasValue(0);
    assertThat(model("6.1").api("bio_alloc").orElseThrow().maskArgument()).hasValue(3);
  }

  @Test
  void namesHaveAHistory() {
    assertThat(model("4.16").mask("__GFP_REPEAT")).isEmpty();
    NameHistory repeat = model("4.16").history("__GFP_REPEAT").orElseThrow();
    assertThat(repeat.range()).isEqualTo("4.10 to before 4.13");
    assertThat(repeat.replacedBy()).contains("__GFP_RETRY_MAYFAIL");
    assertThat(model("6.12").describe(GfpMask.of(GfpFlag.HIGH, GfpFlag.KSWAPD_RECLAIM)))
        .isEqualTo("GFP_ATOMIC");
    assertThat(model("6.12").isGfpName("__GFP_WAIT")).isTrue();
    assertThat(model("6.12").isGfpName("GFP_HELLO")).isFalse();
  }

  @Test
  void newerKernelsUseTheNewestFacts() {
    assertThat(model("6.12.117").versionNote()).isEmpty();
    assertThat(model("6.99").versionNote().orElseThrow()).contains("newer than the newest facts");
    assertThat(model("6.99").mask("GFP_KERNEL")).isEqualTo(model("6.12").mask("GFP_KERNEL"));
  }

  @Test
  void aFactOfAnotherVersionHasItsCounterpart() {
    Fact before =
        AllocatorModel.forVersion(KernelVersion.parse("4.16")).facts().stream()
            .filter(fact -> fact.id().equals("vmalloc.page-tables-ignore-mask"))
            .findFirst()
            .orElseThrow();
    assertThat(AllocatorModel.forVersion(KernelVersion.parse("5.16")).counterparts(before))
        .containsExactly(before);
    assertThat(AllocatorModel.forVersion(KernelVersion.parse("6.1")).counterparts(before))
        .extracting(Fact::id)
        .containsExactly("vmalloc.page-tables-in-own-scope");
  }
}
