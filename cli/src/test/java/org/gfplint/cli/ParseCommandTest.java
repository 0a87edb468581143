package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseCommandTest {
  private static final String A =
      """
      int a(void)
      {
      	return 1;
      }

      int bad(int x)
      {
      	return + * ;
      }
      """;
  private static final String B = "static int b(void) { return 2; }\n";
  private static final String REGISTERS = "#define REG 1\n";

  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write(
        "fs/a.c", "int a(void)\n{\n\treturn 1;\n}\n\nint bad(int x)\n{\n\treturn + * ;\n}\n");
    tree.write("mm/b.c", "static int b(void) { return 2; }\n");
    tree.write("mm/regs.h", "#define REG 1\n");
  }

  private RunResult parse(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "parse";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return RunResult.of(tree.root(), all);
  }

  @Test
  void printsStatistics() {
    RunResult run = parse();
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("(?m)^files +3$")
        .containsPattern("(?m)^functions +3$")
        .containsPattern("(?m)^ +with errors +1 +\\(33\\.333 %\\)$")
        .containsPattern("(?m)^parser core +(optimised|bundled)$");
  }

  @Test
  void printsStatisticsAsJson() throws IOException {
    RunResult run = parse("--format", "json", "--threads", "1");
    assertThat(run.exit()).isZero();
    JsonNode json = new JsonMapper().readTree(run.out());
    assertThat(json.path("files").asInt()).isEqualTo(3);
    assertThat(json.path("bytes").asLong()).isEqualTo(A.length() + B.length() + REGISTERS.length());
    assertThat(json.path("functions").asInt()).isEqualTo(3);
    assertThat(json.path("functionsWithErrors").asInt()).isEqualTo(1);
    assertThat(json.path("threads").asInt()).isEqualTo(1);
    assertThat(json.path("skipped").isInt()).isTrue();
    for (String figure : new String[] {"seconds", "cpuSeconds", "megabytesPerSecond"}) {
      assertThat(json.path(figure).isNumber()).as(figure).isTrue();
    }
    assertThat(json.path("core").asText()).isIn("optimised", "bundled");
  }

  @Test
  void listsFunctionsWithErrors() throws IOException {
    RunResult run = parse("--errors");
    assertThat(run.out()).isEqualTo("fs/a.c:6: bad\n");
    assertThat(run.err()).containsPattern("(?m)^functions +3$");
    assertThat(parse("--errors", "-q").err()).isEmpty();
    JsonNode errors =
        new JsonMapper().readTree(parse("--errors", "--format", "json").out()).path("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.path(0).path("name").asText()).isEqualTo("bad");
    assertThat(errors.path(0).path("line").asInt()).isEqualTo(6);
  }

  @Test
  void listsFunctions() {
    assertThat(parse("--functions", "mm", "fs").out())
        .isEqualTo("fs/a.c:1-4: a\nfs/a.c:6-9: bad\nmm/b.c:1-1: b\n");
  }

  @Test
  void parsesALoneFile() throws IOException {
    Path file = java.nio.file.Files.writeString(directory.resolve("x.c"), "int x(void) { }\n");
    assertThat(RunResult.of(directory, "parse", "--functions", file.toString()).out())
        .isEqualTo("x.c:1-1: x\n");
  }

  @Test
  void misuseIsSaidWithoutABeginningOfAReport() {
    for (String[] arguments :
        new String[][] {
          {"--format", "json", "nope"},
          {"--arch", "vax", "--format", "json"},
          {"--threads", "0"},
          {"--errors", "--functions"},
          {"--format", "xml"}
        }) {
      if (arguments[1].equals("vax")) {
        tree.root().resolve("arch/x86").toFile().mkdirs();
      }
      RunResult run = parse(arguments);
      assertThat(run.exit()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("gfplint: ");
    }
  }
}
