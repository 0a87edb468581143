package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a rule must bring along: a name, a page, and enough fixtures of every kind. */
class RulesTest {
  private static final int LEAST_FIXTURES = 8;

  static Stream<String> folders() {
    return Fixture.folders().stream();
  }

  @Test
  void idsAndNamesAreUniqueAndInOrder() {
    List<RuleInfo> infos = Rules.all().stream().map(Rule::info).toList();

    assertThat(infos).extracting(RuleInfo::id).doesNotHaveDuplicates().isSorted();
    assertThat(infos).extracting(RuleInfo::name).doesNotHaveDuplicates();
    assertThat(infos)
        .allSatisfy(
            info -> {
              assertThat(info.id()).matches("GFP\\d{3}");
              assertThat(info.name()).matches("[a-z]+(-[a-z]+)+");
              assertThat(info.summary()).doesNotContain("\n").doesNotEndWith(".");
            });
  }

  @Test
  void everyRuleHasAFolderOfFixturesAndEveryFolderIsARules() {
    assertThat(Rules.all())
        .extracting(r -> r.info().name())
        .containsExactlyInAnyOrderElementsOf(Fixture.folders());
  }

  @ParameterizedTest
  @MethodSource("folders")
  void fixturesShowBugsHistoryAndSilence(String rule) {
    List<Fixture> fixtures = Fixture.of(rule);

    assertThat(fixtures).extracting(Fixture::kind).contains("bug", "ok", "history");
    assertThat(fixtures).extracting(Fixture::kind).containsOnly("bug", "ok", "history");
    assertThat(fixtures).hasSizeGreaterThanOrEqualTo(LEAST_FIXTURES);
    long ok = fixtures.stream().filter(f -> f.kind().equals("ok")).count();
    assertThat(ok)
        .as("silent ones of %d", fixtures.size())
        .isGreaterThanOrEqualTo((fixtures.size() + 1) / 2);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void onlyBugsExpectTheRuleOfTheirFolder(String rule) {
    for (Fixture fixture : Fixture.of(rule)) {
      boolean expected = fixture.expected().stream().anyMatch(e -> e.rule().equals(rule));
      assertThat(expected).as(fixture.name()).isEqualTo(!fixture.kind().equals("ok"));
      assertThat(fixture.expected())
          .as("rules that %s names", fixture.name())
          .allMatch(e -> Fixture.folders().contains(e.rule()));
    }
  }
}
