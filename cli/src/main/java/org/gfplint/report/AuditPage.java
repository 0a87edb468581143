package org.gfplint.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.model.Fact;
import org.gfplint.rules.RuleInfo;

/**
 * What the page of src/main/jte/audit.jte shows. Text of the tree has its control characters
 * escaped; the template does the rest.
 *
 * @param notes of the run, then the files that were skipped
 * @param script the page's only one
 * @param scriptHash the only script that a browser is to run
 */
public record AuditPage(
    String kernel,
    String tool,
    String totals,
    List<Bar> rules,
    List<Bar> levels,
    List<Group> subsystems,
    List<Group> sections,
    List<Item> findings,
    List<String> notes,
    String script,
    String scriptHash) {
  /** Of a plot's longest bar, in the units of its drawing. */
  private static final int WIDTH = 520;

  /**
   * A bar of a plot in three parts, by confidence.
   *
   * @param row 0-based
   * @param scale units for each finding
   */
  public record Bar(
      String name, String title, int row, long high, long medium, long low, double scale) {
    public long total() {
      return high + medium + low;
    }

    public String highWidth() {
      return units(high);
    }

    public String mediumStart() {
      return units(high);
    }

    public String mediumWidth() {
      return units(medium);
    }

    public String lowStart() {
      return units(high + medium);
    }

    public String lowWidth() {
      return units(low);
    }

    public String end() {
      return units(total());
    }

    private String units(long findings) {
      return String.valueOf(Math.round(findings * scale));
    }
  }

  /** Findings that lie together. */
  public record Group(String name, long errors, long warnings, long notes) {
    public long total() {
      return errors + warnings + notes;
    }
  }

  /** A finding. */
  public record Item(
      int number,
      String place,
      String rule,
      String ruleName,
      String level,
      String confidence,
      String message,
      String function,
      String subsystem,
      String section,
      List<String> sections,
      List<Excerpts.Line> excerpt,
      List<Step> trace,
      List<String> facts,
      List<String> fixes,
      String fingerprint) {}

  /** A hop on the way to a finding. */
  public record Step(String place, String function, String text) {}

  static AuditPage of(Report report, Maintainers maintainers, Excerpts excerpts) {
    List<Item> items = new ArrayList<>();
    for (Finding finding : report.findings()) {
      items.add(item(items.size() + 1, finding, report, maintainers, excerpts));
    }
    List<String> notes = new ArrayList<>();
    report.result().notes().forEach(note -> notes.add(TerminalText.escape(note)));
    report.result().skipped().forEach(file -> notes.add(TerminalText.escape(file.toString())));
    String script = readScript();
    return new AuditPage(
        report.result().version().toString(),
        "gfplint " + report.toolVersion(),
        totals(report),
        bars(
            report.rules().stream().map(RuleInfo::id).toList(),
            id -> report.rule(id).name(),
            Item::rule,
            items),
        bars(
            List.of(Level.values()).stream().map(Level::label).toList(),
            level -> level,
            Item::level,
            items),
        groups(Item::subsystem, items),
        maintainers.isEmpty() ? List.of() : groups(Item::section, items),
        items,
        notes,
        script,
        hash(script));
  }

  private static String totals(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(count(report.findings().size(), "finding"));
    text.append(" in ").append(count(report.result().statistics().files(), "file"));
    text.append(", ").append(count(report.result().statistics().functions(), "function"));
    int bounded = report.result().statistics().bounded();
    text.append(bounded > 0 ? " (not all paths of " + bounded + ")" : "");
    text.append(", ").append(count(report.result().statistics().allocations(), "allocation"));
    report
        .known()
        .ifPresent(known -> text.append("; ").append(known.size()).append(" known before"));
    if (!report.suppressed().isEmpty()) {
      text.append("; ").append(report.suppressed().size()).append(" ignored by comments");
    }
    return text.toString();
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static Item item(
      int number, Finding finding, Report report, Maintainers maintainers, Excerpts excerpts) {
    String path = finding.location().path();
    return new Item(
        number,
        place(finding.location()),
        finding.ruleId(),
        report.rule(finding.ruleId()).name(),
        finding.level().label(),
        finding.confidence().label(),
        TerminalText.escape(finding.message()),
        TerminalText.escape(finding.function()),
        TerminalText.escape(Grouping.subsystem(path)),
        TerminalText.escape(maintainers.nearest(path)),
        maintainers.sectionsOf(path).stream().map(TerminalText::escape).toList(),
        excerpts.at(finding.location()),
        finding.trace().stream()
            .map(
                step ->
                    new Step(
                        place(step.location()),
                        TerminalText.escape(step.function()),
                        TerminalText.escape(step.text())))
            .toList(),
        finding.facts().stream().map(AuditPage::reason).toList(),
        finding.fixes().stream().map(Fix::description).map(TerminalText::escape).toList(),
        finding.fingerprint().hash());
  }

  private static String reason(Fact fact) {
    return TerminalText.escape(Reason.of(fact));
  }

  private static String place(Location at) {
    return TerminalText.escape(at.path()) + ":" + at.line() + ":" + at.column();
  }

  private static List<Bar> bars(
      List<String> names,
      Function<String, String> title,
      Function<Item, String> nameOf,
      List<Item> items) {
    Map<String, Map<String, Long>> counts =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    nameOf, Collectors.groupingBy(Item::confidence, Collectors.counting())));
    long most =
        counts.values().stream()
            .mapToLong(c -> c.values().stream().mapToLong(Long::longValue).sum())
            .max()
            .orElse(1);
    List<Bar> bars = new ArrayList<>();
    for (String name : names) {
      Map<String, Long> count = counts.getOrDefault(name, Map.of());
      if (!count.isEmpty()) {
        bars.add(
            new Bar(
                name,
                title.apply(name),
                bars.size(),
                count.getOrDefault(Confidence.HIGH.label(), 0L),
                count.getOrDefault(Confidence.MEDIUM.label(), 0L),
                count.getOrDefault(Confidence.LOW.label(), 0L),
                (double) WIDTH / most));
      }
    }
    return bars;
  }

  /** The largest first. */
  private static List<Group> groups(Function<Item, String> nameOf, List<Item> items) {
    Map<String, Map<String, Long>> counts =
        items.stream()
            .collect(
                Collectors.groupingBy(
                    nameOf, Collectors.groupingBy(Item::level, Collectors.counting())));
    return counts.entrySet().stream()
        .map(
            e ->
                new Group(
                    e.getKey(),
                    e.getValue().getOrDefault(Level.ERROR.label(), 0L),
                    e.getValue().getOrDefault(Level.WARNING.label(), 0L),
                    e.getValue().getOrDefault(Level.NOTE.label(), 0L)))
        .sorted(Comparator.comparingLong(Group::total).reversed().thenComparing(Group::name))
        .toList();
  }

  private static String readScript() {
    try (InputStream in = AuditPage.class.getResourceAsStream("audit.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
