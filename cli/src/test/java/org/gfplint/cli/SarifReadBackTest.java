package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.LogicalLocation;
import com.contrastsecurity.sarif.Region;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.contrastsecurity.sarif.Suppression;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.gfplint.report.Reason;
import org.gfplint.report.SarifSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of SARIF, read by a library that others read it with, holds what the JSON of a run says.
 */
class SarifReadBackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  /** A finding as far as both forms have it. */
  private record Told(
      String rule,
      String level,
      String confidence,
      String message,
      Place place,
      String function,
      List<Step> trace,
      List<String> facts,
      List<Repair> fixes,
      String fingerprint,
      String ignoredBecause,
      String state) {}

  private record Place(String path, int line, int column, int endLine, int endColumn) {}

  private record Step(Place place, String function, String text) {}

  private record Repair(String description, List<Change> changes) {}

  private record Change(Place place, String text) {}

  @Test
  void theDemoTree() throws IOException {
    List<Told> findings = compare(GeneratedDocsTest.ROOT, "testdata/demo", "--confidence", "low");
    assertThat(findings.stream().map(Told::rule).distinct()).hasSizeGreaterThan(15);
    assertThat(findings).anyMatch(f -> f.trace().size() > 1).anyMatch(f -> !f.fixes().isEmpty());
  }

  @Test
  void namesThatAreHardToWriteAndWhatIsKnownOrIgnored() throws IOException {
    SmallTree tree = SmallTree.in(directory);
    tree.write("fs/a b/\u00fc%41#[x](y).c", SmallTree.CONTRADICTION);
    tree.write(
        "fs/ignored.c",
        SmallTree.VMALLOC.replace(");", "); /* gfplint: ignore[vmalloc-restricted] [a](b). */"));
    tree.write("fs/known.c", SmallTree.VMALLOC);
    tree.write("fs/wide.c", SmallTree.VMALLOC.replace("return", "/* \ud83d\ude00 */ return"));
    RunResult.of(tree.root(), "baseline", "create", "fs/known.c");
    List<Told> findings = compare(tree.root(), ".", "--baseline", ".gfplint-baseline.json");
    assertThat(findings.stream().map(Told::state))
        .containsExactlyInAnyOrder("new", "new", "unchanged", "new");
    assertThat(findings.stream().map(Told::ignoredBecause))
        .containsExactlyInAnyOrder("", "[a](b).", "", "");
  }

  /** What .ci/check-reports wrote of a whole kernel. */
  @Test
  @EnabledIfSystemProperty(named = "gfplint.reports", matches = ".+")
  void aWholeKernel() throws IOException {
    Path reports = Path.of(System.getProperty("gfplint.reports"));
    String log = Files.readString(reports.resolve("kernel.sarif"));
    assertThat(SarifSchema.violations(log)).isEmpty();
    List<Told> findings = ofSarif(log);
    assertThat(findings).hasSizeGreaterThan(100);
    assertThat(findings)
        .containsExactlyElementsOf(ofJson(Files.readString(reports.resolve("kernel.json"))));
  }

  private static List<Told> compare(Path where, String... arguments) throws IOException {
    List<String> both = new ArrayList<>(List.of("check"));
    both.addAll(List.of(arguments));
    both.add("--format");
    String log = run(where, both, "sarif");
    assertThat(SarifSchema.violations(log)).isEmpty();
    List<Told> findings = ofSarif(log);
    assertThat(findings).isNotEmpty().containsExactlyElementsOf(ofJson(run(where, both, "json")));
    return findings;
  }

  private static String run(Path where, List<String> arguments, String format) {
    List<String> all = new ArrayList<>(arguments);
    all.add(format);
    RunResult result = RunResult.of(where, all.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isLessThanOrEqualTo(1);
    return result.out();
  }

  // ---- SARIF

  private static List<Told> ofSarif(String log) throws IOException {
    Run run = JSON.readValue(log, SarifSchema210.class).getRuns().get(0);
    return run.getResults().stream().map(SarifReadBackTest::told).toList();
  }

  private static Told told(Result result) {
    com.contrastsecurity.sarif.Location at = result.getLocations().get(0);
    Optional<Suppression> ignored = result.getSuppressions().stream().findFirst();
    return new Told(
        result.getRuleId(),
        result.getLevel().value(),
        (String) result.getProperties().getAdditionalProperties().get("confidence"),
        sentence(result.getMessage().getText()),
        place(at),
        function(at),
        result.getCodeFlows() == null
            ? List.of()
            : result.getCodeFlows().get(0).getThreadFlows().get(0).getLocations().stream()
                .map(hop -> hop.getLocation())
                .map(
                    hop ->
                        new Step(place(hop), function(hop), sentence(hop.getMessage().getText())))
                .toList(),
        strings(result.getProperties().getAdditionalProperties().get("facts")),
        result.getFixes() == null
            ? List.of()
            : result.getFixes().stream().map(SarifReadBackTest::repair).toList(),
        result.getPartialFingerprints().getAdditionalProperties().get("gfplint/v2"),
        ignored.map(Suppression::getJustification).orElse(""),
        result.getBaselineState() == null ? "new" : result.getBaselineState().value());
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  private static String sentence(String text) {
    assertThat(text).endsWith(".");
    return text.substring(0, text.length() - 1).replace("\\[", "[");
  }

  private static Place place(com.contrastsecurity.sarif.Location at) {
    return place(
        at.getPhysicalLocation().getArtifactLocation(), at.getPhysicalLocation().getRegion());
  }

  private static Place place(ArtifactLocation file, Region region) {
    return new Place(
        URI.create(file.getUri()).getPath(),
        region.getStartLine(),
        region.getStartColumn(),
        region.getEndLine(),
        region.getEndColumn());
  }

  private static String function(com.contrastsecurity.sarif.Location at) {
    Set<LogicalLocation> logical = at.getLogicalLocations();
    return logical == null ? "" : logical.iterator().next().getName();
  }

  private static Repair repair(com.contrastsecurity.sarif.Fix fix) {
    com.contrastsecurity.sarif.ArtifactChange file = fix.getArtifactChanges().iterator().next();
    return new Repair(
        sentence(fix.getDescription().getText()),
        file.getReplacements().stream()
            .map(
                r ->
                    new Change(
                        place(file.getArtifactLocation(), r.getDeletedRegion()),
                        r.getInsertedContent() == null ? "" : r.getInsertedContent().getText()))
            .toList());
  }

  // ---- JSON

  private static List<Told> ofJson(String report) throws IOException {
    JsonNode run = JSON.readTree(report);
    List<Told> all = new ArrayList<>();
    run.at("/findings").forEach(f -> all.add(told(f, "new")));
    run.at("/ignored").forEach(f -> all.add(told(f, "new")));
    run.at("/known").forEach(f -> all.add(told(f, "unchanged")));
    all.sort(
        Comparator.comparing((Told f) -> f.place().path())
            .thenComparing(f -> f.place().line())
            .thenComparing(f -> f.place().column())
            .thenComparing(Told::rule)
            .thenComparing(Told::message));
    return all;
  }

  private static Told told(JsonNode finding, String state) {
    return new Told(
        text(finding, "rule"),
        text(finding, "level"),
        text(finding, "confidence"),
        text(finding, "message"),
        place(finding.get("location")),
        text(finding, "function"),
        list(finding, "trace").stream()
            .map(s -> new Step(place(s.get("location")), text(s, "function"), text(s, "text")))
            .toList(),
        list(finding, "facts").stream()
            .map(f -> Reason.of(text(f, "sentence"), text(f, "versions"), text(f, "source")))
            .toList(),
        list(finding, "fixes").stream()
            .map(
                fix ->
                    new Repair(
                        text(fix, "description"),
                        list(fix, "edits").stream()
                            .map(e -> new Change(place(e.get("place")), text(e, "text")))
                            .toList()))
            .toList(),
        text(finding, "fingerprint"),
        finding.path("ignoredBecause").asText(),
        state);
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).asText();
  }

  private static List<JsonNode> list(JsonNode node, String field) {
    return StreamSupport.stream(node.get(field).spliterator(), false).toList();
  }

  private static Place place(JsonNode at) {
    return new Place(
        text(at, "path"),
        at.get("line").asInt(),
        at.get("column").asInt(),
        at.get("endLine").asInt(),
        at.get("endColumn").asInt());
  }
}
