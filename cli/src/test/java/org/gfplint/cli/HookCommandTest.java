package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gfplint.rules.Rule;
import org.gfplint.rules.RulePage;
import org.gfplint.rules.Rules;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook in real repositories: git starts it, and it starts gfplint in a process of its own. */
class HookCommandTest {
  @TempDir private Path directory;
  private SmallTree tree;
  private ScratchRepository git;

  @BeforeEach
  void makeRepository() throws IOException {
    // A blank and a quote, as some directories have them.
    tree = SmallTree.in(Files.createDirectories(directory.resolve("a person's")));
    tree.write("fs/clean.c", SmallTree.CLEAN);
    tree.write("fs/old.c", SmallTree.CONTRADICTION);
    git = ScratchRepository.of(tree);
  }

  /** Runs gfplint in the repository as if the launcher had started it. */
  private RunResult gfplint(ScratchRepository where, String... arguments) throws IOException {
    Path launcher = git.home().resolve("gfplint");
    if (!Files.exists(launcher)) {
      Files.writeString(
          launcher,
          "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '%s' org.gfplint.cli.Main \"$@\"\n"
              .formatted(
                  ProcessHandle.current().info().command().orElseThrow(),
                  System.getProperty("java.class.path")));
      Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Map<String, String> environment = new HashMap<>(where.environment());
    environment.put("GFPLINT_LAUNCHER", launcher.toString());
    return RunResult.of(where.root(), environment, false, arguments);
  }

  private void install() throws IOException {
    RunResult result = gfplint(git, "hook", "install");
    assertThat(result.exit()).as(result.err()).isZero();
  }

  private RunResult commit(String... more) throws IOException {
    return commit(Map.of(), more);
  }

  private RunResult commit(Map<String, String> environment, String... more) throws IOException {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "commit";
    arguments[1] = "-m";
    arguments[2] = "change";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return git.tryGit(environment, arguments);
  }

  private int commits() throws IOException {
    return Integer.parseInt(git.git("rev-list", "--count", "HEAD"));
  }

  private void assertBlocked(RunResult result, String message) throws IOException {
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.err()).contains(message, "the commit was stopped: it would bring in");
  }

  @Test
  void aCleanCommitPassesAndABadOneIsStopped() throws IOException {
    install();
    git.stage("fs/clean.c", SmallTree.CLEAN + SmallTree.CLEAN.replace("demo", "more"));
    RunResult clean = commit();
    assertThat(clean.exit()).as(clean.err()).isZero();
    // Tests have a library that says it is not set up.
    assertThat(clean.err().lines().filter(l -> !l.startsWith("SLF4J")))
        .singleElement()
        .asString()
        .contains("has no index");

    git.stage("fs/old.c", "/* moved */\n" + SmallTree.CONTRADICTION);
    git.stage("fs/clean.c", SmallTree.VMALLOC);
    RunResult bad = commit();
    assertBlocked(bad, "fs/clean.c:3:9: error: ");
    assertThat(bad.err()).contains("[GFP101 vmalloc-restricted]").doesNotContain("fs/old.c");
    assertThat(commits()).isEqualTo(2);
  }

  static Stream<String> rules() {
    return Rules.all().stream().map(Rule::info).map(info -> info.name());
  }

  /** The example of each rule's page, added to the version that it is about. */
  @ParameterizedTest
  @MethodSource("rules")
  void eachKindOfFindingIsStopped(String rule) throws IOException {
    String wrong = RulePage.of(rule).code("Wrong").get(0);
    String[] version =
        wrong.lines().findFirst().orElseThrow().replaceAll("/\\* kernel: | \\*/", "").split("\\.");
    git.stage(
        "Makefile", "VERSION = %s\nPATCHLEVEL = %s\nSUBLEVEL = 0\n".formatted((Object[]) version));
    git.git("commit", "-q", "--allow-empty", "-m", "version");
    install();
    git.stage("fs/new.c", wrong);
    String name = Rules.find(rule).orElseThrow().info().id() + " " + rule;
    // Where the tree's settings want to know of everything.
    git.stage(
        ".gfplint.yaml",
        "fail-on: note\nconfidence: low\nrt: " + wrong.contains("/* options: --rt */") + "\n");
    RunResult strict = commit();
    assertBlocked(strict, "fs/new.c:");
    assertThat(strict.err()).contains("[" + name + "]");
    git.git("rm", "-q", "-f", ".gfplint.yaml");

    RunResult shown = git.gfplint("check", "--staged");
    RunResult result = commit();
    if (shown.exit() == 1) {
      assertBlocked(result, "fs/new.c:");
      assertThat(shown.out().lines().filter(l -> l.contains("]"))).allMatch(result.err()::contains);
    } else {
      // A note, or less than sure.
      assertThat(result.exit()).as(result.err()).isZero();
    }
  }

