package org.gfplint.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What the Linux allocators of one kernel version do with a request. An executable specification:
 * the facts are data, one file per allocator family beside this class; the code only follows a
 * request through them.
 */
public final class AllocatorModel {
  /** Flags that say nothing about how the memory is to be had. */
  private static final GfpMask OF_THE_MEMORY =
      GfpMask.of(
          GfpFlag.ZERO,
          GfpFlag.COMP,
          GfpFlag.ACCOUNT,
          GfpFlag.DMA,
          GfpFlag.DMA32,
          GfpFlag.HIGHMEM,
          GfpFlag.THISNODE,
          GfpFlag.HARDWALL);

  private static final Map<KernelVersion, AllocatorModel> CACHE = new ConcurrentHashMap<>();

  /** Composites that describe() may use; the others add zones and placement, clearer as flags. */
  private static final List<String> SPOKEN =
      List.of(
          "GFP_TRANSHUGE",
          "GFP_TRANSHUGE_LIGHT",
          "GFP_HIGHUSER_MOVABLE",
          "GFP_HIGHUSER",
          "GFP_USER",
          "GFP_KERNEL_ACCOUNT",
          "GFP_KERNEL",
          "GFP_NOFS",
          "GFP_NOIO",
          "GFP_ATOMIC",
          "GFP_NOWAIT");

  /** Read once; a failure is not kept, so every caller gets the message. */
  private static final class Bundled {
    private static ModelData data;

    static synchronized ModelData data() {
      if (data == null) {
        data = ModelData.bundled();
      }
      return data;
    }
  }

  private final KernelVersion version;
  private final KernelVersion factsVersion;
  private final List<ScopeCarrier> scopeCarriers;
  private final ModelData data;
  private final Map<Question, ModelData.Answer> answers;
  private final Map<String, GfpMask> masks = new HashMap<>();
  private final Map<String, GfpMask> spoken = new LinkedHashMap<>();

  private final List<String> treeDifferences;
  private final ModelAdditions additions;

  AllocatorModel(KernelVersion version, ModelData data) {
    this(version, data, List.of(), ModelAdditions.NONE);
  }

  private AllocatorModel(
      KernelVersion version,
      ModelData data,
      List<String> treeDifferences,
      ModelAdditions additions) {
    this.treeDifferences = treeDifferences;
    this.additions = additions;
    this.version = version;
    this.data = data;
    factsVersion = version.isAtLeast(ModelData.OLDEST) ? version : ModelData.OLDEST;
    answers = data.answersIn(factsVersion);
    scopeCarriers =
        data.carriers().stream()
            .filter(c -> factsVersion.isAtLeast(c.since()))
            .map(ModelData.CarrierEntry::carrier)
            .toList();
    for (String name : data.names().keySet()) {
      data.valueOf(name, factsVersion).ifPresent(mask -> masks.put(name, mask));
    }
    for (String name : SPOKEN) {
      if (masks.containsKey(name)) {
        spoken.put(name, masks.get(name));
      }
    }
  }

  /**
   * The model of a kernel version. Versions outside the facts get the nearest ones; see {@link
   * #versionNote}.
   *
   * @throws ModelDataException if the bundled facts are not usable
   */
  public static AllocatorModel forVersion(KernelVersion version) {
    return CACHE.computeIfAbsent(version, v -> new AllocatorModel(v, Bundled.data()));
  }

  /**
   * The model of a kernel tree: that of its version, but gfp names mean what the tree's own headers
   * say; see {@link #treeDifferences}.
   *
   * @param root the top of the tree; without gfp headers this is {@link #forVersion}
   * @throws ModelDataException if the bundled facts are not usable, or do not know a flag that the
   *     tree uses
   */
  public static AllocatorModel forTree(KernelVersion version, Path root) {
    AllocatorModel model = forVersion(version);
    return GfpHeaders.compare(root, model)
        .filter(differences -> !differences.lines().isEmpty())
        .map(
            differences ->
                new AllocatorModel(
                    version,
                    Bundled.data().with(differences.values()),
                    differences.lines(),
                    ModelAdditions.NONE))
        .orElse(model);
  }

  /**
   * The same model, which knows some more functions.
   *
   * @throws ModelAdditions.UnknownNameException if one is described by one that is not known
   */
  public AllocatorModel with(ModelAdditions more) {
    if (more.isEmpty()) {
      return this;
    }
    more.check(this);
    return new AllocatorModel(version, data, treeDifferences, more);
  }

