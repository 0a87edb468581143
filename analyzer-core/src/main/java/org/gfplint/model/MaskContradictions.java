package org.gfplint.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for operands of one '|' that cancel or contradict each other.
 *
 * <p>A composite such as GFP_NOFS is chosen for what it leaves out. Whatever else in the same
 * expression adds that back makes the choice void, so one of the two is a mistake. Composites that
 * leave out nothing the other has, zones and modifiers never are.
 */
final class MaskContradictions {
  private static final GfpMask RECURSION = GfpMask.of(GfpFlag.IO, GfpFlag.FS);

  private final AllocatorModel model;
  private final Optional<AllocatorApi> api;
  private final Map<String, GfpMask> terms = new LinkedHashMap<>();
  private final List<Contradiction> found = new ArrayList<>();

  MaskContradictions(AllocatorModel model, List<MaskTerm> written, Optional<AllocatorApi> api) {
    this.model = model;
    this.api = api;
    for (MaskTerm term : written) {
      term.name()
          .flatMap(name -> model.mask(name))
          .ifPresent(mask -> terms.put(term.name().get(), mask));
    }
  }

  List<Contradiction> find() {
    boolean undone = restrictionUndone();
    pair(
        GfpFlag.NORETRY,
        GfpFlag.NOFAIL,
        Contradiction.Kind.RETRY_CONFLICT,
        "one light attempt and retrying for ever exclude each other; "
            + (model.answers(Question.NOFAIL_STRENGTH, "loops")
                ? "the kernel lets __GFP_NOFAIL win"
                : "the request can return NULL"),
        model.answer(Question.NOFAIL_STRENGTH).fact());
    pair(
        GfpFlag.RETRY_MAYFAIL,
        GfpFlag.NOFAIL,
        Contradiction.Kind.RETRY_CONFLICT,
        "a request that may fail and one that must not exclude each other",
        model.answer(Question.NOFAIL_STRENGTH).fact());
    pair(
        GfpFlag.NORETRY,
        GfpFlag.RETRY_MAYFAIL,
        Contradiction.Kind.RETRY_CONFLICT,
        "one light attempt and trying hard exclude each other; __GFP_NORETRY wins",
        nameFact("__GFP_NORETRY"),
        GfpFlag.RETRY_MAYFAIL);
    pair(
        GfpFlag.NORETRY,
        GfpFlag.REPEAT,
        Contradiction.Kind.RETRY_CONFLICT,
        "one light attempt and trying hard exclude each other; __GFP_NORETRY wins",
        nameFact("__GFP_NORETRY"),
        GfpFlag.REPEAT);
    Fact zone = model.fact(QuotedFact.PAGE_ZONE_COMBINATION);
    String zones = "a page comes from one zone; CONFIG_DEBUG_VM stops in gfp_zone()";
    pair(GfpFlag.DMA, GfpFlag.DMA32, Contradiction.Kind.ZONE_CONFLICT, zones, zone);
    pair(GfpFlag.DMA, GfpFlag.HIGHMEM, Contradiction.Kind.ZONE_CONFLICT, zones, zone);
    pair(GfpFlag.DMA32, GfpFlag.HIGHMEM, Contradiction.Kind.ZONE_CONFLICT, zones, zone);
    if (!terms.containsKey("GFP_MOVABLE_MASK")) {
      pair(
          GfpFlag.RECLAIMABLE,
          GfpFlag.MOVABLE,
          Contradiction.Kind.MOBILITY_CONFLICT,
          "a page has one migrate type",
          model.fact(QuotedFact.PAGE_MIGRATETYPE_COMBINATION));
    }
    pair(
        GfpFlag.MEMALLOC,
        GfpFlag.NOMEMALLOC,
        Contradiction.Kind.RESERVE_CONFLICT,
        "the reserves are demanded and forbidden; __GFP_NOMEMALLOC wins",
        model.fact(QuotedFact.PAGE_NOMEMALLOC_WINS),
        GfpFlag.MEMALLOC);
    if (!undone && model.answers(Question.ATOMIC_BLOCKS, "warns")) {
      pair(
          GfpFlag.ATOMIC,
          GfpFlag.DIRECT_RECLAIM,
          Contradiction.Kind.ATOMIC_BLOCKS,
          "__GFP_ATOMIC is for callers that cannot block; the slow path warns and drops it",
          model.answer(Question.ATOMIC_BLOCKS).fact(),
          GfpFlag.ATOMIC);
    }
    notForSlab();
    return List.copyOf(found);
  }

