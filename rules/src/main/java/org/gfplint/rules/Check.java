package org.gfplint.rules;

import static org.gfplint.finding.Confidence.HIGH;
import static org.gfplint.finding.Confidence.MEDIUM;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gfplint.facts.FactsKey;
import org.gfplint.finding.Finding;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ContextModel;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAdditions;
import org.gfplint.program.ContextReader;
import org.gfplint.program.ProgramReader;
import org.gfplint.program.TreeIndex;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SourceFile;

/** One run over a kernel tree: from paths to findings. */
public final class Check {
  /** Beyond that many files, reading what they include is no more work than asking the index. */
  private static final int MOST_TARGETS = 50;

  private Check() {}

  /**
   * What to check.
   *
   * @param tree root of the kernel tree, or the directory of a lone file
   * @param paths files and directories to report on, inside {@code tree}; empty means all of it
   * @param version the kernel version to judge by; empty means the one in the tree's Makefile
   * @param arch the directory below arch/ to read, or "all"
   * @param rules names or ids of the rules to run; empty means all
   * @param realtime whether to judge as a PREEMPT_RT kernel
   * @param threads how many workers; the result does not depend on it
   * @param cache directory with the facts of files that were read before; the result does not
   *     depend on it
   * @param additions functions that the model is to know besides its own
   * @param fixes whether somebody will look at fixes; findings of a whole tree always have them,
   *     since they are kept
   */
  public record Request(
      Path tree,
      List<Path> paths,
      Optional<KernelVersion> version,
      String arch,
      Set<String> rules,
      boolean realtime,
      int threads,
      Optional<Path> cache,
      ModelAdditions additions,
      boolean fixes) {
    public Request {
      paths = List.copyOf(paths);
      rules = Set.copyOf(rules);
    }

    /** A run with the model as it is, and with fixes. */
    public Request(
        Path tree,
        List<Path> paths,
        Optional<KernelVersion> version,
        String arch,
        Set<String> rules,
        boolean realtime,
        int threads,
        Optional<Path> cache) {
      this(tree, paths, version, arch, rules, realtime, threads, cache, ModelAdditions.NONE, true);
    }

    /** The same run for those who do not look at fixes. */
    public Request withoutFixes() {
      return new Request(
          tree, paths, version, arch, rules, realtime, threads, cache, additions, false);
    }

    /** The findings of this run, with their fixes if they are to have any. */
    List<Finding> fixed(List<Finding> findings, KernelTree tree) {
      return fixes || isWhole() ? Remedies.write(findings, tree) : findings;
    }

    /** Whether nothing of the tree is left out. */
    boolean isWhole() {
      return paths.isEmpty() || paths.contains(tree);
    }

    /** A run that reads every file anew. */
    public Request(
        Path tree,
        List<Path> paths,
        Optional<KernelVersion> version,
        String arch,
        Set<String> rules,
        int threads) {
      this(tree, paths, version, arch, rules, false, threads, Optional.empty());
    }
  }

  /**
   * What came out, the same for any number of threads.
   *
   * @param version the version judged by
   * @param notes things a reader of the findings should know, one line each (newer kernel than the
   *     facts, ...)
   * @param cacheNotes what is wrong with the cache, one line each: of no concern to the findings,
   *     and with names of the machine's directories, so no part of a report
   * @param findings every finding at every confidence, in order of place
   * @param skipped files that were not analysed
   */
  public record Result(
      KernelVersion version,
      List<String> notes,
      List<String> cacheNotes,
      List<Finding> findings,
      List<SkippedFile> skipped,
      Statistics statistics) {
    /** All notes, for the screen. */
    public List<String> allNotes() {
      return Stream.concat(notes.stream(), cacheNotes.stream()).toList();
    }
  }

  /**
   * Figures of a run.
   *
   * @param allocations calls of allocator APIs
   * @param bounded functions of which some paths were left out, since there were too many
   */
  public record Statistics(
      int files, long bytes, int functions, long calls, long allocations, int bounded) {}

  /** Told how far a run is; called from several threads. */
  public interface Progress {
    /** A phase of {@code total} steps begins. */
    void phase(String name, long total);

    /** One more step of the phase is done. */
    void step();

    /** Asked now and then: whether the run is to come to an end with what it has. */
    default boolean isStopped() {
      return false;
    }
  }

