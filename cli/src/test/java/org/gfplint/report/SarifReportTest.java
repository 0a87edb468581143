package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Edit;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fingerprint;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.rules.RulePage;
import org.gfplint.source.SkippedFile;
import org.junit.jupiter.api.Test;

class SarifReportTest {
  private static final SkippedFile SKIPPED = new SkippedFile("drivers/a b.c", "not text");

  @Test
  void isValidByTheSchemaOfOasis() throws IOException {
    assertThat(SarifSchema.violations(write(Samples.TRACED, Samples.BARE))).isEmpty();
    assertThat(SarifSchema.violations(Samples.write(Samples.sarif(), Samples.report(List.of()))))
        .isEmpty();
    // The schema is in force: it refuses a log with a name it does not know.
    assertThat(SarifSchema.violations(write(Samples.BARE).replace("\"ruleId\"", "\"rule_id\"")))
        .isNotEmpty();
  }

  @Test
  void namesPlaceFunctionRuleAndReasons() throws IOException {
    JsonNode result = run(write(Samples.TRACED)).at("/results/0");
    assertThat(result.at("/ruleId").asText()).isEqualTo("GFP101");
    assertThat(result.at("/level").asText()).isEqualTo("error");
    assertThat(result.at("/message/text").asText()).isEqualTo(Samples.TRACED.message() + ".");
    JsonNode place = result.at("/locations/0/physicalLocation");
    assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("fs/foo/super.c");
    assertThat(place.at("/artifactLocation/uriBaseId").asText()).isEqualTo("%SRCROOT%");
    assertThat(place.at("/region").toString())
        .isEqualTo("{\"startLine\":120,\"startColumn\":9,\"endLine\":120,\"endColumn\":41}");
    JsonNode function = result.at("/locations/0/logicalLocations/0");
    assertThat(function.at("/name").asText()).isEqualTo("foo_alloc");
    assertThat(function.at("/kind").asText()).isEqualTo("function");
    assertThat(result.at("/properties/confidence").asText()).isEqualTo("high");
    assertThat(result.at("/properties/facts/0").asText()).contains("page tables", "4.10");
  }

  @Test
  void ruleIndexPointsToTheRule() throws IOException {
    JsonNode run = run(write(Samples.TRACED, Samples.BARE));
    for (JsonNode result : run.at("/results")) {
      assertThat(run.at("/tool/driver/rules").get(result.at("/ruleIndex").asInt()).at("/id"))
          .isEqualTo(result.at("/ruleId"));
    }
  }

  @Test
  void aRuleBringsItsPage() throws IOException {
    JsonNode rule = run(write(Samples.TRACED)).at("/tool/driver/rules/0");
    RulePage page = RulePage.of("vmalloc-restricted");
    assertThat(rule.at("/name").asText()).isEqualTo("vmalloc-restricted");
    assertThat(rule.at("/shortDescription/text").asText())
        .isEqualTo(Samples.VMALLOC.summary() + ".");
    assertThat(rule.at("/fullDescription/text").asText())
        .isEqualTo(page.plainSection("What it reports").strip());
    assertThat(rule.at("/help/text").asText()).isEqualTo(page.plainText());
    assertThat(rule.at("/help/markdown").asText()).isEqualTo(page.markdown());
  }

  @Test
  void theWayThereIsACodeFlow() throws IOException {
    JsonNode hops = run(write(Samples.TRACED)).at("/results/0/codeFlows/0/threadFlows/0/locations");
    assertThat(hops).hasSize(2);
    assertThat(hops.at("/0/location/message/text").asText()).isEqualTo("calls foo_alloc().");
    assertThat(hops.at("/0/location/physicalLocation/region/startLine").asInt()).isEqualTo(98);
    assertThat(hops.at("/0/location/logicalLocations/0/name").asText()).isEqualTo("foo_fill_super");
    assertThat(run(write(Samples.BARE)).at("/results/0").has("codeFlows")).isFalse();
  }

