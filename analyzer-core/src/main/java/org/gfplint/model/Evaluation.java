package org.gfplint.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Follows one request through the allocators of one version and collects what it may do. */
final class Evaluation {
  private static final GfpMask NOFAIL = GfpMask.of(GfpFlag.NOFAIL);
  private static final GfpMask COMP = GfpMask.of(GfpFlag.COMP);
  private static final GfpMask QUIET = GfpMask.of(GfpFlag.NOWARN, GfpFlag.NORETRY);
  private static final GfpMask BOTH_RECLAIM =
      GfpMask.of(GfpFlag.DIRECT_RECLAIM, GfpFlag.KSWAPD_RECLAIM);
  private static final GfpMask LOW_ZONES = GfpMask.of(GfpFlag.DMA, GfpFlag.DMA32);

  /** Zones that slab cannot use. */
  static final GfpMask NOT_FOR_SLAB = GfpMask.of(GfpFlag.HIGHMEM, GfpFlag.DMA32);

  /** PAGE_ALLOC_COSTLY_ORDER, the same in all versions. */
  static final int COSTLY_ORDER = 3;

  /** INT_MAX, the limit of kvmalloc. */
  static final long INT_MAX = Integer.MAX_VALUE;

  /** PCPU_MIN_UNIT_SIZE. */
  private static final long LARGEST_PERCPU = 32 * 1024;

  private final AllocatorModel model;
  private final AllocationRequest request;
  private final ExecutionContext context;
  private final GfpMask mask;
  private final boolean noreclaim;
  private final Set<Effect> may = EnumSet.noneOf(Effect.class);
  private final Set<InternalRequest> internal = new LinkedHashSet<>();
  private final List<ModelWarning> warnings = new ArrayList<>();
  private final Set<Fact> facts = new LinkedHashSet<>();

  Evaluation(AllocatorModel model, AllocationRequest request, ExecutionContext context) {
    this.model = model;
    this.request = request;
    this.context = context;
    mask = request.mask().or(request.api().addedMask());
    noreclaim = inNoreclaimScope(context);
  }

  /** Interrupts do not run in the task's PF_MEMALLOC: softirq clears it, hardirq refuses it. */
  static boolean inNoreclaimScope(ExecutionContext context) {
    return context.scopes().contains(ScopeKind.NORECLAIM)
        && Collections.disjoint(
            context.atomic(),
            EnumSet.of(AtomicContext.SOFTIRQ, AtomicContext.HARDIRQ, AtomicContext.NMI));
  }

  Outcome outcome() {
    GfpMask effective = scoped(mask, context.scopes());
    if (noreclaim) {
      facts.add(model.scopeFact(ScopeKind.NORECLAIM));
    }
    Returns returns =
        switch (request.api().family()) {
          case "page" -> pages();
          case "slab", "skb" -> kmalloc(mask, request.size());
          case "kmem_cache" -> slab(mask);
          case "kvmalloc" -> kvmalloc();
          case "vmalloc" -> vmalloc(mask, request.size());
          case "mempool", "bio" -> mempool();
          case "percpu" -> percpu();
          default -> wrapped();
        };
    for (ModelData.Check check : model.checks(request.api().name())) {
      returns = check.appliesTo(mask, context) ? checked(check, returns) : returns;
    }
    if (request.api().anyContext()) {
      quote(QuotedFact.PAGE_NOLOCK_ANYWHERE);
    }
    if (request.api().sleepsAlways()) {
      may.add(Effect.SLEEP);
    }
    return new Outcome(
        request.mask(),
        effective,
        List.copyOf(internal),
        Collections.unmodifiableSet(may),
        returns,
        List.copyOf(warnings),
        List.copyOf(facts));
  }

  private Returns checked(ModelData.Check check, Returns otherwise) {
    facts.add(check.fact());
    return switch (check.then()) {
      case WARNS -> {
        warn(check.fact(), check.when(), check.when().isEmpty());
        yield otherwise;
      }
      case WARNS_AND_FAILS -> {
        warn(check.fact(), check.when(), check.when().isEmpty());
        yield Returns.NULL;
      }
      case FAILS -> Returns.NULL;
      case DROPS_FLAGS -> otherwise;
    };
  }

  private Returns pages() {
    return pageRequest(mask, request.size(), context.scopes());
  }

