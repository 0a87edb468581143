package org.gfplint.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.IgnoreComment;
import org.gfplint.facts.Span;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Location;
import org.gfplint.finding.Suppression;
import org.gfplint.program.Program;

/** What the comments of a program say not to report. */
final class IgnoreComments {
  private final Program program;
  private final Map<String, List<Named>> byPath = new HashMap<>();
  private final Set<String> paths;
  private final Confidence confidence;

  /** A comment that may have an effect, and one of the rules that it names. */
  private record Named(int unit, IgnoreComment comment, String rule) {
    boolean covers(Finding finding) {
      Location at = finding.location();
      return finding.ruleId().equals(rule) && comment.covers(at.line(), at.endLine());
    }
  }

  /**
   * The comments of some files.
   *
   * @param paths the files of which all is known that is found in them
   * @param confidence how sure it is that a finding that is not there is none
   */
  IgnoreComments(Program program, Set<String> paths, Confidence confidence) {
    this.program = program;
    this.paths = paths;
    this.confidence = confidence;
    program
        .ignores()
        .forEach((unit, comments) -> byPath.put(program.path(unit), named(unit, comments)));
  }

  private static List<Named> named(int unit, List<IgnoreComment> comments) {
    List<Named> all = new ArrayList<>();
    for (IgnoreComment comment : comments) {
      if (!comment.reason().isEmpty()) {
        for (String name : names(comment)) {
          Rules.find(name).ifPresent(r -> all.add(new Named(unit, comment, r.info().id())));
        }
      }
    }
    return all;
  }

  /** The rules that a comment is about, as they stand there. */
  static List<String> names(IgnoreComment comment) {
    return Arrays.stream(comment.rules().split("[,\\s]+")).filter(n -> !n.isEmpty()).toList();
  }

  /** The findings, with the comment that says to ignore them where there is one. */
  List<Finding> mark(List<Finding> findings) {
    if (byPath.isEmpty()) {
      return findings;
    }
    return findings.stream().map(f -> suppression(f).map(f::withSuppression).orElse(f)).toList();
  }

  private Optional<Suppression> suppression(Finding finding) {
    String path = finding.location().path();
    return byPath.getOrDefault(path, List.of()).stream()
        .filter(named -> named.covers(finding))
        .findFirst()
        .map(
            named ->
                new Suppression(named.comment.reason(), location(path, named.comment.place())));
  }

  /**
   * Comments that no finding is there for, whatever its confidence.
   *
   * @param rules those that ran: of others nothing is known
   */
  List<Finding> unused(List<Finding> findings, List<Rule> rules) {
    List<Finding> unused = new ArrayList<>();
    byPath.forEach(
        (path, all) -> {
          if (!paths.contains(path)) {
            return;
          }
          List<Finding> here =
              findings.stream().filter(f -> f.location().path().equals(path)).toList();
          for (Named named : all) {
            Optional<RuleInfo> rule =
                rules.stream()
                    .map(Rule::info)
                    .filter(info -> info.id().equals(named.rule))
                    .findFirst();
            if (rule.isPresent() && here.stream().noneMatch(named::covers)) {
              unused.add(
                  finding(
                      program,
                      named.unit,
                      named.comment,
                      confidence,
                      "nothing of " + rule.get().name() + " is found here: remove this comment"));
            }
          }
        });
    return unused;
  }

  /** A finding about a comment. */
  static Finding finding(Program program, int unit, IgnoreComment comment, String message) {
    return finding(program, unit, comment, Confidence.HIGH, message);
  }

  private static Finding finding(
      Program program, int unit, IgnoreComment comment, Confidence confidence, String message) {
    RuleInfo rule = IgnoreIneffective.INFO;
    String path = program.path(unit);
    String function = function(program, unit, comment);
    return new Finding(
        rule.id(),
        rule.level(),
        confidence,
        message,
        location(path, comment.place()),
        function,
        List.of(),
        List.of(),
        new Fingerprint(rule.id(), path, function, String.join(" ", names(comment)), 1));
  }

  /** The function that a comment is about; "" if it is none. */
  private static String function(Program program, int unit, IgnoreComment comment) {
    int first = program.firstFunction(unit);
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      Span span = program.facts(f).span();
      if (program.linkage(f) != FunctionFacts.Linkage.MACRO
          && comment.covers(span.line(), span.endLine())) {
        return program.name(f);
      }
    }
    return "";
  }

  private static Location location(String path, Span span) {
    return new Location(path, span.line(), span.column(), span.endLine(), span.endColumn());
  }
}
