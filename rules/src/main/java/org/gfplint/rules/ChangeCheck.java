package org.gfplint.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Span;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Location;
import org.gfplint.finding.TraceStep;
import org.gfplint.flow.FlowAnalysis;
import org.gfplint.model.AllocatorModel;
import org.gfplint.program.ChangedLines;
import org.gfplint.program.ContextReader;
import org.gfplint.program.Program;
import org.gfplint.program.ProgramReader;
import org.gfplint.program.TreeIndex;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SourceFile;

/**
 * What a change brings in: findings on changed lines, or whose way leads through a changed
 * function, that were not there before. Only the changed files and the surroundings of changed
 * functions are read, and the tree before the change only if there is something to compare.
 */
public final class ChangeCheck {
  private final Check.Request request;
  private final ChangeSet change;
  private final Check.Progress progress;
  private final List<Rule> rules;
  private final OpenTree tree;
  private final AllocatorModel model;
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

  private ChangeCheck(
      Check.Request request, ChangeSet change, OpenTree tree, Check.Progress progress) {
    this.request = request;
    this.change = change;
    this.progress = progress;
    this.rules = Check.selected(request.rules());
    this.tree = tree;
    this.model = Check.model(request, tree.kernel(), notes);
  }

  /** One side of the change, analysed. */
  private record Analysed(
      Program program, FlowAnalysis flow, List<Finding> findings, ProgramReader.Read read) {}

  /**
   * Judges a change.
   *
   * @param request the terms; its paths narrow what is reported
   * @throws InputException if nothing can be analysed: no version known, unknown rule
   */
  public static Check.Result run(Check.Request request, ChangeSet change, Check.Progress progress) {
    OpenTree tree = OpenTree.without(request.tree(), request.arch());
    KernelTree after = tree.kernel().with(change.after().files());
    if (after.files(change.after().lines().keySet(), tree.arch()).isEmpty()) {
      // Most commits of some people: no code of the kernel.
      return new Check.Result(
          Check.version(request, tree.kernel()),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          new Check.Statistics(0, 0, 0, 0, 0, 0));
    }
    return new ChangeCheck(request, change, tree, progress).result();
  }

  private Check.Result result() {
    Check.Result result;
    List<String> cacheNotes = Collections.synchronizedList(new ArrayList<>());
    try (OpenCache cache = OpenCache.of(request.cache(), cacheNotes::add)) {
      Optional<TreeIndex.Place> place = request.cache().flatMap(tree::index);
      Optional<TreeIndex> index = place.flatMap(TreeIndex::open);
      try (TreeIndex open = index.orElse(null)) {
        result = compare(new Surroundings(cache, place, Optional.ofNullable(open)));
      }
    }
    if (progress.isStopped()) {
      notes.add("interrupted before everything was read and judged: there may be more findings");
    }
    return new Check.Result(
        model.version(),
        List.copyOf(notes),
        List.copyOf(cacheNotes),
        result.findings(),
        result.skipped(),
        result.statistics());
  }

  /** What both sides have in common. */
  private final class Surroundings {
    private final OpenCache cache;
    private final Optional<TreeIndex> index;
    private final MacroDictionary dictionary;

    Surroundings(OpenCache cache, Optional<TreeIndex.Place> place, Optional<TreeIndex> index) {
      this.cache = cache;
      this.index = index;
      this.dictionary =
          index
              .flatMap(i -> MacroDictionary.asLeft(tree.kernel(), tree.arch(), place.get().cache()))
              .orElseGet(() -> MacroDictionary.of(tree.kernel(), tree.arch(), request.cache()));
    }

    ProgramReader.Read read(KernelTree side, List<SourceFile> files, ChangedLines lines) {
      return index
          .flatMap(
              i ->
                  ContextReader.read(
                      side,
                      files,
                      Optional.of(lines),
                      Check.known(model),
                      dictionary,
                      i,
                      cache.store(),
                      notes::add))
          .orElseGet(
              () ->
                  new ProgramReader(
                          side, dictionary, cache.store(), request.threads(), progress::step)
                      .readWithCallers(files, lines, tree.arch()));
    }
  }

  private Check.Result compare(Surroundings surroundings) {
    if (surroundings.index.isEmpty() && tree.kernel().isKernel()) {
      notes.add(
          "this tree has no index, so only the changed files, what they include and their direct"
              + " callers are judged; 'gfplint index', once, would add callers and callees at any"
              + " distance and make this faster");
    }
    ChangedLines lines = change.after().changed();
    KernelTree side = tree.kernel().with(change.after().files());
    Analysed after = analyse(side, lines, surroundings);
    Candidates candidates = new Candidates(after, lines);
    List<Finding> suspects = after.findings.stream().filter(candidates::admits).toList();
    List<Finding> found = suspects;
    for (ChangeSet.State before : change.before()) {
      if (!found.isEmpty()) {
        KernelTree other = tree.kernel().with(before.files());
        found =
            absent(
                found,
                after.findings,
                analyse(other, before.changed(), surroundings).findings,
                lines);
      }
    }
    return new Check.Result(
        model.version(),
        List.of(),
        List.of(),
        request.fixed(found, side),
        after.read.skipped(),
        new Check.Statistics(
            after.read.files(),
            after.read.bytes(),
            after.program.functions(),
            after.flow.calls(),
            after.flow.allocations(),
            after.flow.bounded()));
  }