  /**
   * How the tree's gfp headers differ from what is known of its version, and flags in them that are
   * not known, one line each that begins with the place. Empty for {@link #forVersion}.
   */
  public List<String> treeDifferences() {
    return treeDifferences;
  }

  /**
   * What the bundled facts cover.
   *
   * @param files the data files, by name
   * @param oldest the first version that they are about
   * @param newest the newest version whose source was read for them
   */
  public record Coverage(List<String> files, KernelVersion oldest, KernelVersion newest) {}

  /**
   * What the bundled facts cover, after reading all of them.
   *
   * @throws ModelDataException if they are not usable
   */
  public static Coverage coverage() {
    Bundled.data();
    ContextModel.forVersion(ModelData.NEWEST_READ);
    List<String> files = new ArrayList<>(ModelData.FILES);
    files.addAll(ContextData.FILES);
    return new Coverage(List.copyOf(files), ModelData.OLDEST, ModelData.NEWEST_READ);
  }

  public KernelVersion version() {
    return version;
  }

  /** Present if the version lies outside the kernels whose source was read. */
  public Optional<String> versionNote() {
    if (!version.isAtLeast(ModelData.OLDEST)) {
      return Optional.of(
          version + " is older than the oldest facts (" + ModelData.OLDEST + "); using those");
    }
    boolean newer =
        version.major() > ModelData.NEWEST_READ.major()
            || version.major() == ModelData.NEWEST_READ.major()
                && version.minor() > ModelData.NEWEST_READ.minor();
    return newer
        ? Optional.of(
            version
                + " is newer than the newest facts read in a kernel tree ("
                + ModelData.NEWEST_READ
                + "); using those, and what is known of later ones from patches")
        : Optional.empty();
  }

  /**
   * Value of a flag or composite: "__GFP_FS", "___GFP_FS", "GFP_NOFS". Empty if this version has no
   * such name.
   */
  public Optional<GfpMask> mask(String name) {
    String canonical = name.startsWith("___GFP_") ? name.substring(1) : name;
    return Optional.ofNullable(masks.get(canonical));
  }

  /** In which versions a gfp name exists; empty if no version has it. */
  public Optional<NameHistory> history(String name) {
    String canonical = name.startsWith("___GFP_") ? name.substring(1) : name;
    List<ModelData.NameEntry> entries = data.names().get(canonical);
    if (entries == null) {
      return Optional.empty();
    }
    return Optional.of(
        new NameHistory(
            canonical,
            entries.stream().map(ModelData.NameEntry::fact).toList(),
            entries.get(entries.size() - 1).replacedBy()));
  }

  /** True if any version, or a kernel older than all of them, has this gfp name. */
  public boolean isGfpName(String name) {
    return history(name).isPresent();
  }

  /** Every gfp name of this version, sorted. */
  public Set<String> gfpNames() {
    return new TreeSet<>(masks.keySet());
  }

  /** The shortest spelling a kernel developer would use: "GFP_NOFS|__GFP_ZERO". */
  public String describe(GfpMask mask) {
    String best = null;
    GfpMask covered = GfpMask.NONE;
    for (Map.Entry<String, GfpMask> entry : spoken.entrySet()) {
      GfpMask candidate = entry.getValue();
      if (mask.containsAll(candidate)
          && Long.bitCount(candidate.bits()) > Long.bitCount(covered.bits())) {
        best = entry.getKey();
        covered = candidate;
      }
    }
    GfpMask rest = mask.minus(covered);
    if (best == null) {
      return rest.toString();
    }
    return rest.isEmpty() ? best : best + "|" + rest;
  }

  /** The allocator of this name, if this version has it; "_noprof" spellings are the same API. */
  public Optional<AllocatorApi> api(String functionName) {
    if (additions.allocators().containsKey(functionName)) {
      return additions.api(functionName, this);
    }
    List<ModelData.ApiEntry> entries = data.apis().get(functionName);
    if (entries == null && functionName.endsWith("_noprof")) {
      entries =
          data.apis().get(functionName.substring(0, functionName.length() - "_noprof".length()));
    }
    if (entries != null) {
      for (ModelData.ApiEntry entry : entries) {
        if (entry.holdsIn(factsVersion)) {
          return Optional.of(entry.api());
        }
      }
    }
    return Optional.empty();
  }

