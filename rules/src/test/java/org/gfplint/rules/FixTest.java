package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfplint.facts.ParseRun;
import org.gfplint.finding.Confidence;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Level;
import org.gfplint.fix.EditedText;
import org.gfplint.model.KernelVersion;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What a fix makes of a fixture has the finding no more, and nothing else that it had not. */
class FixTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyFixRemovesItsFindingAndBringsNone() {
    return bugs().map(f -> DynamicTest.dynamicTest(f.name(), () -> check(f)));
  }

  private static Stream<Fixture> bugs() {
    return Fixture.all().stream().filter(f -> !f.kind().equals("ok"));
  }

  private void check(Fixture fixture) throws IOException {
    byte[] before = Files.readAllBytes(fixture.path());
    List<Finding> found = findings(before, fixture.version());
    EditedText all = new EditedText(before);
    for (Finding finding : found) {
      for (Fix fix : finding.fixes()) {
        EditedText one = new EditedText(before);
        assertThat(one.add(fix)).isEqualTo(EditedText.Outcome.ADDED);
        byte[] after = one.bytes();
        List<String> left = names(findings(after, fixture.version()));
        List<String> expected = new ArrayList<>(names(found));
        expected.remove(name(finding));
        assertThat(expected).as(new String(after)).containsAll(left);
        assertThat(left.stream().filter(name(finding)::equals).count())
            .as(new String(after))
            .isEqualTo(expected.stream().filter(name(finding)::equals).count());
        assertThat(all.add(fix)).isNotEqualTo(EditedText.Outcome.OVERLAPS);
      }
    }
    List<String> unfixed = names(found.stream().filter(f -> f.fixes().isEmpty()).toList());
    assertThat(unfixed)
        .as(new String(all.bytes()))
        .containsAll(names(findings(all.bytes(), fixture.version())));
    assertThat(errors(all.bytes())).isLessThanOrEqualTo(errors(before));
  }

  @Test
  void theRulesThatHaveFixesAreThese() throws IOException {
    Map<String, Integer> fixed = new TreeMap<>();
    for (Fixture fixture : bugs().toList()) {
      for (Finding f : findings(Files.readAllBytes(fixture.path()), fixture.version())) {
        fixed.merge(f.ruleId(), f.fixes().size(), Integer::sum);
      }
    }
    assertThat(fixed.get("GFP101")).isGreaterThanOrEqualTo(14);
    assertThat(fixed.get("GFP102")).isGreaterThanOrEqualTo(4);
    assertThat(fixed.get("GFP105")).isGreaterThanOrEqualTo(8);
    assertThat(fixed.get("GFP202")).isGreaterThanOrEqualTo(8);
    assertThat(fixed.get("GFP203")).isGreaterThanOrEqualTo(6);
    assertThat(fixed.get("GFP106")).as("takes thought").isZero();
  }

  /** Rule and function: the code itself may be another one now. */
  private static String name(Finding f) {
    return f.ruleId() + " " + f.function();
  }

  /** A note that only explains has low confidence, or says what a scope is for. */
  private static List<String> names(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.confidence() != Confidence.LOW)
        .filter(f -> !f.ruleId().equals("GFP201") || f.level() != Level.NOTE)
        .map(FixTest::name)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<Finding> findings(byte[] text, KernelVersion version) throws IOException {
    Path file = Files.write(folder.resolve("fixture.c"), text);
    Check.Request request =
        new Check.Request(folder, List.of(file), Optional.of(version), "x86", Set.of(), 1);
    return Check.run(request, Silent.PROGRESS).findings();
  }

  private int errors(byte[] text) throws IOException {
    Files.write(folder.resolve("fixture.c"), text);
    KernelTree tree = KernelTree.open(folder);
    ArchSelection arch = ArchSelection.parse("x86");
    ParseRun.Statistics statistics =
        ParseRun.run(
            tree.discover(arch).files(), MacroDictionary.of(tree, arch), 1, null, () -> {});
    return (int) (statistics.functionsWithErrors() + statistics.errorsElsewhere());
  }
}
