package org.gfplint.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where what a request asks for, what its context allows and what it would do are
 * compared. Rules only choose which kinds of difference they report.
 */
final class Comparison {
  /** What task scopes take away. */
  private static final GfpMask NARROWED = GfpMask.of(GfpFlag.IO, GfpFlag.FS, GfpFlag.MOVABLE);

  private final AllocatorModel model;
  private final AllocationRequest request;
  private final ExecutionContext context;
  private final Outcome outcome;
  private final GfpMask mask;
  private final List<Violation> found = new ArrayList<>();

  Comparison(
      AllocatorModel model, AllocationRequest request, ExecutionContext context, Outcome outcome) {
    this.model = model;
    this.request = request;
    this.context = context;
    this.outcome = outcome;
    mask = request.mask();
  }

  List<Violation> violations() {
    restrictionIgnored();
    fallbackLost();
    // A charge is forced in any case.
    if (mask.has(GfpFlag.NOFAIL) && !request.api().family().equals("charge")) {
      nofailCannotBlock();
      nofailOrder();
      nofailLost();
    }
    scopes();
    atomic();
    return List.copyOf(found);
  }

  static boolean avoidsFilesystems(GfpMask mask) {
    return mask.has(GfpFlag.DIRECT_RECLAIM) && !mask.has(GfpFlag.FS);
  }

  static boolean mayBlock(GfpMask mask) {
    return mask.has(GfpFlag.DIRECT_RECLAIM);
  }

  static boolean mustNotFail(GfpMask mask) {
    return mask.has(GfpFlag.NOFAIL) && mask.has(GfpFlag.DIRECT_RECLAIM);
  }

  static boolean entersFilesystems(GfpMask mask) {
    return mask.has(GfpFlag.DIRECT_RECLAIM) && mask.has(GfpFlag.FS) && !mask.has(GfpFlag.NOLOCKDEP);
  }

  static boolean isSizeSensitive(AllocatorApi api) {
    return api.family().equals("kvmalloc");
  }

  static boolean isSizeSensitive(GfpMask mask) {
    return mask.has(GfpFlag.NOFAIL);
  }

  private void restrictionIgnored() {
    boolean noreclaim = Evaluation.inNoreclaimScope(context);
    for (InternalRequest internal : outcome.internal()) {
      GfpMask does = internal.effective();
      boolean honoured =
          !mask.has(GfpFlag.DIRECT_RECLAIM)
              && internal.what().equals("page-table")
              && model.answers(Question.VMALLOC_NONBLOCKING, "honoured");
      if (!does.has(GfpFlag.DIRECT_RECLAIM) || honoured) {
        continue;
      }
      if (!mask.has(GfpFlag.DIRECT_RECLAIM)) {
        ignored(internal, Effect.SLEEP, "block, although the mask forbids it");
        return;
      }
      boolean io = !noreclaim && does.has(GfpFlag.IO) && !mask.has(GfpFlag.IO);
      boolean fs = !noreclaim && does.has(GfpFlag.FS) && !mask.has(GfpFlag.FS);
      if (io || fs) {
        ignored(
            internal,
            fs ? Effect.FS_RECLAIM : Effect.IO,
            io && fs
                ? "start IO and enter filesystem reclaim, although the mask forbids both"
                : fs
                    ? "enter filesystem reclaim, although the mask forbids it"
                    : "start IO, although the mask forbids it");
        return;
      }
    }
    if (!mask.has(GfpFlag.DIRECT_RECLAIM)
        && outcome.may().contains(Effect.SLEEP)
        && reachesVmalloc()
        && model.answers(Question.VMALLOC_NONBLOCKING, "sleeps")) {
      Fact fact = model.answer(Question.VMALLOC_NONBLOCKING).fact();
      add(
          Violation.Kind.RESTRICTION_IGNORED,
          Effect.SLEEP,
          true,
          call() + " sleeps in " + in(fact) + ", although the mask forbids it.",
          fact);
    }
  }

  private boolean reachesVmalloc() {
    return outcome.internal().stream().anyMatch(i -> i.what().equals("page-table"));
  }