  /** In which versions an allocator exists: "since 4.12"; empty text if no version has it. */
  String apiRange(String functionName) {
    return data.apis().getOrDefault(functionName.replaceFirst("_noprof$", ""), List.of()).stream()
        .map(entry -> new Fact("", entry.since(), entry.until(), "", "").range())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** Every allocator of this version, sorted by name. */
  public Set<String> apiNames() {
    Set<String> names = new TreeSet<>();
    data.apis()
        .forEach(
            (name, entries) -> {
              if (entries.stream().anyMatch(entry -> entry.holdsIn(factsVersion))) {
                names.add(name);
              }
            });
    return names;
  }

  /** Every allocator of this version, family by family as the data has them. */
  public List<AllocatorApi> apis() {
    Map<String, List<AllocatorApi>> families = new LinkedHashMap<>();
    data.apis()
        .values()
        .forEach(
            entries ->
                entries.stream()
                    .filter(entry -> entry.holdsIn(factsVersion))
                    .forEach(
                        entry ->
                            families
                                .computeIfAbsent(entry.api().family(), f -> new ArrayList<>())
                                .add(entry.api())));
    return families.values().stream().flatMap(List::stream).toList();
  }

  /** What memalloc_nofs_save() and its kin do; empty for any other function. */
  public Optional<ScopeOperation> scopeOperation(String functionName) {
    Optional<ModelData.OperationEntry> entry = data.operation(additions.contextLike(functionName));
    return entry.isPresent() && factsVersion.isAtLeast(entry.get().since())
        ? Optional.of(entry.get().operation())
        : Optional.empty();
  }

  /**
   * Whether a function sets the task flags that it is given, as memalloc_flags_save() does, or
   * clears them; empty for any other function, and where the version does not have it.
   */
  public Optional<Boolean> setsTaskFlags(String functionName) {
    Optional<ModelData.FlagOperationEntry> entry = data.flagOperation(functionName);
    return entry.isPresent() && factsVersion.isAtLeast(entry.get().since())
        ? Optional.of(entry.get().opens())
        : Optional.empty();
  }

  /** The argument with all that a function leaves of a mask of its own, 0-based. */
  public OptionalInt maskFilter(String functionName) {
    return data.filter(functionName);
  }

  /** What sets flags of the running task that it is given, or puts them back. */
  public Optional<TaskFlagOperation> taskFlagOperation(String functionName) {
    return data.taskFlagOperation(functionName);
  }

  /** Whether a function only runs before its filesystem is mounted, when it cannot be reclaimed. */
  public boolean isMountTimeCallback(String functionName) {
    return data.mountTimeCallbacks().contains(functionName);
  }

  /** Whether a flag is only set before its filesystem is mounted. */
  public boolean isMountTimeFlag(String name) {
    return data.mountTimeFlags().contains(name);
  }

  /** Types of objects that show that the task which has one is in a scope. */
  public List<ScopeCarrier> scopeCarriers() {
    return scopeCarriers;
  }

  /**
   * Where a function returns what only stands for an object whose maker opens a scope: unless what,
   * a clause. Empty for any other function.
   */
  public Optional<String> standsInUnless(String functionName) {
    return data.standIn(functionName);
  }

  /** What changes the context that requests are made in, in the same version. */
  public ContextModel contexts() {
    return contexts(false);
  }

  /**
   * What changes the context that requests are made in, in the same version.
   *
   * @param realtime whether what every context means is what it means on PREEMPT_RT
   */
  public ContextModel contexts(boolean realtime) {
    return ContextModel.forVersion(version, realtime).with(additions);
  }

  /** Opens a scope, as the save function of its kind does in this version. */
  public ScopeSave save(Set<ScopeKind> open, ScopeKind kind) {
    Set<ScopeKind> after = copy(open);
    boolean newlySet = after.add(kind);
    boolean carriesKind = answers(Question.SCOPE_RESTORE, "assigns-cookie") ? !newlySet : newlySet;
    return new ScopeSave(after, carriesKind ? EnumSet.of(kind) : EnumSet.noneOf(ScopeKind.class));
  }

  /**
   * Restores a scope, as the restore function of its kind does in this version with any cookie.
   *
   * @return the scopes in force afterwards
   */
  public Set<ScopeKind> restore(Set<ScopeKind> open, ScopeKind kind, Set<ScopeKind> cookie) {
    Set<ScopeKind> after = copy(open);
    if (answers(Question.SCOPE_RESTORE, "assigns-cookie")) {
      after.remove(kind);
      after.addAll(cookie);
    } else {
      after.removeAll(cookie);
    }
    return after;
  }

  /** What comes of scopes that are not closed as they were opened. */
  public CookieArithmetic cookies() {
    return new CookieArithmetic(this);
  }

  private static Set<ScopeKind> copy(Set<ScopeKind> scopes) {
    Set<ScopeKind> copy = EnumSet.noneOf(ScopeKind.class);
    copy.addAll(scopes);
    return copy;
  }

  /** What a request would do where it stands. */
  public Outcome evaluate(AllocationRequest request, ExecutionContext context) {
    return new Evaluation(this, request, context).outcome();
  }

  /**
   * How a restricted mask is written inside a task scope that forbids as much.
   *
   * @param mask the mask
   * @param names all names that stand in it, in any order
   * @return empty if it is not GFP_KERNEL but for a composite that keeps it out of IO or filesystem
   *     reclaim, or this version has no such scope
   */
  public Optional<ScopedForm> scopedForm(GfpMask mask, List<String> names) {
    return ScopedForm.of(this, mask, names);
  }

  /**
   * Flags of one mask that cancel or contradict each other.
   *
   * @param terms the operands of one '|' expression that makes up a request's mask; not the flags
   *     of a test or of a mask to clear with
   * @param api what the mask is for, if known; some flags only make sense to some allocators
   */
  public List<Contradiction> contradictions(List<MaskTerm> terms, Optional<AllocatorApi> api) {
    return new MaskContradictions(this, terms, api).find();
  }

  /** The one comparison of what was asked, what the context allows and what would happen. */
  public List<Violation> violations(
      AllocationRequest request, ExecutionContext context, Outcome outcome) {
    return new Comparison(this, request, context, outcome).violations();
  }

  /** True if a request with this mask blocks, but asks reclaim to stay out of filesystems. */
  public boolean avoidsFilesystems(GfpMask mask) {
    return Comparison.avoidsFilesystems(mask);
  }

  /** True if a request with this mask may wait for memory. */
  public boolean mayBlock(GfpMask mask) {
    return Comparison.mayBlock(mask);
  }

  /** True if a request with this mask is made in the belief that it does not return NULL. */
  public boolean mustNotFail(GfpMask mask) {
    return Comparison.mustNotFail(mask);
  }

  /**
   * True if a request with this mask lets reclaim enter filesystems, and its author did not say
   * that this is known to be safe.
   */
  public boolean entersFilesystems(GfpMask mask) {
    return Comparison.entersFilesystems(mask);
  }

  /**
   * True if a request may end up in reclaim that calls functions of this kind, and its author did
   * not say that this is known to be safe.
   */
  public boolean mayEnter(ReclaimKind kind, AllocationRequest request, ExecutionContext context) {
    Set<Effect> may = evaluate(request, context).may();
    return !request.mask().has(GfpFlag.NOLOCKDEP)
        && switch (kind) {
          case NONE -> false;
          case DIRECT -> may.contains(Effect.DIRECT_RECLAIM);
          case IO -> may.contains(Effect.IO);
          case FS -> may.contains(Effect.FS_RECLAIM);
        };
  }

  /**
   * The reclaim that a mask allows which was found to have these flags: where code asks for them
   * first, only such reclaim gets further.
   *
   * @param all whether it has all of them, not merely one
   */
  public ReclaimKind reclaimOf(GfpMask flags, boolean all) {
    return all || flags.flags().size() == 1 ? ReclaimKind.allowedBy(flags) : ReclaimKind.NONE;
  }

  /**
   * True if a mask is GFP_ATOMIC but for what it asks of the memory itself. Who adds anything about
   * how hard to try has thought about it.
   */
  public boolean asksOnlyNotToSleep(GfpMask mask) {
    return mask("GFP_ATOMIC").filter(mask.minus(OF_THE_MEMORY)::equals).isPresent();
  }

  /** True if a mask is GFP_NOFS but for what it asks of the memory itself, and for failing. */
  public boolean asksOnlyToAvoidFilesystems(GfpMask mask) {
    GfpMask plain = mask.minus(OF_THE_MEMORY).minus(GfpMask.of(GfpFlag.NOFAIL, GfpFlag.NOWARN));
    return mask("GFP_NOFS").filter(plain::equals).isPresent();
  }

  /** True if what is wrong with a request to this API may hang on its size, whatever its mask. */
  public boolean isSizeSensitive(AllocatorApi api) {
    return Comparison.isSizeSensitive(api);
  }

  /** True if a mask of this name makes what is wrong with a request hang on its size. */
  public boolean isSizeSensitive(String maskName) {
    return mask(maskName).filter(Comparison::isSizeSensitive).isPresent();
  }

  /**
   * The flags that a function of one mask asks for, as gfpflags_allow_blocking() does; it is true
   * if any of them is set. Empty for any other function.
   */
  public Optional<GfpMask> predicate(String functionName) {
    return data.predicate(functionName);
  }

  /**
   * True if a name stands for several flags that make sense only together, so that {@code mask &
   * GFP_KERNEL} is no question. Names that are made to be tested against are not among them.
   */
  public boolean isComposite(String name) {
    return !name.startsWith("__")
        && !name.endsWith("MASK")
        && mask(name).filter(value -> value.flags().size() > 1).isPresent();
  }

  /** Evaluates a mask expression with the names of this version. See {@link MaskExpression}. */
  public MaskExpression parseMask(String text) {
    return MaskExpression.parse(text, this::mask);
  }

  /** Every fact that holds in this version, in the order of the data. */
  public List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : data.facts().values()) {
      if (fact.holdsIn(factsVersion)) {
        facts.add(fact);
      }
    }
    return facts;
  }

  /**
   * The facts of this version that settle what the given fact settles where it holds: the fact
   * itself if it holds here; none if it settles nothing.
   */
  public List<Fact> counterparts(Fact fact) {
    if (fact.holdsIn(factsVersion)) {
      return List.of(fact);
    }
    return data.questionsOf(fact).stream().map(q -> answers.get(q).fact()).distinct().toList();
  }

  /** What a function of this version checks itself. */
  List<ModelData.Check> checks(String api) {
    return data.checks(additions.checkedLike(api)).stream()
        .filter(check -> holds(check.fact()))
        .toList();
  }

  ModelData.Answer answer(Question question) {
    return answers.get(question);
  }

  boolean answers(Question question, String answer) {
    return answers.get(question).is(answer);
  }

  boolean holds(Fact fact) {
    return fact.holdsIn(factsVersion);
  }

  Fact fact(QuotedFact quoted) {
    return data.facts().get(quoted.id());
  }

  /** A mask that the data defines for every version. */
  GfpMask knownMask(String name) {
    GfpMask mask = masks.get(name);
    if (mask == null) {
      throw new ModelDataException("flags.yaml", name, "is missing in " + factsVersion);
    }
    return mask;
  }

  GfpMask pageTableMask() {
    return data.maskOf(answer(Question.PAGE_TABLE_MASK).value(), factsVersion);
  }

  /** The mask after the task scopes, as current_gfp_context() computes it. */
  GfpMask inScopes(GfpMask mask, List<ScopeKind> scopes) {
    GfpMask cleared = GfpMask.NONE;
    for (ScopeKind scope : scopes) {
      cleared =
          cleared.or(
              switch (scope) {
                case NOIO -> GfpMask.of(GfpFlag.IO, GfpFlag.FS);
                case NOFS ->
                    answers(Question.NOFS_SCOPE, "clears-fs")
                        ? GfpMask.of(GfpFlag.FS)
                        : GfpMask.NONE;
                case PIN ->
                    answers(Question.PIN_SCOPE, "clears-movable")
                        ? GfpMask.of(GfpFlag.MOVABLE)
                        : GfpMask.NONE;
                case NORECLAIM -> GfpMask.NONE;
              });
    }
    return mask.minus(cleared);
  }

  /**
   * Whether a request would be the same without the restriction that its mask states, since a task
   * scope restricts as much. Empty also where the scope takes away more than the mask: what the
   * mask says is then not what happens.
   */
  public Optional<Redundancy> redundancy(AllocationRequest request, ExecutionContext context) {
    GfpMask mask = request.mask();
    GfpMask wide = mask.or(GfpMask.of(GfpFlag.IO, GfpFlag.FS));
    if (!mask.has(GfpFlag.DIRECT_RECLAIM) || wide.equals(mask)) {
      return Optional.empty();
    }
    for (ScopeKind scope : context.scopes()) {
      if (inScopes(wide, List.of(scope)).equals(mask)
          && inScopes(wide, context.scopes()).equals(mask)) {
        Fact fact = scopeFact(scope);
        String why =
            describe(mask)
                + " says nothing more than the "
                + scope.spelling()
                + " scope it is in on every way: in it "
                + describe(wide)
                + " is the same ("
                + Evaluation.function(fact)
                + "() in "
                + version()
                + ")";
        return Optional.of(new Redundancy(scope, why, fact));
      }
    }
    return Optional.empty();
  }

  /** What decides the effect of a scope. */
  Fact scopeFact(ScopeKind scope) {
    return answer(
            switch (scope) {
              case NOFS -> Question.NOFS_SCOPE;
              case NOIO -> Question.NOIO_SCOPE;
              case PIN -> Question.PIN_SCOPE;
              case NORECLAIM -> Question.NORECLAIM_SCOPE;
            })
        .fact();
  }
}