  @Test
  void aFixBringsTheEditsThatThePatchMakes() throws IOException {
    Finding fixed =
        Samples.TRACED.withFixes(
            List.of(
                new Fix(
                    "write it differently",
                    List.of(
                        new Edit(new Location("fs/foo/super.c", 3, 1, 3, 1), "#include <x.h>\n"),
                        new Edit(new Location("fs/foo/super.c", 120, 25, 120, 36), "")))));
    String log = Samples.write(Samples.sarif(), Samples.report(List.of(fixed)));
    assertThat(SarifSchema.violations(log)).isEmpty();
    JsonNode fix = new ObjectMapper().readTree(log).at("/runs/0/results/0/fixes/0");
    assertThat(fix.at("/description/text").asText()).isEqualTo("write it differently.");
    assertThat(fix.at("/artifactChanges/0/artifactLocation/uri").asText())
        .isEqualTo("fs/foo/super.c");
    JsonNode edits = fix.at("/artifactChanges/0/replacements");
    assertThat(edits).hasSize(2);
    assertThat(edits.at("/0/deletedRegion").toString())
        .contains("\"startLine\":3", "\"endColumn\":1", "\"startColumn\":1");
    assertThat(edits.at("/0/insertedContent/text").asText()).isEqualTo("#include <x.h>\n");
    assertThat(edits.at("/1/deletedRegion/endColumn").asInt()).isEqualTo(36);
    assertThat(edits.at("/1/insertedContent").isMissingNode()).isTrue();
  }

  @Test
  void whereTheWayBeginsIsRelated() throws IOException {
    JsonNode related = run(write(Samples.TRACED)).at("/results/0/relatedLocations");
    assertThat(related).hasSize(1);
    assertThat(related.at("/0/physicalLocation/region/startLine").asInt()).isEqualTo(98);
    assertThat(run(write(Samples.BARE)).at("/results/0").has("relatedLocations")).isFalse();
  }

  @Test
  void aLevelIsWrittenEvenWhereItIsTheDefault() throws IOException {
    JsonNode run = run(write(Samples.bareWarning()));
    assertThat(run.at("/results/0/level").asText()).isEqualTo("warning");
    assertThat(run.at("/tool/driver/rules/0/defaultConfiguration/level").asText())
        .isEqualTo("error");
    assertThat(run.at("/tool/driver/rules/1/defaultConfiguration/level").asText())
        .isEqualTo("warning");
  }

  @Test
  void theFingerprintFollowsTheIdentityOnly() throws IOException {
    String pointer = "/results/0/partialFingerprints/gfplint~1v2";
    String print = run(write(Samples.TRACED)).at(pointer).asText();
    assertThat(print).matches("[0-9a-f]{32}");
    assertThat(
            run(write(Samples.withText(Samples.TRACED, "moved.c", "f", "m"))).at(pointer).asText())
        .isEqualTo(print);
    assertThat(run(write(Samples.BARE)).at(pointer).asText()).isNotEqualTo(print);
  }

  @Test
  void pathsAreEncodedAndDecodeToThemselves() throws IOException {
    String path = "fs/a b/%41#?:\u00fc\u6f22\ud83d\ude00[1].c";
    String uri =
        run(write(Samples.withText(Samples.BARE, path, "f", "m")))
            .at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
            .asText();
    assertThat(uri).matches("[A-Za-z0-9._~/%-]+");
    assertThat(URI.create(uri).getPath()).isEqualTo(path);
  }

  @Test
  void anArrayOfFunctionsIsNotALink() throws IOException {
    assertThat(
            run(write(Samples.withText(Samples.BARE, "a.c", "f", "ops[0](x) and a[1]")))
                .at("/results/0/message/text")
                .asText())
        .isEqualTo("ops\\[0](x) and a[1].");
  }

