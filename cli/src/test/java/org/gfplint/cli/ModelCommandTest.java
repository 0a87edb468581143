package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private RunResult model(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "model";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return RunResult.of(directory, all);
  }

  @Test
  void saysWhatACallDoesAndWhatIsWrongWithIt() {
    RunResult run = model("__vmalloc", "GFP_NOFS | __GFP_ZERO", "--size", "64K", "--kernel=4.16");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("__vmalloc(GFP_NOFS|__GFP_ZERO) of 65536 bytes (order 4) on Linux 4.16\n")
        .containsPattern("(?m)^effective +GFP_NOFS\\|__GFP_ZERO$")
        .containsPattern("(?m)^ +page-table +GFP_KERNEL\\|__GFP_ZERO  \\(with __GFP_FS\\)$")
        .containsPattern("(?m)^may +sleep, enter direct reclaim, start IO, enter filesystems")
        .containsPattern("(?m)^returns +NULL is possible$")
        .containsPattern("(?m)^wrong +restriction-ignored: ")
        .containsPattern("(?m)^because +vmalloc allocates page tables with GFP_KERNEL whatever")
        .contains("mm/vmalloc.c:vmap_page_range)");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 92);
  }

  @Test
  void aScopeAndAContextAreTakenIntoAccount() {
    RunResult run =
        model(
            "kmalloc",
            "GFP_KERNEL",
            "--scope=nofs",
            "--scope=noio",
            "--context=spinlock",
            "--kernel=6.1",
            "--rt");
    assertThat(run.out())
        .contains(
            ", in a nofs scope, in that a noio scope, where a spinlock is held, on PREEMPT_RT")
        .containsPattern("(?m)^effective +GFP_NOIO  \\(without __GFP_IO\\|__GFP_FS\\)$")
        .containsPattern("(?m)^wrong +sleeps-in-atomic: ")
        .containsPattern("(?m)^note +scope-narrows: ");
    assertThat(run.exit()).isZero();
  }

  @Test
  void jsonIsOneObject() throws IOException {
    RunResult run =
        model("kvmalloc", "GFP_NOFS", "--size=64K", "--kernel=5.0", "--format=json", "--rt");
    JsonNode answer = JSON.readTree(run.out());
    assertThat(answer.get("effective")).hasSize(3);
    assertThat(answer.get("rt").booleanValue()).isTrue();
    assertThat(answer.get("may").toString()).contains("\"no-fallback\"");
    assertThat(answer.at("/violations/0/kind").textValue()).isEqualTo("fallback-lost");
    assertThat(answer.at("/violations/0/certain").booleanValue()).isTrue();
    String deciding = answer.at("/violations/0/facts/0").textValue();
    assertThat(answer.get("facts").findValuesAsText("id")).contains(deciding);
  }

  @Test
  void versionsStandSideBySide() throws IOException {
    String[] query = {"__vmalloc", "GFP_NOFS", "--size=64K", "--compare=4.16,5.17"};
    RunResult run = model(query);
    assertThat(run.out())
        .containsPattern("(?m)^ +4\\.16 +5\\.17$")
        .containsPattern("(?m)^  effective +GFP_NOFS +GFP_NOFS$")
        .containsPattern("(?m)^\\* page-table +GFP_KERNEL\\|__GFP_ZERO +GFP_NOFS\\|__GFP_ZERO$")
        .containsPattern("(?m)^\\* may fs-reclaim +yes +no$")
        .containsPattern("(?m)^\\* wrong +restriction-ignored +-$")
        .contains("Facts that not all of them share:\n- vmalloc allocates page tables with GFP_K");
    JsonNode array = JSON.readTree(model(with(query, "--format=json")).out());
    assertThat(array).hasSize(2);
    assertThat(array.findValuesAsText("kernel")).containsExactly("4.16", "5.17");
  }

  @Test
  void aVersionWithoutTheApiDoesNotHideTheOthers() throws IOException {
    String[] query = {"kvmalloc", "GFP_KERNEL", "--compare=4.10,4.16"};
    RunResult run = model(query);
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^  effective +no answer +GFP_KERNEL$")
        .contains("Nothing differs.", "4.10: kvmalloc does not exist in 4.10 (since 4.12)");
    JsonNode array = JSON.readTree(model(with(query, "--format=json")).out());
    assertThat(array.at("/0/error").textValue()).contains("does not exist in 4.10");
    assertThat(array.at("/1/returns").textValue()).isEqualTo("may-be-null");
  }

  private static String[] with(String[] arguments, String one) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = one;
    return all;
  }

  @Test
  void aBatchAnswersEveryLineThatItCan() throws IOException {
    Files.writeString(
        directory.resolve("queries"),
        """
        {"api":"kmalloc","mask":"GFP_NOFS","size":64,"kernel":"6.1"}
        {"api":"kmaloc","mask":"GFP_NOFS","size":64,"kernel":"6.1"}

        {"api":"kmalloc",
        {"api":"alloc_pages","mask":"GFP_KERNEL","order":4,"kernel":"4.10","scope":["noio"]}
        {"api":"kmalloc","mask":"GFP_KERNEL"}
        """);
    RunResult run = model("--batch", "queries");
    assertThat(run.exit()).isEqualTo(2);
    List<JsonNode> answers = objects(run);
    assertThat(answers).hasSize(5);
    assertThat(answers.get(0).get("returns").textValue()).isEqualTo("may-be-null");
    assertThat(answers.get(1).get("error").textValue())
        .startsWith("line 2: unknown allocator 'kmaloc'; did you mean kmalloc");
    assertThat(answers.get(1).at("/nearest/0").textValue()).isEqualTo("kmalloc");
    assertThat(answers.get(2).get("line").intValue()).isEqualTo(4);
    assertThat(answers.get(2).get("error").textValue()).contains("not JSON");
    assertThat(answers.get(3).get("may").toString()).isEqualTo("[\"sleep\",\"direct-reclaim\"]");
    assertThat(answers.get(4).get("error").textValue()).contains("field 'kernel' is missing");
    // A version for all lines that name none.
    RunResult again = model("--batch", "queries", "--kernel", "5.17");
    assertThat(objects(again).get(4).get("kernel").textValue()).isEqualTo("5.17");
    assertThat(objects(again).get(0).get("kernel").textValue()).isEqualTo("6.1");
  }

  @Test
  void aSoundBatchSucceeds() throws IOException {
    String line = "{\"api\":\"vmalloc\",\"kernel\":\"6.12\"}\n";
    Files.writeString(directory.resolve("queries"), line.repeat(100));
    RunResult run = model("--batch", "queries", "--format", "json");
    assertThat(run.exit()).isZero();
    assertThat(objects(run)).hasSize(100);
  }

  private static List<JsonNode> objects(RunResult run) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      objects.add(JSON.readTree(line));
    }
    return objects;
  }

  @Test
  void theVersionIsThatOfTheTree() throws IOException {
    SmallTree tree = SmallTree.in(directory);
    RunResult named = model("kmalloc", "GFP_KERNEL", "--tree", "linux");
    RunResult inside = RunResult.of(tree.root(), "model", "kmalloc", "GFP_KERNEL");
    for (RunResult run : List.of(named, inside)) {
      assertThat(run.out()).startsWith("kmalloc(GFP_KERNEL) on Linux 4.16\n");
      assertThat(run.err())
          .isEqualTo(
              "gfplint: answering for 4.16, the version of " + tree.root().toRealPath() + "\n");
    }
    RunResult none = model("kmalloc", "GFP_KERNEL");
    assertThat(none.out()).startsWith("kmalloc(GFP_KERNEL) on Linux 6.12\n");
    assertThat(none.err()).contains("no --kernel, and not in a kernel tree: answering for 6.12");
  }

  @Test
  void withoutApiListsThoseOfTheVersion() throws IOException {
    RunResult old = model("--kernel", "4.10");
    assertThat(old.out())
        .containsPattern("(?m)^slab +\\S")
        .containsPattern(" kmalloc/2\\s")
        .containsPattern(" vmalloc\\s")
        .doesNotContain(" kvmalloc");
    JsonNode list = JSON.readTree(model("--kernel", "6.12", "--format", "json").out());
    assertThat(list.get("apis").findValuesAsText("name")).contains("kvmalloc", "folio_alloc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "kmaloc GFP_KERNEL --kernel 6.1; unknown allocator 'kmaloc'; did you mean kmalloc",
        "kmalloc GFP_KERNAL --kernel 6.1; unknown flag 'GFP_KERNAL'; did you mean GFP_KERNEL",
        "kmalloc GFP_KERNEL --scope nofz --kernel 6.1; unknown scope 'nofz'; did you mean nofs",
        "kmalloc GFP_KERNEL --context spinlok --kernel 6.1; unknown context 'spinlok'; spinlock?",
        "kmalloc GFP_KERNEL --kernel six; not a kernel version: 'six'; six",
        "kmalloc GFP_KERNEL --compare 6.1,six; not a kernel version: 'six'; six",
        "kvmalloc GFP_KERNEL --compare 4.10,4.11; kvmalloc does not exist in 4.11; since 4.12",
        "kmalloc GFP_KERNEL --size big --kernel 6.1; not a size: 'big'; 64K",
        "kmalloc GFP_KERNEL --order x --kernel 6.1; not a page order: 'x'; x",
        "kmalloc GFP_KERNEL --size 1 --order 1; give either --size or --order; --order",
        "kmalloc --kernel 6.1; kmalloc needs a mask; mask",
        "--size 64; name an allocator; gfplint model kmalloc",
        "--batch none; there is no none; none",
        "kmalloc --batch none; --batch takes its queries from a file; --kernel",
        "--batch none --format text; --batch answers in JSON; JSON",
        "kmalloc GFP_KERNEL --compare 6.1 --kernel 6.1; give either --kernel or --compare; give",
        "kmalloc GFP_KERNEL --tree missing; there is no missing; missing",
        "kmalloc GFP_KERNEL --fromat json; does not know '--fromat'; did you mean '--format'",
      })
  void aBadQuestionIsToldSo(String command, String message, String hint) {
    RunResult run = model(command.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gfplint: ").contains(message, hint);
  }

  @Test
  void aNameCannotSendTerminalSequences() {
    RunResult run = model("kma\u001b[2Jlloc", "GFP_KERNEL", "--kernel=6.1");
    assertThat(run.err()).contains("\\x1b[2J").doesNotContain("\u001b");
  }

  @Test
  void aMaskWithoutEndIsNoMask() {
    RunResult run = model("kmalloc", "(".repeat(100_000), "--kernel=6.1");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("gfplint: not a gfp mask: it is nested too deeply\n");
  }

  @Test
  void coloursAreForTerminals() {
    String[] command = {"model", "kmalloc", "GFP_KERNEL", "--kernel=6.1", "--context=nmi"};
    RunResult plain = RunResult.of(directory, command);
    RunResult screen = RunResult.of(directory, Map.of(), true, command);
    assertThat(screen.out()).contains("\u001b[1;31mwrong\u001b[0m ");
    assertThat(screen.out().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.out());
  }
}