  @Test
  void onlyWhatIsStagedCounts() throws IOException {
    install();
    git.stage("fs/clean.c", SmallTree.VMALLOC);
    tree.write("fs/clean.c", SmallTree.CLEAN);
    assertBlocked(commit(), "fs/clean.c:3:");
    git.git("add", "fs/clean.c");
    git.stage("fs/more.c", SmallTree.CLEAN);
    tree.write("fs/clean.c", SmallTree.VMALLOC);
    assertThat(commit().exit()).isZero();
    // All of the work tree, and one file alone: git makes an index of its own for each.
    assertBlocked(commit("-a"), "fs/clean.c:3:");
    tree.write("fs/old.c", SmallTree.CLEAN);
    assertThat(commit("fs/old.c").exit()).isZero();
    assertBlocked(commit("fs/clean.c"), "fs/clean.c:3:");
  }

  @Test
  void anAmendedCommitIsCheckedForWhatTheAmendmentBringsIn() throws IOException {
    install();
    git.stage("fs/more.c", SmallTree.CLEAN);
    assertThat(commit().exit()).isZero();
    git.stage("fs/more.c", SmallTree.VMALLOC);
    assertBlocked(commit("--amend"), "fs/more.c:3:");
    git.stage("fs/more.c", SmallTree.CLEAN + "/* more */\n");
    assertThat(commit("--amend").exit()).isZero();
    assertThat(commits()).isEqualTo(2);
  }

  @Test
  void aMergeIsStoppedForWhatNoneOfItsParentsHas() throws IOException {
    git.git("checkout", "-q", "-b", "topic");
    // Committed before there was a hook: not the merge's fault.
    git.stage("fs/topic.c", SmallTree.VMALLOC);
    git.stage("fs/clean.c", SmallTree.CONTRADICTION);
    git.git("commit", "-q", "-m", "topic");
    git.git("checkout", "-q", "main");
    git.stage("fs/clean.c", SmallTree.CLEAN.replace("64", "128"));
    git.git("commit", "-q", "-m", "main");
    install();
    assertThat(git.tryGit(Map.of(), "merge", "topic").exit()).isEqualTo(1);
    git.stage("fs/clean.c", SmallTree.CONTRADICTION + SmallTree.VMALLOC);
    RunResult bad = commit();
    assertBlocked(bad, "fs/clean.c:7:9: error: ");
    assertThat(bad.err()).doesNotContain("GFP105", "topic.c");
    git.stage("fs/clean.c", SmallTree.CONTRADICTION + "/* both */\n");
    assertThat(commit().exit()).isZero();
    assertThat(git.git("rev-list", "--count", "--merges", "HEAD")).isEqualTo("1");
  }