  private void ignored(InternalRequest internal, Effect effect, String does) {
    String noun =
        switch (internal.what()) {
          case "page-table" -> "the page tables that vmalloc allocates";
          case "percpu-chunk" -> "the pages that populate a chunk";
          default -> "the " + internal.what() + " request inside";
        };
    String fallback =
        request.api().family().equals("kvmalloc") ? " when it falls back to vmalloc" : "";
    add(
        Violation.Kind.RESTRICTION_IGNORED,
        effect,
        true,
        call()
            + fallback
            + ": "
            + noun
            + " use "
            + model.describe(internal.effective())
            + " and may "
            + does
            + " ("
            + in(internal.fact())
            + ").",
        internal.fact());
  }

  private void fallbackLost() {
    if (!outcome.may().contains(Effect.NO_FALLBACK)) {
      return;
    }
    // Where the kernel gives up the fallback just because the mask cannot block, the caller asked
    // for no more than that.
    if (!mask.has(GfpFlag.DIRECT_RECLAIM)
        && !model.answers(Question.KVMALLOC_RESTRICTED, "kmalloc-only")) {
      return;
    }
    Evaluation.lostFallback(model, mask)
        .ifPresent(
            rule ->
                add(
                    Violation.Kind.FALLBACK_LOST,
                    Effect.NO_FALLBACK,
                    true,
                    call()
                        + " never falls back to vmalloc: "
                        + (rule.fact() == model.answer(Question.KVMALLOC_RESTRICTED).fact()
                            ? "the mask lacks bits of GFP_KERNEL"
                            : "the mask cannot block")
                        + " ("
                        + in(rule.fact())
                        + ").",
                    rule.fact()));
  }

  private void nofailCannotBlock() {
    if (!mask.has(GfpFlag.DIRECT_RECLAIM)) {
      Fact fact = model.answer(Question.NOFAIL_NONBLOCKING).fact();
      add(
          Violation.Kind.NOFAIL_CANNOT_BLOCK,
          Effect.WARN,
          true,
          call()
              + " can return NULL: __GFP_NOFAIL without __GFP_DIRECT_RECLAIM is not honoured ("
              + in(fact)
              + ").",
          fact);
      return;
    }
    if (context.isAtomic()) {
      add(
          Violation.Kind.NOFAIL_CANNOT_BLOCK,
          Effect.SLEEP,
          true,
          call()
              + " must be able to sleep for __GFP_NOFAIL, but "
              + reasons()
              + " ("
              + in(model.fact(QuotedFact.PAGE_SLEEP_CHECK))
              + ").",
          model.fact(QuotedFact.PAGE_SLEEP_CHECK));
    } else if (Evaluation.inNoreclaimScope(context)) {
      Fact fact = model.answer(Question.NOFAIL_NORECLAIM).fact();
      add(
          Violation.Kind.NOFAIL_CANNOT_BLOCK,
          Effect.LOOP_FOREVER,
          true,
          call()
              + " in a noreclaim scope (PF_MEMALLOC) cannot reclaim anything and spins until"
              + " others free memory ("
              + in(fact)
              + ").",
          fact);
    }
  }

  private void nofailOrder() {
    AllocationSize size = request.size();
    SizeSource.Kind source = request.api().size().kind();
    switch (request.api().family()) {
      case "page" -> {
        if (source != SizeSource.Kind.ONE_PAGE && source != SizeSource.Kind.CACHE) {
          pagesNofail(size, size.isKnown() && size.minOrder() > 1);
        }
      }
      case "slab", "skb" -> {
        if (source == SizeSource.Kind.BYTES && size.maxBytes() > 2 * AllocationSize.PAGE_SIZE) {
          pagesNofail(size, size.minBytes() > 2 * AllocationSize.PAGE_SIZE);
        }
      }
      case "kvmalloc" -> kvmallocNofail(size);
      default -> {}
    }
  }