  private Returns kmalloc(GfpMask asked, AllocationSize size) {
    long largest =
        Long.parseLong(answer(Question.LARGEST_SLAB_OBJECT).value()) * AllocationSize.PAGE_SIZE;
    if (size.maxBytes() == 0) {
      facts.add(model.fact(QuotedFact.SLAB_ZERO_SIZE));
      return Returns.NEVER_NULL;
    }
    List<Returns> returns = new ArrayList<>(2);
    if (size.minBytes() <= largest) {
      returns.add(slab(asked));
    }
    if (size.maxBytes() > largest) {
      facts.add(model.answer(Question.LARGEST_SLAB_OBJECT).fact());
      GfpMask usable = withoutBadZones(asked, true).or(COMP);
      AllocationSize large =
          new AllocationSize(Math.max(size.minBytes(), largest + 1), size.maxBytes());
      if (large.minOrder() <= maxOrder()) {
        internal.add(
            new InternalRequest(
                "data-pages",
                scoped(usable, context.scopes()),
                model.answer(Question.LARGEST_SLAB_OBJECT).fact()));
      } else {
        answer(Question.SLAB_TOO_LARGE);
      }
      returns.add(pageRequest(usable, large, context.scopes()));
    }
    return either(returns);
  }

  /** A slab object: a new slab page may be needed, at first at a high order, then at the lowest. */
  private Returns slab(GfpMask asked) {
    GfpMask handedOn =
        withoutBadZones(asked, false)
            .and(
                model
                    .knownMask("GFP_RECLAIM_MASK")
                    .or(model.knownMask("GFP_CONSTRAINT_MASK"))
                    .or(GfpMask.of(GfpFlag.DMA)));
    GfpMask first = handedOn.or(QUIET).minus(NOFAIL);
    if (handedOn.has(GfpFlag.DIRECT_RECLAIM)) {
      first = first.minus(BOTH_RECLAIM).or(GfpMask.of(GfpFlag.NOMEMALLOC));
    }
    addInternal("slab", first.or(COMP), context.scopes(), QuotedFact.SLAB_FIRST_ATTEMPT);
    addInternal("slab", handedOn.or(COMP), context.scopes(), QuotedFact.SLAB_SECOND_ATTEMPT);
    AllocationSize lowest =
        new AllocationSize(AllocationSize.PAGE_SIZE, 2 * AllocationSize.PAGE_SIZE);
    return pageRequest(handedOn, lowest, context.scopes());
  }

  private GfpMask withoutBadZones(GfpMask asked, boolean largeKmalloc) {
    GfpMask bad = asked.and(NOT_FOR_SLAB);
    ModelData.Answer rule = model.answer(Question.SLAB_BAD_ZONE);
    if (bad.isEmpty() || largeKmalloc && rule.is("stripped-from-slabs")) {
      return asked;
    }
    facts.add(rule.fact());
    warn(rule.fact(), "new pages are needed", false);
    return asked.minus(bad);
  }

  private Returns kvmalloc() {
    AllocationSize size = request.size();
    GfpMask kernel = model.knownMask("GFP_KERNEL");
    ModelData.Answer restricted = model.answer(Question.KVMALLOC_RESTRICTED);
    boolean lacksKernelBits = !mask.containsAll(kernel);
    if (lacksKernelBits && restricted.is("warns-and-falls-back")) {
      warn(restricted.fact(), "", true);
    }
    boolean single = size.maxBytes() <= AllocationSize.PAGE_SIZE;
    if (single) {
      return kmalloc(mask, size);
    }
    List<Returns> returns = new ArrayList<>(2);
    if (size.minBytes() <= AllocationSize.PAGE_SIZE) {
      returns.add(kmalloc(mask, new AllocationSize(size.minBytes(), AllocationSize.PAGE_SIZE)));
    }
    AllocationSize large =
        new AllocationSize(
            Math.max(size.minBytes(), AllocationSize.PAGE_SIZE + 1), size.maxBytes());
    returns.add(largeKvmalloc(large, lacksKernelBits));
    return either(returns);
  }

