package org.gfplint.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.finding.TraceStep;
import org.gfplint.model.Fact;
import org.gfplint.model.KernelVersion;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;
import org.gfplint.source.SkippedFile;

/** Reports made by hand, for the tests of what writers make of them. */
final class Samples {
  static final RuleInfo VMALLOC =
      new RuleInfo(
          "GFP101",
          "vmalloc-restricted",
          Level.ERROR,
          "a vmalloc request forbids reclaim that its page tables do all the same");
  static final RuleInfo KVMALLOC =
      new RuleInfo(
          "GFP102", "kvmalloc-no-fallback", Level.WARNING, "the mask disables vmalloc's attempt");

  static final Fact PAGE_TABLES =
      new Fact(
          "vmalloc.page-tables",
          KernelVersion.parse("4.10"),
          Optional.of(KernelVersion.parse("5.17")),
          "page tables are allocated with GFP_KERNEL whatever the mask",
          "mm/vmalloc.c:__vmalloc_area_node");

  /** Two hops, one fact, high confidence. */
  static final Finding TRACED =
      new Finding(
          "GFP101",
          Level.ERROR,
          Confidence.HIGH,
          "__vmalloc() with GFP_NOFS may enter filesystem reclaim in 4.16",
          new Location("fs/foo/super.c", 120, 9, 120, 41),
          "foo_alloc",
          List.of(
              new TraceStep(
                  new Location("fs/foo/super.c", 98, 2, 98, 20),
                  "foo_fill_super",
                  "calls foo_alloc()"),
              new TraceStep(
                  new Location("fs/foo/super.c", 120, 9, 120, 41),
                  "foo_alloc",
                  "calls __vmalloc()")),
          List.of(PAGE_TABLES),
          new Fingerprint("GFP101", "fs/foo/super.c", "foo_alloc", "__vmalloc GFP_NOFS", 1));

  /** No trace, no facts, a level other than its rule's. */
  static final Finding BARE =
      new Finding(
          "GFP102",
          Level.NOTE,
          Confidence.MEDIUM,
          "kvmalloc() with GFP_NOFS never falls back to vmalloc in 4.16",
          new Location("net/bar/main.c", 7, 1, 7, 30),
          "bar_init",
          List.of(),
          List.of(),
          new Fingerprint("GFP102", "net/bar/main.c", "bar_init", "kvmalloc GFP_NOFS", 1));

  private Samples() {}

  /** As {@link #BARE}, but a warning: the level that the objects would leave out. */
  static Finding bareWarning() {
    return new Finding(
        "GFP101",
        Level.WARNING,
        Confidence.HIGH,
        BARE.message(),
        BARE.location(),
        BARE.function(),
        List.of(),
        List.of(),
        new Fingerprint("GFP101", "net/bar/main.c", "bar_init", "vmalloc GFP_NOFS", 1));
  }

  static Finding withText(Finding finding, String path, String function, String message) {
    Location at = finding.location();
    Location place = new Location(path, at.line(), at.column(), at.endLine(), at.endColumn());
    List<TraceStep> trace = new ArrayList<>();
    for (TraceStep step : finding.trace()) {
      trace.add(new TraceStep(place, function, message));
    }
    return new Finding(
        finding.ruleId(),
        finding.level(),
        finding.confidence(),
        message,
        place,
        function,
        trace,
        finding.facts(),
        finding.fingerprint());
  }

  static Report report(List<Finding> findings, SkippedFile... skipped) {
    Check.Result result =
        new Check.Result(
            KernelVersion.parse("4.16"),
            List.of("4.16 is old"),
            List.of("the cache is full"),
            findings,
            List.of(skipped),
            new Check.Statistics(2, 1000, 12, 40, 5, 1));
    return Report.of(
        result, findings, Optional.empty(), p -> true, List.of(VMALLOC, KVMALLOC), "1.2.3", 1);
  }

  /** A log of code that nothing more is known of. */
  static SarifReport sarif() {
    return new SarifReport(SarifReport.Surroundings.NONE, remark -> {});
  }

  static String write(ReportWriter writer, Report report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(report, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
