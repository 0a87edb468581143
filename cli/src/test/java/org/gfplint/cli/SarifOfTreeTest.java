package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gfplint.report.SarifSchema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log of SARIF says of the code that it is about. */
class SarifOfTreeTest {
  private static final String HASH = "/results/0/partialFingerprints/primaryLocationLineHash";
  private static final String PROVENANCE = "/versionControlProvenance/0";

  @TempDir private Path directory;
  private SmallTree tree;
  private ScratchRepository git;

  @BeforeEach
  void makeRepository() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/old.c", SmallTree.CONTRADICTION);
    git = ScratchRepository.of(tree);
  }

  private JsonNode run(String... more) throws IOException {
    String[] arguments = new String[more.length + 3];
    System.arraycopy(new String[] {"check", "--format", "sarif"}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    RunResult result = git.gfplint(arguments);
    assertThat(SarifSchema.violations(result.out())).as(result.err()).isEmpty();
    return new ObjectMapper().readTree(result.out()).at("/runs/0");
  }

  @Test
  void theHashOfALineStaysWhenLinesMoveAndIsOfTheCodeThatWasChecked() throws IOException {
    String before = run().at(HASH).asText();
    assertThat(before).matches("[0-9a-f]{1,16}:1");
    tree.write("fs/old.c", "/* moved */\n\n" + SmallTree.CONTRADICTION.replace("\t", "    "));
    assertThat(run().at(HASH).asText()).isEqualTo(before);
    tree.write("fs/old.c", SmallTree.CONTRADICTION.replace("64", "65"));
    String changed = run().at(HASH).asText();
    assertThat(changed).matches("[0-9a-f]{1,16}:1").isNotEqualTo(before);
    // The index counts, whatever lies on disk.
    git.stage("fs/new.c", SmallTree.CONTRADICTION.replace("64", "65"));
    tree.write("fs/new.c", SmallTree.CLEAN);
    assertThat(run("--staged").at(HASH).asText()).isEqualTo(changed);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/a/linux.git, https://example.org/a/linux.git",
    "https://somebody:s3cret@example.org:8443/linux.git?token=s3cret#s3cret,"
        + " https://example.org:8443/linux.git",
    "ssh://git:s3cret@example.org/linux.git, ssh://example.org/linux.git",
    "s3cret@example.org:a/linux.git, ssh://example.org/a/linux.git",
    "git://example.org/linux.git, git://example.org/linux.git"
  })
  void theRepositoryIsNamedWithoutWhatIsSecret(String remote, String uri) throws IOException {
    git.git("config", "remote.origin.url", remote);
    JsonNode from = run().at(PROVENANCE);
    assertThat(from.at("/repositoryUri").asText()).isEqualTo(uri);
    assertThat(from.at("/revisionId").asText()).isEqualTo(git.git("rev-parse", "HEAD"));
    assertThat(from.at("/branch").asText()).isEqualTo("main");
    assertThat(from.at("/mappedTo/uriBaseId").asText()).isEqualTo("%SRCROOT%");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../linux.git",
        "/srv/linux.git",
        "file:///srv/linux.git",
        "ext::sh -c x",
        "c"
      })
  void anAddressThatMeansNothingToOthersIsLeftOut(String remote) throws IOException {
    git.git("config", "remote.origin.url", remote);
    assertThat(run().has("versionControlProvenance")).isFalse();
  }

  @Test
  void aPasswordThatTheConfigurationPutsInIsNotShown() throws IOException {
    git.git("config", "remote.origin.url", "https://example.org/linux.git");
    git.git("config", "url.https://s3cret@example.org/.insteadOf", "https://example.org/");
    assertThat(run().toString()).doesNotContain("s3cret");
  }

  @Test
  void theRemoteIsTheOneThatTheBranchFollows() throws IOException {
    git.git("config", "remote.origin.url", "https://example.org/linux.git");
    git.git("config", "remote.other.url", "https://example.org/other.git");
    git.git("config", "branch.main.remote", "other");
    assertThat(run().at(PROVENANCE + "/repositoryUri").asText())
        .isEqualTo("https://example.org/other.git");
  }

  @Test
  void theRevisionIsTheOneThatIsLookedAt() throws IOException {
    git.git("config", "remote.origin.url", "https://example.org/linux.git");
    String first = git.git("rev-parse", "HEAD");
    git.stage("fs/new.c", SmallTree.VMALLOC);
    git.git("commit", "-q", "-m", "more");
    git.git("checkout", "-q", "--detach");
    JsonNode from = run().at(PROVENANCE);
    assertThat(from.at("/revisionId").asText()).isEqualTo(git.git("rev-parse", "HEAD"));
    assertThat(from.has("branch")).isFalse();
    assertThat(run("--diff", "HEAD.." + first).at(PROVENANCE + "/revisionId").asText())
        .isEqualTo(first);
    assertThat(run("--diff", first).at(PROVENANCE + "/revisionId").asText()).isNotEqualTo(first);
  }

  @Test
  void aTreeInsideOfAnotherRepositoryIsNotThatOnes() throws IOException {
    ScratchRepository outer =
        new ScratchRepository(
            SmallTree.in(Files.createDirectories(directory.resolve("outer"))),
            directory.resolve("outer").toRealPath(),
            git.home());
    outer.tree().write("fs/old.c", SmallTree.CONTRADICTION);
    outer.git("init", "-q");
    outer.git("config", "remote.origin.url", "https://example.org/outer.git");
    outer.git("commit", "-q", "--allow-empty", "-m", "begin");
    git = outer.in(outer.tree().root());
    assertThat(run().has("versionControlProvenance")).isFalse();
    outer.git("add", "-A");
    outer.git("commit", "-q", "-m", "with the tree");
    JsonNode from = run().at(PROVENANCE);
    assertThat(from.at("/repositoryUri").asText()).isEqualTo("https://example.org/outer.git");
    // %SRCROOT% is a directory of it, not the whole.
    assertThat(from.has("mappedTo")).isFalse();
  }

  @Test
  void aCategoryTellsLogsOfACommitApart() throws IOException {
    assertThat(run("--category", "x86").at("/automationDetails/id").asText()).isEqualTo("x86/");
    assertThat(run("--category", "a/b/").at("/automationDetails/id").asText()).isEqualTo("a/b/");
    assertThat(run().has("automationDetails")).isFalse();
    RunResult misused = git.gfplint("check", "--category", "x86");
    assertThat(misused.exit()).isEqualTo(2);
    assertThat(misused.err()).contains("--category is for reports in sarif");
    assertThat(git.gfplint("check", "--format", "sarif", "--category", " ").exit()).isEqualTo(2);
  }

  @Test
  void everyRuleSaysHowSureItIsInWordsThatHostsKnow() throws IOException {
    JsonNode rules = run().at("/tool/driver/rules");
    assertThat(rules.findValuesAsText("precision"))
        .hasSameSizeAs(rules)
        .isSubsetOf("high", "medium", "low")
        .contains("medium");
    assertThat(rules.findValuesAsText("problem.severity"))
        .hasSameSizeAs(rules)
        .containsAll(List.of("error", "warning", "recommendation"));
    for (JsonNode rule : rules) {
      assertThat(rule.at("/properties/tags")).hasSizeBetween(1, 10);
      assertThat(rule.at("/help/markdown").asText()).startsWith("# " + rule.at("/id").asText());
    }
  }
}