  /**
   * Runs the analysis.
   *
   * @throws InputException if nothing can be analysed: no such path, no version known, unknown rule
   */
  public static Result run(Request request, Progress progress) {
    List<Rule> rules = selected(request.rules());
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    OpenTree tree = OpenTree.of(request.tree(), request.paths(), request.arch());
    AllocatorModel model = model(request, tree.kernel(), notes);
    Result result;
    List<String> cacheNotes = Collections.synchronizedList(new ArrayList<>());
    try (OpenCache cache = OpenCache.of(request.cache(), cacheNotes::add)) {
      result = new Run(request, rules, tree, model, cache, notes, progress).result();
    }
    if (progress.isStopped()) {
      notes.add("interrupted before everything was read and judged: there may be more findings");
    }
    // Not before the cache is closed: it may complain until then.
    return new Result(
        model.version(),
        List.copyOf(notes),
        List.copyOf(cacheNotes),
        result.findings(),
        result.skipped(),
        result.statistics());
  }

  /**
   * What a run knows of the code before any rule looks at it.
   *
   * @param notes things the user should know, one line each
   * @param paths the files that the run is about
   * @param skipped files that were not analysed
   */
  public record Analysis(
      FlowAnalysis flow, List<String> notes, Set<String> paths, List<SkippedFile> skipped) {}

  /**
   * Reads and follows the code, and judges nothing.
   *
   * @throws InputException if nothing can be analysed: no such path, no version known
   */
  public static Analysis analyze(Request request, Progress progress) {
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    OpenTree tree = OpenTree.of(request.tree(), request.paths(), request.arch());
    AllocatorModel model = model(request, tree.kernel(), notes);
    Analysis analysis;
    try (OpenCache cache = OpenCache.of(request.cache(), notes::add)) {
      analysis = new Run(request, List.of(), tree, model, cache, notes, progress).analysis();
    }
    return new Analysis(analysis.flow(), List.copyOf(notes), analysis.paths(), analysis.skipped());
  }

  /** What a run works with. */
  private record Run(
      Request request,
      List<Rule> rules,
      OpenTree tree,
      AllocatorModel model,
      OpenCache cache,
      List<String> notes,
      Progress progress) {

    /** What was found out before, if nothing changed since. */
    Result result() {
      List<SourceFile> files = tree.files();
      progress.phase("reading", files.size());
      Optional<TreeIndex.Place> place = request.cache().flatMap(tree::index);
      if (!request.paths().isEmpty() || place.isEmpty()) {
        return judge(read(place));
      }
      MacroDictionary dictionary = MacroDictionary.of(tree.kernel(), tree.arch(), request.cache());
      Map<String, FactsKey> unchanged =
          TreeIndex.unchanged(place.get(), dictionary.fingerprint(), files);
      KnownResults known =
          new KnownResults(cache.store().orElseThrow(), request, model.version(), rules);
      Optional<Result> before =
          unchanged.size() == files.size() ? known.find(unchanged) : Optional.empty();
      return before.orElseGet(
          () -> {
            ProgramReader.Read read = readAndIndex(dictionary, unchanged, place.get());
            Result result = judge(read);
            if (result.skipped().isEmpty() && !progress.isStopped()) {
              known.keep(read.keys(), result);
            }
            return result;
          });
    }

    Analysis analysis() {
      progress.phase("reading", tree.files().size());
      Optional<TreeIndex.Place> place = request.cache().flatMap(tree::index);
      ProgramReader.Read read;
      if (request.paths().isEmpty() && place.isPresent()) {
        MacroDictionary dictionary =
            MacroDictionary.of(tree.kernel(), tree.arch(), request.cache());
        read =
            readAndIndex(
                dictionary,
                TreeIndex.unchanged(place.get(), dictionary.fingerprint(), tree.files()),
                place.get());
      } else {
        read = read(place);
      }
      return new Analysis(follow(read), List.of(), paths(), tree.skippedAnd(read.skipped()));
    }

    private ProgramReader.Read readAndIndex(
        MacroDictionary dictionary, Map<String, FactsKey> unchanged, TreeIndex.Place place) {
      return reader(dictionary).readAndIndex(tree.files(), unchanged, place, cache.warn());
    }

    /**
     * Paths alone are read with what the tree's index knows of their callers and callees, or
     * without an index with what they include.
     */
    private ProgramReader.Read read(Optional<TreeIndex.Place> place) {
      List<SourceFile> files = tree.files();
      boolean whole = request.paths().isEmpty();
      if (!whole && place.isPresent() && files.size() <= MOST_TARGETS) {
        Optional<ProgramReader.Read> read = readInContext(place.get());
        if (read.isPresent()) {
          return read.get();
        }
      }
      MacroDictionary dictionary = MacroDictionary.of(tree.kernel(), tree.arch(), request.cache());
      return whole ? reader(dictionary).read(files) : reader(dictionary).readWithIncludes(files);
    }

    private ProgramReader reader(MacroDictionary dictionary) {
      return new ProgramReader(
              tree.kernel(), dictionary, cache.store(), request.threads(), progress::step)
          .until(progress::isStopped);
    }

    /** With the tree's index and what its last run learned of macros; empty without an index. */
    private Optional<ProgramReader.Read> readInContext(TreeIndex.Place place) {
      Optional<TreeIndex> index = TreeIndex.open(place);
      if (index.isEmpty()) {
        return Optional.empty();
      }
      try (TreeIndex open = index.get()) {
        MacroDictionary dictionary =
            MacroDictionary.asLeft(tree.kernel(), tree.arch(), place.cache())
                .orElseGet(() -> MacroDictionary.of(tree.kernel(), tree.arch(), request.cache()));
        return ContextReader.read(
            tree.kernel(),
            tree.files(),
            Optional.empty(),
            known(model),
            dictionary,
            open,
            cache.store(),
            notes::add);
      }
    }

    private FlowAnalysis follow(ProgramReader.Read read) {
      progress.phase("following masks", read.program().files());
      return FlowAnalysis.analyze(
          read.program(),
          model,
          contexts(model, request, rules),
          request.threads(),
          progress::step);
    }

    private Set<String> paths() {
      Set<String> paths = new HashSet<>();
      tree.files().forEach(f -> paths.add(f.path()));
      return paths;
    }

    private Result judge(ProgramReader.Read read) {
      FlowAnalysis analysis = follow(read);
      Set<String> reported = paths();
      FindingCollector findings = new FindingCollector(reported::contains);
      progress.phase("judging", rules.size());
      for (Rule rule : rules) {
        if (progress.isStopped()) {
          break;
        }
        rule.check(analysis, findings);
        progress.step();
      }
      IgnoreComments ignores =
          new IgnoreComments(read.program(), reported, request.isWhole() ? HIGH : MEDIUM);
      if (rules.stream().anyMatch(IgnoreIneffective.class::isInstance)) {
        ignores.unused(findings.inOrder(), rules).forEach(findings);
      }
      return new Result(
          model.version(),
          List.of(),
          List.of(),
          request.fixed(ignores.mark(findings.inOrder()), tree.kernel()),
          tree.skippedAnd(read.skipped()),
          new Statistics(
              read.files(),
              read.bytes(),
              read.program().functions(),
              analysis.calls(),
              analysis.allocations(),
              analysis.bounded()));
    }
  }