  private Analysed analyse(KernelTree side, ChangedLines lines, Surroundings surroundings) {
    List<SourceFile> files = side.files(lines.byPath().keySet(), tree.arch());
    progress.phase("reading", files.size());
    ProgramReader.Read read = surroundings.read(side, files, lines);
    Program program = read.program();
    progress.phase("following masks", program.files());
    FlowAnalysis flow =
        FlowAnalysis.analyze(
            program,
            model,
            Check.contexts(model, request, rules),
            request.threads(),
            progress::step);
    Set<String> judged = new HashSet<>();
    files.forEach(f -> judged.add(f.path()));
    FindingCollector findings = new FindingCollector(path -> true);
    progress.phase("judging", rules.size());
    for (Rule rule : rules) {
      rule.check(flow, findings);
      progress.step();
    }
    IgnoreComments ignores = new IgnoreComments(program, judged, Confidence.MEDIUM);
    if (rules.stream().anyMatch(IgnoreIneffective.class::isInstance)) {
      ignores.unused(findings.inOrder(), rules).forEach(findings);
    }
    return new Analysed(program, flow, ignores.mark(findings.inOrder()), read);
  }

  /** What the change can have caused. */
  private final class Candidates {
    private record Function(String path, String name) {}

    private final ChangedLines lines;
    private final Set<Function> changed = new HashSet<>();

    Candidates(Analysed after, ChangedLines lines) {
      this.lines = lines;
      Program program = after.program;
      for (int unit = 0; unit < program.files(); unit++) {
        String path = program.path(unit);
        if (!lines.byPath().containsKey(path)) {
          continue;
        }
        int first = program.firstFunction(unit);
        for (int f = first; f < first + program.functionsIn(unit); f++) {
          Span span = program.facts(f).span();
          if (lines.touches(path, span)) {
            changed.add(new Function(path, program.name(f)));
          }
        }
      }
    }

    boolean admits(Finding finding) {
      return isSelected(finding)
          && (isChanged(finding.location(), finding.function())
              || finding.trace().stream().anyMatch(this::isChanged));
    }

    private boolean isChanged(TraceStep step) {
      return isChanged(step.location(), step.function());
    }

    private boolean isChanged(Location at, String function) {
      return lines.touches(at.path(), at.line(), at.endLine())
          || changed.contains(new Function(at.path(), function));
    }
  }

  private boolean isSelected(Finding finding) {
    return request.paths().isEmpty()
        || request.paths().stream()
            .anyMatch(p -> request.tree().resolve(finding.location().path()).startsWith(p));
  }

  /**
   * Those of the suspects that were not there before. Of equal ones as many are new as there are
   * more now, those on changed lines first.
   */
  private List<Finding> absent(
      List<Finding> suspects, List<Finding> now, List<Finding> before, ChangedLines lines) {
    Map<Fingerprint, List<Finding>> groups = new HashMap<>();
    suspects.forEach(f -> groups.computeIfAbsent(key(f), k -> new ArrayList<>()).add(f));
    Set<Finding> fresh = new HashSet<>();
    groups.forEach(
        (key, group) -> {
          Confidence surest =
              group.stream().map(Finding::confidence).min(Confidence::compareTo).orElseThrow();
          // What was less sure before, or ignored, was not reported then.
          long known =
              before.stream()
                  .filter(f -> f.suppression().isEmpty())
                  .filter(f -> f.confidence().compareTo(surest) <= 0)
                  .filter(f -> key(f).inFile(pathAfter(f)).equals(key))
                  .count();
          long there = now.stream().filter(f -> key(f).equals(key)).count();
          group.stream()
              .sorted(
                  java.util.Comparator.comparing(
                      f ->
                          !lines.touches(
                              f.location().path(), f.location().line(), f.location().endLine())))
              .limit(Math.max(0, there - known))
              .forEach(fresh::add);
        });
    return suspects.stream().filter(fresh::contains).toList();
  }

  private String pathAfter(Finding before) {
    return change.renamed().getOrDefault(before.location().path(), before.location().path());
  }

  private static Fingerprint key(Finding finding) {
    return finding.fingerprint().withOrdinal(0);
  }
}