  private Returns largeKvmalloc(AllocationSize size, boolean lacksKernelBits) {
    Optional<ModelData.Answer> lost = lostFallback(model, mask);
    if (lost.isPresent()) {
      facts.add(lost.get().fact());
      may.add(Effect.NO_FALLBACK);
      boolean plainKmalloc = model.answers(Question.KVMALLOC_RESTRICTED, "kmalloc-only");
      return kmalloc(plainKmalloc ? mask : firstKvAttempt(), size);
    }
    if (lacksKernelBits) {
      facts.add(model.answer(Question.KVMALLOC_RESTRICTED).fact());
    }
    if (size.minOrder() <= maxOrder()) {
      answer(Question.KVMALLOC_FIRST_ATTEMPT);
      Returns attempt =
          kmalloc(
              firstKvAttempt(),
              new AllocationSize(size.minBytes(), Math.min(size.maxBytes(), largestPages())));
      if (mask.has(GfpFlag.NOFAIL)
          && answer(Question.KVMALLOC_NOFAIL).is("stuck-in-kmalloc")
          && attempt == Returns.NEVER_NULL) {
        return attempt;
      }
    }
    if (size.minBytes() > INT_MAX && !model.answers(Question.KVMALLOC_INT_MAX, "unchecked")) {
      return nullAboveIntMax(size, Returns.NULL);
    }
    return nullAboveIntMax(size, vmalloc(mask, size));
  }

  private Returns nullAboveIntMax(AllocationSize size, Returns otherwise) {
    ModelData.Answer rule = model.answer(Question.KVMALLOC_INT_MAX);
    if (size.minBytes() <= INT_MAX || rule.is("unchecked")) {
      boolean beyond = size.isKnown() && size.maxBytes() > INT_MAX && !rule.is("unchecked");
      return beyond ? either(List.of(otherwise, Returns.NULL)) : otherwise;
    }
    facts.add(rule.fact());
    if (rule.is("warns") || !mask.has(GfpFlag.NOWARN)) {
      warn(rule.fact(), "", true);
    }
    return Returns.NULL;
  }

  private GfpMask firstKvAttempt() {
    GfpMask attempt = mask.or(GfpMask.of(GfpFlag.NOWARN));
    if (!mask.has(GfpFlag.RETRY_MAYFAIL)) {
      attempt = attempt.or(GfpMask.of(GfpFlag.NORETRY));
    }
    return model.answers(Question.KVMALLOC_NOFAIL, "through-vmalloc")
        ? attempt.minus(NOFAIL)
        : attempt;
  }

  /** What keeps kvmalloc from trying vmalloc for this mask; empty if it does try. */
  static Optional<ModelData.Answer> lostFallback(AllocatorModel model, GfpMask mask) {
    if (mask.containsAll(model.knownMask("GFP_KERNEL"))) {
      return Optional.empty();
    }
    return Stream.of(Question.KVMALLOC_RESTRICTED, Question.KVMALLOC_NONBLOCKING)
        .filter(q -> q == Question.KVMALLOC_RESTRICTED || !mask.has(GfpFlag.DIRECT_RECLAIM))
        .map(model::answer)
        .filter(rule -> rule.is("kmalloc-only"))
        .findFirst();
  }

  private Returns vmalloc(GfpMask asked, AllocationSize size) {
    if (size.maxBytes() == 0) {
      ModelData.Answer rule = answer(Question.VMALLOC_ZERO_SIZE);
      if (rule.is("warns")) {
        warn(rule.fact(), "", true);
      }
      return Returns.NULL;
    }
    ModelData.Answer nonblocking = answer(Question.VMALLOC_NONBLOCKING);
    if (nonblocking.is("sleeps")) {
      may.add(Effect.SLEEP);
    }
    List<ScopeKind> taskScopes = context.scopes();
    GfpMask behaviour = asked.and(model.knownMask("GFP_RECLAIM_MASK"));
    addInternal(
        "metadata",
        behaviour.or(GfpMask.of(GfpFlag.ZERO)),
        taskScopes,
        QuotedFact.VMALLOC_METADATA);
    addInternal("metadata", behaviour, taskScopes, QuotedFact.VMALLOC_METADATA);
    pageEffects(scoped(behaviour, taskScopes), 0, noreclaim);

    GfpMask data = asked.or(GfpMask.of(GfpFlag.NOWARN));
    if (model.answers(Question.VMALLOC_HIGHMEM, "yes") && !asked.intersects(LOW_ZONES)) {
      data = data.or(GfpMask.of(GfpFlag.HIGHMEM));
    }
    Fact dataFact = answer(Question.VMALLOC_HIGHMEM).fact();
    if (asked.has(GfpFlag.NOFAIL)) {
      internal.add(
          new InternalRequest("data-pages", scoped(data.minus(NOFAIL), taskScopes), dataFact));
    }
    internal.add(new InternalRequest("data-pages", scoped(data, taskScopes), dataFact));
    Returns pages = pageRequest(data, AllocationSize.exactly(AllocationSize.PAGE_SIZE), taskScopes);

    ModelData.Answer ownScope = answer(Question.PAGE_TABLE_SCOPE);
    List<ScopeKind> inside = new ArrayList<>(taskScopes);
    inside.addAll(ownScopes(ownScope, asked));
    GfpMask tables = model.inScopes(model.pageTableMask(), inside);
    internal.add(new InternalRequest("page-table", tables, ownScope.fact()));
    answer(Question.PAGE_TABLE_MASK);
    boolean sleepless = nonblocking.is("honoured") && !asked.has(GfpFlag.DIRECT_RECLAIM);
    if (!sleepless) {
      pageEffects(tables, 0, noreclaim);
    }

    if (asked.has(GfpFlag.NOFAIL) && asked.has(GfpFlag.DIRECT_RECLAIM)) {
      ModelData.Answer nofail = answer(Question.VMALLOC_NOFAIL);
      // How much memory the machine has is not known; 2 GiB is taken to be there.
      if (size.isKnown() && size.maxBytes() > INT_MAX) {
        facts.add(model.fact(QuotedFact.VMALLOC_MORE_THAN_MEMORY));
        return Returns.MAY_BE_NULL;
      }
      return nofail.is("supported") ? pages : Returns.MAY_BE_NULL;
    }
    return Returns.MAY_BE_NULL;
  }

