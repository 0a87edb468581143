package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gfplint.report.Baseline;
import org.gfplint.rules.Rule;
import org.gfplint.rules.RulePage;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a finding of each rule is known by, with the example of the rule's page. */
class FingerprintTest {
  private static final Pattern HEADER = Pattern.compile("/\\* kernel: (\\d+)\\.(\\d+) \\*/");

  /** A parameter or a local: a type, perhaps a star, the name, and what may follow it. */
  private static final Pattern DECLARED =
      Pattern.compile(
          "(?<=\\t|\\(|, )(?:(?:struct|unsigned|enum) \\w+|\\b(?:int|void|char|long|gfp_t|size_t|bool|u\\d+))"
              + " \\*?(\\w+)(?= = |[;,)])");

  @TempDir private Path directory;
  private SmallTree tree;
  private List<String> options;

  static Stream<String> rules() {
    return Rules.all().stream().map(Rule::info).map(info -> info.name());
  }

  private RunResult check(String... more) {
    return run(Stream.concat(Stream.of("check", "--fail-on", "note"), Stream.of(more)));
  }

  private RunResult run(Stream<String> command) {
    return RunResult.of(
        tree.root(), Stream.concat(command, options.stream()).toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void staysWhenLinesMoveAndLocalsAreRenamed(String rule) throws IOException {
    String wrong = RulePage.of(rule).code("Wrong").get(0);
    Matcher header = HEADER.matcher(wrong);
    assertThat(header.find()).isTrue();
    options = new ArrayList<>(List.of("--confidence", "low"));
    if (wrong.contains("/* options: --rt */")) {
      options.add("--rt");
    }
    tree = SmallTree.in(directory);
    tree.write(
        "Makefile", "VERSION = %s\nPATCHLEVEL = %s\n".formatted(header.group(1), header.group(2)));
    tree.write("fs/a.c", wrong);
    assertThat(check().out()).contains(" " + rule + "]");
    assertThat(run(Stream.of("baseline", "create")).exit()).isZero();
    assertThat(check("--baseline", Baseline.FILE).exit()).isZero();

    Set<String> locals = new TreeSet<>();
    Matcher declared = DECLARED.matcher(wrong.replaceAll("(?s)struct \\w+ \\{.*?\\n\\};", ""));
    while (declared.find()) {
      locals.add(declared.group(1));
    }
    locals.remove("void");
    String renamed = wrong;
    for (String local : locals) {
      // Not a field or a type of the same name.
      renamed =
          renamed.replaceAll("(?<!->|\\.|struct )\\b" + local + "\\b(?!\\()", local + "_renamed");
    }
    tree.write("fs/a.c", "/* a line */\n".repeat(40) + renamed);
    RunResult moved = check("--baseline", Baseline.FILE);
    assertThat(moved.out()).as(renamed).isEmpty();
    assertThat(moved.exit()).isZero();
    assertThat(moved.err())
        .as(renamed)
        .contains(" known before")
        .doesNotContain(" 0 known before", " gone");
  }
}