  private void pagesNofail(AllocationSize size, boolean certain) {
    if (size.maxOrder() <= 1) {
      return;
    }
    int max = Integer.parseInt(model.answer(Question.MAX_ORDER).value());
    Fact tooLarge = model.answer(Question.TOO_LARGE).fact();
    if (size.minOrder() > max) {
      add(
          Violation.Kind.NOFAIL_ORDER,
          Effect.WARN,
          true,
          call()
              + " of "
              + size
              + " always returns NULL: "
              + "the largest order is "
              + max
              + " ("
              + in(tooLarge)
              + ").",
          tooLarge,
          model.answer(Question.MAX_ORDER).fact());
      return;
    }
    Fact warning = model.answer(Question.NOFAIL_ORDER_WARNING).fact();
    Fact strength = model.answer(Question.NOFAIL_STRENGTH).fact();
    int order = certain ? size.minOrder() : Math.min(size.maxOrder(), max);
    boolean fails = model.answers(Question.NOFAIL_STRENGTH, "fails-with-noretry-or-costly");
    boolean costly = order > Evaluation.COSTLY_ORDER;
    Effect effect = costly && !fails ? Effect.LOOP_FOREVER : Effect.WARN;
    String then =
        !costly
            ? "warns in " + in(warning)
            : fails
                ? "warns in " + in(warning) + " and can return NULL all the same"
                : "warns in " + in(warning) + " and may retry for ever";
    String what =
        certain ? size + ", order " + order + "," : size + ", which may be of order 2 and more,";
    add(
        Violation.Kind.NOFAIL_ORDER,
        effect,
        certain,
        call() + " of " + what + " " + then + "; __GFP_NOFAIL is meant for orders 0 and 1.",
        warning,
        strength);
  }

  private void kvmallocNofail(AllocationSize size) {
    ModelData.Answer rule = model.answer(Question.KVMALLOC_NOFAIL);
    if (rule.is("stuck-in-kmalloc")) {
      if (size.maxBytes() > AllocationSize.PAGE_SIZE) {
        add(
            Violation.Kind.NOFAIL_ORDER,
            Effect.LOOP_FOREVER,
            size.minBytes() > AllocationSize.PAGE_SIZE,
            call()
                + " above one page keeps __GFP_NOFAIL in its kmalloc attempt and never reaches"
                + " vmalloc ("
                + in(rule.fact())
                + ").",
            rule.fact());
      }
      return;
    }
    ModelData.Answer limit = model.answer(Question.KVMALLOC_INT_MAX);
    if (!limit.is("unchecked") && size.isKnown() && size.maxBytes() > Evaluation.INT_MAX) {
      add(
          Violation.Kind.NOFAIL_ORDER,
          Effect.WARN,
          size.minBytes() > Evaluation.INT_MAX,
          call() + " above INT_MAX returns NULL (" + in(limit.fact()) + ").",
          limit.fact());
    }
  }

  private void nofailLost() {
    String family = request.api().family();
    ModelData.Answer vmalloc = model.answer(Question.VMALLOC_NOFAIL);
    if (family.equals("vmalloc") && mask.has(GfpFlag.DIRECT_RECLAIM) && !vmalloc.is("supported")) {
      add(
          Violation.Kind.NOFAIL_LOST,
          Effect.NO_FALLBACK,
          true,
          call()
              + " can return NULL: "
              + lowerFirst(vmalloc.fact().sentence()).replaceFirst("\\.$", "")
              + " ("
              + in(vmalloc.fact())
              + ").",
          vmalloc.fact());
    }
    if (family.equals("percpu")) {
      Fact fact = model.fact(QuotedFact.PERCPU_NOFAIL_IGNORED);
      add(
          Violation.Kind.NOFAIL_LOST,
          Effect.NO_FALLBACK,
          true,
          call()
              + " can return NULL: per-CPU allocation does not honour __GFP_NOFAIL ("
              + in(fact)
              + ").",
          fact);
    }
  }

  private void scopes() {
    if (!mask.has(GfpFlag.DIRECT_RECLAIM)) {
      return;
    }
    GfpMask lost = mask.minus(outcome.effective()).and(NARROWED);
    if (!lost.isEmpty()) {
      ScopeKind scope = narrowing();
      Fact fact = model.scopeFact(scope);
      add(
          Violation.Kind.SCOPE_NARROWS,
          lost.has(GfpFlag.FS) ? Effect.FS_RECLAIM : Effect.IO,
          true,
          call()
              + " in a "
              + scope.spelling()
              + " scope is "
              + model.describe(outcome.effective())
              + " ("
              + in(fact)
              + ").",
          fact);
      ModelData.Answer gates = model.answer(Question.OOM_GATES_BIND_NOFAIL);
      if (mask.has(GfpFlag.NOFAIL) && lost.has(GfpFlag.FS) && gates.is("yes")) {
        add(
            Violation.Kind.SCOPE_BITES,
            Effect.LOOP_FOREVER,
            true,
            call()
                + " in a "
                + scope.spelling()
                + " scope can no longer invoke the OOM killer and takes from the reserves instead ("
                + in(gates.fact())
                + ").",
            gates.fact(),
            fact);
      }
    }
    if (Evaluation.inNoreclaimScope(context)
        && outcome.may().contains(Effect.RESERVES)
        && !mask.has(GfpFlag.NOMEMALLOC)) {
      Fact fact = model.scopeFact(ScopeKind.NORECLAIM);
      add(
          Violation.Kind.SCOPE_BITES,
          Effect.RESERVES,
          true,
          call()
              + " in a noreclaim scope (PF_MEMALLOC) may use all reserves and does not reclaim"
              + (mask.has(GfpFlag.NOFAIL) ? "" : ", so that it may fail at any order")
              + " ("
              + in(fact)
              + ").",
          fact);
    }
  }