  @Test
  void saysWhatWasSkippedAndOnWhichTerms() throws IOException {
    JsonNode run =
        run(Samples.write(Samples.sarif(), Samples.report(List.of(Samples.BARE), SKIPPED)));
    JsonNode notification = run.at("/invocations/0/toolExecutionNotifications/0");
    assertThat(notification.at("/message/text").asText()).isEqualTo("Not analysed: not text.");
    assertThat(notification.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("drivers/a%20b.c");
    assertThat(run.at("/invocations/0/toolConfigurationNotifications/0/message/text").asText())
        .isEqualTo("4.16 is old");
    assertThat(run.at("/properties/kernelVersion").asText()).isEqualTo("4.16");
    assertThat(run.at("/columnKind").asText()).isEqualTo("unicodeCodePoints");
    assertThat(run.at("/originalUriBaseIds/%SRCROOT%").has("uri")).isFalse();
  }

  @Test
  void aHostTakesSoManyResultsTheMostSevereAreKept() throws IOException {
    List<Finding> many = new ArrayList<>();
    for (int line = 1; line <= 25_002; line++) {
      many.add(at(line, line % 5000 == 7 ? Level.NOTE : Level.WARNING, "m"));
    }
    Limited limited = limited(many);
    JsonNode results = limited.run.at("/results");
    assertThat(results).hasSize(25_000);
    // Of the notes the first ones are left.
    assertThat(results.findValuesAsText("level").stream().filter("note"::equals)).hasSize(3);
    assertThat(results.at("/6/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(7);
    assertThat(limited.remarks)
        .singleElement()
        .asString()
        .startsWith("SARIF has the 25000 most severe of 25002 results");
    assertThat(limited.run.at("/invocations/0/toolExecutionNotifications").toString())
        .contains("25000 most severe of 25002", "results-left-out", "\"level\":\"warning\"");
    assertThat(limited(many.subList(0, 25_000)).remarks).isEmpty();
  }

  @Test
  void aHostTakesSoManyBytesTheMostSevereAreKept() throws IOException {
    Random random = new Random(1);
    List<Finding> large = new ArrayList<>();
    for (int line = 1; line <= 45; line++) {
      byte[] noise = new byte[250_000];
      random.nextBytes(noise);
      String message = HexFormat.of().formatHex(noise);
      large.add(at(line, line % 3 == 0 ? Level.ERROR : Level.NOTE, message));
    }
    Limited limited = limited(large);
    int written = limited.run.at("/results").size();
    assertThat(written).isBetween(30, 44);
    assertThat(limited.run.at("/results").findValuesAsText("level").stream())
        .filteredOn("error"::equals)
        .hasSize(15);
    assertThat(limited.remarks).singleElement().asString().contains(written + " most severe of 45");
    assertThat(limited.compressed).isBetween(9_000_000, 10_000_000);
  }

  private record Limited(JsonNode run, List<String> remarks, int compressed) {}

  private static Limited limited(List<Finding> findings) throws IOException {
    List<String> remarks = new ArrayList<>();
    SarifReport writer = new SarifReport(SarifReport.Surroundings.NONE, remarks::add);
    String log = Samples.write(writer, Samples.report(findings));
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      out.write(log.getBytes(StandardCharsets.UTF_8));
    }
    return new Limited(run(log), remarks, compressed.size());
  }

  private static Finding at(int line, Level level, String message) {
    return new Finding(
        "GFP101",
        level,
        Confidence.HIGH,
        message,
        new Location("fs/a.c", line, 1, line, 2),
        "f",
        List.of(),
        List.of(),
        new Fingerprint("GFP101", "fs/a.c", "f", "x", line));
  }

  private static String write(org.gfplint.finding.Finding... findings) throws IOException {
    return Samples.write(Samples.sarif(), Samples.report(List.of(findings), SKIPPED));
  }

  private static JsonNode run(String log) throws IOException {
    return new ObjectMapper().readTree(log).at("/runs/0");
  }
}