  @Test
  void otherWorkTreesHaveTheHookToo() throws IOException {
    Path other = directory.resolve("other");
    git.git("worktree", "add", "-q", other.toString());
    ScratchRepository there = git.in(other.toRealPath());
    RunResult installed = gfplint(there, "hook", "install");
    assertThat(installed.err()).contains("installed " + tree.root().resolve(".git/hooks"));
    there.stage("fs/clean.c", SmallTree.VMALLOC);
    RunResult bad = there.tryGit(Map.of(), "commit", "-m", "change");
    assertBlocked(bad, "fs/clean.c:3:9: error: ");
    git.stage("fs/clean.c", SmallTree.VMALLOC);
    assertBlocked(commit(), "fs/clean.c:3:9: error: ");
    there.git("reset", "-q", "--hard");
    there.stage("fs/clean.c", "/* more */\n" + SmallTree.CLEAN);
    assertThat(there.tryGit(Map.of(), "commit", "-m", "change").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHookThatIsThereIsKeptAndRunsFirst(boolean configured) throws IOException {
    Path hooks = tree.root().resolve(configured ? "my hooks" : ".git/hooks");
    if (configured) {
      git.git("config", "core.hooksPath", "my hooks");
    }
    Files.createDirectories(hooks);
    Path hook = hooks.resolve("pre-commit");
    String script = "#!/bin/sh\necho first hook >&2\ntest ! -e fail\n";
    Files.writeString(hook, script);
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    install();
    RunResult again = gfplint(git, "hook", "install");
    assertThat(again.err())
        .contains("renewed ", "is kept as pre-commit.before-gfplint and runs first");
    assertThat(again.err().contains("core.hooksPath is set")).isEqualTo(configured);

    git.stage("fs/clean.c", SmallTree.VMALLOC);
    RunResult bad = commit();
    assertBlocked(bad, "fs/clean.c:3:");
    assertThat(bad.err()).startsWith("first hook\n");
    tree.write("fail", "");
    RunResult failed = commit();
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).isEqualTo("first hook\n");
    Files.delete(tree.root().resolve("fail"));

    assertThat(gfplint(git, "hook", "uninstall").err()).contains("put back ");
    assertThat(Files.readString(hook)).isEqualTo(script);
    assertThat(Files.isExecutable(hook)).isTrue();
    assertThat(commit().err()).isEqualTo("first hook\n");
    assertThat(gfplint(git, "hook", "uninstall").err()).contains("nothing was changed");
    assertThat(Files.readString(hook)).isEqualTo(script);
  }

  @Test
  void uninstallLeavesNothing() throws IOException {
    Path hooks = tree.root().resolve(".git/hooks");
    List<Path> before;
    try (Stream<Path> files = Files.list(hooks)) {
      before = files.sorted().toList();
    }
    install();
    gfplint(git, "hook", "uninstall");
    try (Stream<Path> files = Files.list(hooks)) {
      assertThat(files.sorted().toList()).isEqualTo(before);
    }
    git.stage("fs/clean.c", SmallTree.VMALLOC);
    assertThat(commit().exit()).isZero();
  }

  @Test
  void twoForeignHooksAreNotMixedUp() throws IOException {
    install();
    Path hooks = tree.root().resolve(".git/hooks");
    Files.writeString(hooks.resolve("pre-commit"), "one");
    Files.writeString(hooks.resolve("pre-commit.before-gfplint"), "two");
    RunResult result = gfplint(git, "hook", "install");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("take one of them away");
    assertThat(Files.readString(hooks.resolve("pre-commit"))).isEqualTo("one");
  }

  @Test
  void itCanBeSkipped() throws IOException {
    install();
    git.stage("fs/clean.c", SmallTree.VMALLOC);
    assertBlocked(commit(Map.of("SKIP", "gfplints")), "fs/clean.c:3:");
    assertThat(commit(Map.of("SKIP", "other,gfplint")).exit()).isZero();
    git.stage("fs/clean.c", SmallTree.VMALLOC + SmallTree.VMALLOC.replace("demo", "more"));
    assertThat(commit("--no-verify").exit()).isZero();
  }

  @Test
  void aLauncherThatIsGoneIsSaid() throws IOException {
    install();
    Files.delete(git.home().resolve("gfplint"));
    git.stage("fs/clean.c", SmallTree.CLEAN + "\n");
    RunResult result = commit();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains(" is gone: 'gfplint hook install' again");
  }

  @Test
  void anotherRepositoryIsLeftAlone() throws IOException {
    ScratchRepository plain =
        git.in(Files.createDirectories(directory.resolve("plain")).toRealPath());
    plain.git("init", "-q");
    plain.stage("fs/clean.c", SmallTree.VMALLOC);
    assertThat(gfplint(plain, "hook", "run").exit()).isZero();
    assertThat(gfplint(plain, "hook", "install").exit()).isEqualTo(2);
    assertThat(plain.root().resolve(".git/hooks/pre-commit")).doesNotExist();
  }

  @Test
  void aTreeBelowTheTopIsFound() throws IOException {
    ScratchRepository outer =
        new ScratchRepository(
            SmallTree.in(Files.createDirectories(directory.resolve("outer"))),
            directory.resolve("outer").toRealPath(),
            git.home());
    outer.git("init", "-q");
    outer.git("add", "-A");
    outer.git("commit", "-q", "-m", "begin");
    assertThat(gfplint(outer.in(outer.root().resolve("linux")), "hook", "install").exit()).isZero();
    outer.tree().write("fs/clean.c", SmallTree.VMALLOC);
    outer.git("add", "-A");
    assertBlocked(outer.tryGit(Map.of(), "commit", "-m", "change"), "fs/clean.c:3:9: error: ");
    assertBlocked(
        outer.in(outer.root().resolve("linux/fs")).tryGit(Map.of(), "commit", "-am", "change"),
        "fs/clean.c:3:9: error: ");
  }
}
