package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.gfplint.finding.Finding;
import org.gfplint.model.KernelVersion;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every fixture is checked alone; what is reported must be what it expects, no more, no less. */
class FixtureTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> reportsWhatTheFixtureExpects() {
    return Fixture.all().stream().map(f -> DynamicTest.dynamicTest(f.name(), () -> check(f)));
  }

  private void check(Fixture fixture) throws IOException {
    List<String> source = Files.readAllLines(fixture.path());
    List<Finding> findings = findings(Files.readString(fixture.path()), fixture.version());

    List<Fixture.Expectation> missing = new ArrayList<>(fixture.expected());
    List<String> problems = new ArrayList<>();
    for (Finding f : findings) {
      int line = f.location().line();
      String rule = Rules.find(f.ruleId()).orElseThrow().info().name();
      Optional<Fixture.Expectation> met =
          missing.stream().filter(e -> e.isMetBy(line, rule, f.confidence().label())).findFirst();
      met.ifPresent(missing::remove);
      if (met.isEmpty()) {
        problems.add(
            "Noisy: %s:%d: %s (%s, confidence %s): %s\n    %s"
                .formatted(
                    fixture.name(),
                    line,
                    rule,
                    f.level().label(),
                    f.confidence().label(),
                    f.message(),
                    source.get(line - 1).strip()));
      }
    }
    for (Fixture.Expectation e : missing) {
      problems.add(
          "Missing: %s:%d: %s\n    %s"
              .formatted(fixture.name(), e.line(), e, source.get(e.line() - 1).strip()));
    }
    if (!problems.isEmpty()) {
      fail("kernel " + fixture.version() + "\n" + String.join("\n", problems));
    }
  }

  @TestFactory
  Stream<DynamicTest> findsAloneWhatARuleFindsAmongAllOthers() {
    // Ignore comments are about what the others find.
    return Fixture.all().stream()
        .filter(f -> !f.rule().equals("ignore-ineffective"))
        .map(f -> DynamicTest.dynamicTest(f.name(), () -> checkAlone(f)));
  }

  private void checkAlone(Fixture fixture) throws IOException {
    String source = Files.readString(fixture.path());
    List<Finding> among =
        findings(source, fixture.version()).stream()
            .filter(f -> Rules.find(fixture.rule()).orElseThrow().info().id().equals(f.ruleId()))
            .toList();
    assertThat(findings(source, fixture.version(), Set.of(fixture.rule()))).isEqualTo(among);
  }

  /** A page's examples are held to what the page says of them. */
  @TestFactory
  Stream<DynamicTest> reportsTheWrongExampleOfAPageAndNotTheRightOne() {
    return Fixture.folders().stream().map(r -> DynamicTest.dynamicTest(r, () -> checkPage(r)));
  }

  private void checkPage(String rule) throws IOException {
    RulePage page = RulePage.of(rule);
    assertThat(reportedIn(page.code("Wrong").get(0))).contains(rule);
    assertThat(reportedIn(page.code("Right").get(0))).doesNotContain(rule);
  }

  private List<String> reportedIn(String example) throws IOException {
    String version = example.lines().findFirst().orElse("").replaceAll("/\\* kernel: | \\*/", "");
    return findings(example, KernelVersion.parse(version)).stream()
        .map(f -> Rules.find(f.ruleId()).orElseThrow().info().name())
        .toList();
  }

  private List<Finding> findings(String source, KernelVersion version) throws IOException {
    return findings(source, version, Set.of());
  }

  /** Alone in a directory, so that no other fixture is read with it. */
  private List<Finding> findings(String source, KernelVersion version, Set<String> rules)
      throws IOException {
    Path file = folder.resolve("fixture.c");
    Files.writeString(file, source);
    Check.Result result =
        Check.run(
            new Check.Request(
                folder,
                List.of(file),
                Optional.of(version),
                "x86",
                rules,
                Fixture.isRealtime(source.lines().toList()),
                1,
                Optional.empty()),
            Silent.PROGRESS);
    assertThat(result.skipped()).isEmpty();
    assertThat(result.version()).isEqualTo(version);
    assertThat(result.findings()).allMatch(f -> f.location().path().equals("fixture.c"));
    return result.findings().stream().filter(f -> f.suppression().isEmpty()).toList();
  }
}