  /**
   * The model to judge by. A tree knows best what its flags mean, unless it is to be judged as some
   * other kernel.
   *
   * @param notes told what the user should know of it
   * @throws InputException if no version is known
   * @throws ModelAdditions.UnknownNameException if an added function is not described
   */
  static AllocatorModel model(Request request, KernelTree tree, List<String> notes) {
    KernelVersion version = version(request, tree);
    AllocatorModel model =
        request.version().isPresent()
            ? AllocatorModel.forVersion(version)
            : AllocatorModel.forTree(version, tree.root());
    model.versionNote().ifPresent(notes::add);
    if (!model.treeDifferences().isEmpty()) {
      int names = model.treeDifferences().size();
      notes.add(
          "the tree's gfp headers are not quite those of Linux "
              + version
              + ": "
              + (names == 1 ? "1 name differs" : names + " names differ")
              + "; what the tree says counts (gfplint doctor lists "
              + (names == 1 ? "it" : "them")
              + ")");
    }
    return model.with(request.additions());
  }

  /** The functions of which their definitions tell nothing more. */
  static Predicate<String> known(AllocatorModel model) {
    ContextModel contexts = model.contexts();
    return name ->
        model.api(name).isPresent()
            || model.scopeOperation(name).isPresent()
            || contexts.contextOperation(name).isPresent();
  }

  /** What there is to know of contexts; of locks only if it is asked, by a rule or without any. */
  static ContextModel contexts(AllocatorModel model, Request request, List<Rule> rules) {
    ContextModel contexts = model.contexts(request.realtime());
    boolean asked = rules.isEmpty() || rules.stream().anyMatch(Rule::asksForContexts);
    return asked ? contexts : contexts.withoutLocks();
  }

  /**
   * The version to judge by.
   *
   * @throws InputException if none is known
   */
  static KernelVersion version(Request request, KernelTree tree) {
    return request
        .version()
        .or(tree::version)
        .orElseThrow(
            () ->
                new InputException(
                    "no kernel version known: "
                        + request.tree()
                        + " has no Makefile that states one; give --kernel-version, as in"
                        + " --kernel-version 6.12"));
  }

  /** The rules of those names and ids; all if there are none. */
  static List<Rule> selected(Set<String> names) {
    if (names.isEmpty()) {
      return Rules.all();
    }
    Set<Rule> chosen = new LinkedHashSet<>();
    for (String name : names) {
      chosen.add(
          Rules.find(name)
              .orElseThrow(() -> new InputException("there is no rule '" + name + "'")));
    }
    return Rules.all().stream().filter(chosen::contains).toList();
  }
}