  /** The scope vmalloc opens around its page tables, chosen by the shape of the mask. */
  private static List<ScopeKind> ownScopes(ModelData.Answer rule, GfpMask asked) {
    if (rule.is("none")) {
      return List.of();
    }
    if (rule.is("by-mask-shape-and-blocking") && !asked.has(GfpFlag.DIRECT_RECLAIM)) {
      return List.of(ScopeKind.NORECLAIM);
    }
    if (asked.has(GfpFlag.FS)) {
      return List.of();
    }
    return List.of(asked.has(GfpFlag.IO) ? ScopeKind.NOFS : ScopeKind.NOIO);
  }

  private Returns mempool() {
    GfpMask careful = mask.or(QUIET).or(GfpMask.of(GfpFlag.NOMEMALLOC));
    GfpMask first = careful.minus(GfpMask.of(GfpFlag.DIRECT_RECLAIM, GfpFlag.IO));
    addInternal("pool-element", first, context.scopes(), QuotedFact.MEMPOOL_FIRST_ATTEMPT);
    addInternal("pool-element", careful, context.scopes(), QuotedFact.MEMPOOL_FIRST_ATTEMPT);
    facts.add(model.fact(QuotedFact.MEMPOOL_WAITS));
    if (request.api().family().equals("bio")) {
      facts.add(model.fact(QuotedFact.BIO_MEMPOOL_BACKED));
    }
    pageEffects(scoped(careful, context.scopes()), 0, noreclaim);
    nofailWarnings(first, 0, 0);
    nofailWarnings(careful, 0, 0);
    return mask.has(GfpFlag.DIRECT_RECLAIM) ? Returns.NEVER_NULL : Returns.MAY_BE_NULL;
  }

  private Returns percpu() {
    AllocationSize size = request.size();
    if (size.maxBytes() == 0 || size.minBytes() > LARGEST_PERCPU) {
      Fact badSize = answer(Question.PERCPU_BAD_SIZE).fact();
      if (!mask.has(GfpFlag.NOWARN)) {
        warn(badSize, "", true);
      }
      return Returns.NULL;
    }
    ModelData.Answer mode = answer(Question.PERCPU_ATOMIC_MODE);
    GfpMask effective = scoped(mask, context.scopes());
    GfpMask kernel = model.knownMask("GFP_KERNEL");
    boolean atomic;
    if (mode.is("cannot-block")) {
      atomic = !mask.has(GfpFlag.DIRECT_RECLAIM);
    } else {
      GfpMask tested = mode.is("lacks-kernel-bits") ? mask : effective;
      atomic = !tested.containsAll(kernel);
    }
    if (!atomic) {
      may.add(Effect.SLEEP);
      ModelData.Answer populate = answer(Question.PERCPU_POPULATE);
      GfpMask chunk =
          (populate.is("kernel") ? kernel : effective.and(kernel.or(QUIET)))
              .or(GfpMask.of(GfpFlag.HIGHMEM));
      internal.add(
          new InternalRequest("percpu-chunk", scoped(chunk, context.scopes()), populate.fact()));
      pageEffects(scoped(chunk, context.scopes()), 0, noreclaim);
    }
    if (mask.has(GfpFlag.NOFAIL)) {
      facts.add(model.fact(QuotedFact.PERCPU_NOFAIL_IGNORED));
    }
    return Returns.MAY_BE_NULL;
  }