  /**
   * One operand adds back what a composite leaves out: GFP_NOFS | GFP_KERNEL, GFP_NOFS | __GFP_FS.
   */
  private boolean restrictionUndone() {
    for (Map.Entry<String, GfpMask> restricted : terms.entrySet()) {
      if (!isReclaimComposite(restricted.getKey())) {
        continue;
      }
      // Without direct reclaim the IO and FS bits mean nothing, so adding them undoes nothing.
      GfpMask leftOut =
          restricted.getValue().has(GfpFlag.DIRECT_RECLAIM)
              ? RECURSION.minus(restricted.getValue())
              : GfpMask.of(GfpFlag.DIRECT_RECLAIM);
      for (Map.Entry<String, GfpMask> other : terms.entrySet()) {
        GfpMask added = other.getValue().and(leftOut);
        if (added.isEmpty() || other.getKey().equals(restricted.getKey())) {
          continue;
        }
        found.add(
            new Contradiction(
                Contradiction.Kind.RESTRICTION_UNDONE,
                other.getKey()
                    + " adds back "
                    + added
                    + ", which "
                    + restricted.getKey()
                    + " leaves out; the mask is "
                    + model.describe(restricted.getValue().or(other.getValue()))
                    + ".",
                List.of(nameFact(restricted.getKey())),
                plainly(restricted, other)));
        return true;
      }
    }
    return false;
  }

  /** Other operands for the mask that the two make together. */
  private Map<String, String> plainly(
      Map.Entry<String, GfpMask> restricted, Map.Entry<String, GfpMask> other) {
    GfpMask both = restricted.getValue().or(other.getValue());
    if (both.equals(other.getValue())) {
      return Map.of(restricted.getKey(), "");
    }
    String name = model.describe(both);
    return model.mask(name).isPresent()
        ? Map.of(restricted.getKey(), name, other.getKey(), "")
        : Map.of();
  }

  /** Leaves out a flag without effect, where it stands alone and not as part of a composite. */
  private static Map<String, String> without(String name, GfpFlag flag) {
    return spelled(name, flag).equals(flag.spelling()) ? Map.of(name, "") : Map.of();
  }

  /** GFP_NOFS, GFP_NOIO, GFP_ATOMIC, GFP_NOWAIT: chosen for what they leave out. */
  private static boolean isReclaimComposite(String name) {
    return List.of("GFP_NOFS", "GFP_NOIO", "GFP_ATOMIC", "GFP_NOWAIT").contains(name);
  }

  private void pair(GfpFlag one, GfpFlag two, Contradiction.Kind kind, String because, Fact fact) {
    pair(one, two, kind, because, fact, null);
  }

  /**
   * Two flags that exclude each other.
   *
   * @param loser the one without effect beside the other, or null
   */
  private void pair(
      GfpFlag one, GfpFlag two, Contradiction.Kind kind, String because, Fact fact, GfpFlag loser) {
    Optional<String> first = carrier(one);
    Optional<String> second = carrier(two);
    if (first.isPresent() && second.isPresent() && !first.equals(second)) {
      found.add(
          new Contradiction(
              kind,
              spelled(first.get(), one)
                  + " with "
                  + spelled(second.get(), two)
                  + ": "
                  + because
                  + ".",
              List.of(fact),
              loser == null ? Map.of() : without(carrier(loser).orElseThrow(), loser)));
    }
  }

  /** The operand that brings a flag, the flag itself before any composite. */
  private Optional<String> carrier(GfpFlag flag) {
    return terms.entrySet().stream()
        .filter(term -> term.getValue().has(flag))
        .min(
            (a, b) ->
                Long.compare(
                    Long.bitCount(a.getValue().bits()), Long.bitCount(b.getValue().bits())))
        .map(Map.Entry::getKey);
  }

  private static String spelled(String name, GfpFlag flag) {
    return name.equals(flag.spelling()) || name.equals("_" + flag.spelling())
        ? flag.spelling()
        : name + " (" + flag.spelling() + ")";
  }

  private void notForSlab() {
    boolean slab =
        api.map(a -> Arrays.asList("slab", "kmem_cache").contains(a.family())).orElse(false);
    if (!slab) {
      return;
    }
    for (GfpFlag flag : Evaluation.NOT_FOR_SLAB.flags()) {
      Fact fact = model.answer(Question.SLAB_BAD_ZONE).fact();
      carrier(flag)
          .ifPresent(
              name ->
                  found.add(
                      new Contradiction(
                          Contradiction.Kind.ZONE_NOT_FOR_SLAB,
                          api.get().name()
                              + "() cannot use "
                              + spelled(name, flag)
                              + ": slab memory never comes from that zone, and "
                              + Evaluation.function(fact)
                              + "() complains and drops the flag.",
                          List.of(fact),
                          without(name, flag))));
    }
  }

  private Fact nameFact(String name) {
    NameHistory history = model.history(name).orElseThrow();
    return history.facts().stream()
        .filter(fact -> fact.holdsIn(model.version()))
        .findFirst()
        .orElse(history.facts().get(history.facts().size() - 1));
  }
}