  /** The outermost scope that takes something away. */
  private ScopeKind narrowing() {
    return context.scopes().stream()
        .filter(scope -> !model.inScopes(mask, List.of(scope)).equals(mask))
        .filter(
            scope ->
                model
                    .inScopes(mask, List.of(scope))
                    .and(NARROWED)
                    .equals(outcome.effective().and(NARROWED)))
        .findFirst()
        .orElse(context.scopes().get(0));
  }

  private void atomic() {
    if (!context.isAtomic()) {
      return;
    }
    boolean onlyOwnLock =
        request.api().dropsLock() && context.atomic().equals(Set.of(AtomicContext.SPINLOCK));
    Fact check = model.fact(QuotedFact.PAGE_SLEEP_CHECK);
    if (outcome.may().contains(Effect.SLEEP) && !onlyOwnLock) {
      boolean mask = outcome.effective().has(GfpFlag.DIRECT_RECLAIM);
      List<Fact> facts = new ArrayList<>(List.of(check));
      facts.addAll(outcome.facts().stream().filter(f -> f.id().contains("sleeps")).toList());
      found.add(
          new Violation(
              Violation.Kind.SLEEPS_IN_ATOMIC,
              Effect.SLEEP,
              true,
              call()
                  + (mask ? " may sleep" : " sleeps whatever its mask says")
                  + ", but "
                  + reasons()
                  + ".",
              List.copyOf(facts)));
      return;
    }
    if (request.api().anyContext()) {
      return;
    }
    boolean nmi = context.atomic().contains(AtomicContext.NMI);
    Optional<AtomicContext> raw =
        context.atomic().stream().sorted().filter(AtomicContext::isRawOnRealtime).findFirst();
    if (nmi) {
      Fact fact = model.fact(QuotedFact.PAGE_NO_ALLOCATION_IN_NMI);
      add(
          Violation.Kind.ALLOCATES_IN_RAW_CONTEXT,
          Effect.SLEEP,
          true,
          call() + " runs in NMI context, where nothing may be allocated (" + in(fact) + ").",
          fact);
    } else if (context.realtime() && raw.isPresent()) {
      Fact fact = model.fact(QuotedFact.PAGE_REALTIME_RAW_CONTEXT);
      add(
          Violation.Kind.ALLOCATES_IN_RAW_CONTEXT,
          Effect.SLEEP,
          true,
          call()
              + " takes sleeping locks on PREEMPT_RT, but "
              + raw.get().reason()
              + " ("
              + in(fact)
              + ").",
          fact);
    }
  }

  private String reasons() {
    return String.join(
        " and ", context.atomic().stream().sorted().map(AtomicContext::reason).toList());
  }

  /** "__vmalloc(GFP_NOFS)"; an implicit mask is named as such. */
  private String call() {
    String spelled = model.describe(mask);
    return request.api().name()
        + "("
        + (request.api().maskArgument().isEmpty() ? "implicit " : "")
        + spelled
        + ")";
  }

  /** "__vmalloc_area_node(), 5.17". */
  private String in(Fact fact) {
    String function = Evaluation.function(fact);
    String name = function.contains("/") || function.startsWith("___") ? function : function + "()";
    return name + " in " + model.version();
  }

  private static String lowerFirst(String sentence) {
    return sentence.startsWith("__")
        ? sentence
        : sentence.substring(0, 1).toLowerCase() + sentence.substring(1);
  }

  private void add(Violation.Kind kind, Effect effect, boolean certain, String why, Fact... facts) {
    found.add(
        new Violation(
            kind, effect, certain, why, List.copyOf(new LinkedHashSet<>(Arrays.asList(facts)))));
  }
}