  /** A function that hands its mask on, to allocators and sizes that the model does not follow. */
  private Returns wrapped() {
    facts.add(
        model.fact(
            request.api().family().equals("dma")
                ? QuotedFact.DMA_MASK_DECIDES
                : request.api().maskArgument().isPresent()
                    ? QuotedFact.WRAPPER_HANDS_MASK_ON
                    : QuotedFact.WRAPPER_IMPLICIT_KERNEL));
    if (request.api().dropsLock()) {
      facts.add(model.fact(QuotedFact.ID_XARRAY_DROPS_LOCK));
    }
    pageRequest(mask, AllocationSize.exactly(AllocationSize.PAGE_SIZE), context.scopes());
    return Returns.MAY_BE_NULL;
  }

  /** A request that reaches the page allocator with this mask. */
  private Returns pageRequest(GfpMask asked, AllocationSize size, List<ScopeKind> scopes) {
    GfpMask effective = scoped(asked, scopes);
    int max = maxOrder();
    int low = size.minOrder();
    int high = size.isKnown() ? size.maxOrder() : low;
    if (low > max) {
      answer(Question.MAX_ORDER);
      Fact tooLarge = answer(Question.TOO_LARGE).fact();
      if (!asked.has(GfpFlag.NOWARN)) {
        warn(tooLarge, "", true);
      }
      return Returns.NULL;
    }
    facts.add(model.fact(QuotedFact.PAGE_BLOCKING_IS_DIRECT_RECLAIM));
    pageEffects(effective, low, noreclaim);
    nofailWarnings(effective, low, Math.min(high, max));
    if (effective.has(GfpFlag.ATOMIC)
        && effective.has(GfpFlag.DIRECT_RECLAIM)
        && model.answers(Question.ATOMIC_BLOCKS, "warns")) {
      warn(model.answer(Question.ATOMIC_BLOCKS).fact(), "the free lists are empty", false);
    }
    if (!nofailHolds(effective, high)) {
      facts.add(model.fact(QuotedFact.PAGE_PLAIN_MAY_FAIL));
      return Returns.MAY_BE_NULL;
    }
    answer(Question.NOFAIL_STRENGTH);
    return high > max ? Returns.MAY_BE_NULL : Returns.NEVER_NULL;
  }

  /** True if __GFP_NOFAIL is set and honoured. */
  private boolean nofailHolds(GfpMask effective, int order) {
    boolean asked = effective.has(GfpFlag.NOFAIL) && effective.has(GfpFlag.DIRECT_RECLAIM);
    boolean gaveUp =
        model.answers(Question.NOFAIL_STRENGTH, "fails-with-noretry-or-costly")
            && (effective.has(GfpFlag.NORETRY)
                || order > COSTLY_ORDER && !effective.has(GfpFlag.REPEAT));
    return asked && !gaveUp;
  }

  private void pageEffects(GfpMask effective, int order, boolean withoutReclaim) {
    boolean blocks = effective.has(GfpFlag.DIRECT_RECLAIM);
    if (blocks) {
      may.add(Effect.SLEEP);
    }
    if (blocks && !withoutReclaim) {
      may.add(Effect.DIRECT_RECLAIM);
      if (effective.has(GfpFlag.IO)) {
        may.add(Effect.IO);
      }
      if (effective.has(GfpFlag.FS)) {
        may.add(Effect.FS_RECLAIM);
      }
      if (mayKill(effective, order)) {
        may.add(Effect.OOM_KILL);
        answer(Question.OOM_GATES_BIND_NOFAIL);
      } else if (!effective.has(GfpFlag.FS) && order <= COSTLY_ORDER) {
        facts.add(model.fact(QuotedFact.PAGE_NOFS_SPINS));
      }
    }
    if (!blocks && !effective.has(GfpFlag.NOMEMALLOC)) {
      quote(QuotedFact.PAGE_NONBLOCKING_HIGHATOMIC);
    }
    boolean looping = nofailHolds(effective, order);
    if (looping) {
      may.add(Effect.LOOP_FOREVER);
    }
    if (usesReserves(effective, withoutReclaim) || looping) {
      may.add(Effect.RESERVES);
      answer(Question.ATOMIC_BIT);
    }
  }

  private boolean mayKill(GfpMask effective, int order) {
    if (effective.has(GfpFlag.NORETRY) || effective.has(GfpFlag.RETRY_MAYFAIL)) {
      return effective.has(GfpFlag.NOFAIL)
          && !effective.has(GfpFlag.RETRY_MAYFAIL)
          && model.answers(Question.NOFAIL_STRENGTH, "loops")
          && gatesOpen(effective, order);
    }
    if (effective.has(GfpFlag.NOFAIL) && model.answers(Question.OOM_GATES_BIND_NOFAIL, "no")) {
      // Without __GFP_REPEAT a costly request gives up before it comes to killing.
      return nofailHolds(effective, order);
    }
    return gatesOpen(effective, order);
  }

  private static boolean gatesOpen(GfpMask effective, int order) {
    return effective.has(GfpFlag.FS)
        && order <= COSTLY_ORDER
        && !effective.has(GfpFlag.THISNODE)
        && !effective.intersects(LOW_ZONES);
  }

  private boolean usesReserves(GfpMask effective, boolean withoutReclaim) {
    if (effective.has(GfpFlag.HIGH)) {
      return true;
    }
    if (effective.has(GfpFlag.NOMEMALLOC)) {
      return false;
    }
    return effective.has(GfpFlag.MEMALLOC)
        || withoutReclaim
        || effective.has(GfpFlag.ATOMIC) && model.answers(Question.ATOMIC_BIT, "reserves");
  }

  private void nofailWarnings(GfpMask effective, int low, int high) {
    if (!effective.has(GfpFlag.NOFAIL)) {
      return;
    }
    boolean quiet = effective.has(GfpFlag.NOWARN);
    if (high > 1) {
      ModelData.Answer rule = answer(Question.NOFAIL_ORDER_WARNING);
      boolean atOnce =
          rule.is("fast-path") && low > 1 || rule.is("fast-path-buddy") && low > COSTLY_ORDER;
      String condition =
          rule.is("slow-path")
              ? "the free lists cannot serve it at once"
              : low > 1 ? "the buddy lists serve it" : "the order is above 1";
      warn(rule.fact(), atOnce ? "" : condition, atOnce);
    }
    ModelData.Answer costly = model.answer(Question.NOFAIL_COSTLY_WARNING);
    if (high > COSTLY_ORDER
        && effective.has(GfpFlag.DIRECT_RECLAIM)
        && (costly.is("warns") || costly.is("warns-unless-nowarn") && !quiet)) {
      warn(costly.fact(), "the free lists are empty", false);
    }
    ModelData.Answer rule = null;
    if (!effective.has(GfpFlag.DIRECT_RECLAIM)) {
      rule = answer(Question.NOFAIL_NONBLOCKING);
    } else if (noreclaim) {
      rule = answer(Question.NOFAIL_NORECLAIM);
    }
    if (rule != null && (rule.is("warns") || !quiet)) {
      warn(rule.fact(), "the free lists are empty", false);
    }
  }

  private void warn(Fact fact, String condition, boolean certain) {
    facts.add(fact);
    may.add(Effect.WARN);
    ModelWarning warning = new ModelWarning(function(fact), condition, certain, fact);
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** The kernel function that a fact is about. */
  static String function(Fact fact) {
    return fact.source().substring(fact.source().indexOf(':') + 1);
  }

  private void addInternal(String what, GfpMask asked, List<ScopeKind> scopes, QuotedFact quoted) {
    internal.add(new InternalRequest(what, scoped(asked, scopes), model.fact(quoted)));
  }

  /** The mask after the scopes; notes the scopes that changed it. */
  private GfpMask scoped(GfpMask asked, List<ScopeKind> scopes) {
    GfpMask left = model.inScopes(asked, scopes);
    if (!left.equals(asked)) {
      for (ScopeKind scope : scopes) {
        if (!model.inScopes(asked, List.of(scope)).equals(asked)) {
          facts.add(model.scopeFact(scope));
        }
      }
    }
    return left;
  }

  /** Adds a fact that holds in some versions only. */
  private void quote(QuotedFact quoted) {
    Fact fact = model.fact(quoted);
    if (model.holds(fact)) {
      facts.add(fact);
    }
  }

  private ModelData.Answer answer(Question question) {
    ModelData.Answer answer = model.answer(question);
    facts.add(answer.fact());
    return answer;
  }

  private int maxOrder() {
    return Integer.parseInt(model.answer(Question.MAX_ORDER).value());
  }

  private long largestPages() {
    return AllocationSize.PAGE_SIZE << maxOrder();
  }

  private static Returns either(Collection<Returns> all) {
    return all.stream().distinct().count() == 1 ? all.iterator().next() : Returns.MAY_BE_NULL;
  }
}
