package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change brings in: staged, between revisions, in a patch. */
class ChangesTest {
  /** Takes a lock around a call; the call is three files and two functions away from kmalloc. */
  private static final String LOCKED =
      """
      int demo_top(struct demo *d)
      {
      	int error;

      	spin_lock(&d->lock);
      	error = demo_middle(d);
      	spin_unlock(&d->lock);
      	return error;
      }
      """;

  private static final String UNLOCKED = LOCKED.replaceAll(".*spin.*\n", "");

  @TempDir private Path directory;
  private SmallTree tree;
  private ScratchRepository git;

  @BeforeEach
  void makeRepository() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/old.c", SmallTree.CONTRADICTION + SmallTree.CLEAN);
    tree.write("fs/clean.c", SmallTree.CLEAN);
    tree.write(
        "include/linux/demo.h",
        "struct demo { spinlock_t lock; void *p; };\nint demo_middle(struct demo *d);\n");
    tree.write("fs/top.c", "#include <linux/demo.h>\n" + UNLOCKED);
    tree.write(
        "mm/middle.c",
        """
        #include <linux/demo.h>
        int demo_middle(struct demo *d)
        {
        	return demo_bottom(d);
        }
        """);
    tree.write(
        "lib/bottom.c",
        """
        #include <linux/demo.h>
        int demo_bottom(struct demo *d)
        {
        	d->p = kmalloc(64, GFP_KERNEL);
        	return d->p ? 0 : -1;
        }
        """);
    git = ScratchRepository.of(tree);
  }

  private void index() {
    assertThat(git.gfplint("index").exit()).isZero();
  }

  private RunResult staged() {
    return git.gfplint("check", "--staged", "--confidence", "low");
  }

  @Test
  void onlyWhatIsNewInChangedFunctionsIsReported() throws IOException {
    index();
    assertThat(staged().exit()).isZero();
    git.stage("fs/clean.c", SmallTree.CLEAN.replace("64", "65"));
    git.stage(
        "fs/old.c",
        "/* a line */\n".repeat(40)
            + SmallTree.CONTRADICTION.replace("void *demo", "void __must_check *demo")
            + SmallTree.CLEAN);
    assertThat(staged().out()).isEmpty();
    assertThat(staged().exit()).isZero();
    git.stage("fs/clean.c", SmallTree.CLEAN.replace("GFP_KERNEL", "GFP_KERNEL | GFP_NOFS"));
    RunResult result = staged();
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("fs/clean.c:3:21: warning: ")
        .doesNotContain("fs/old.c", "no index");
    assertThat(result.err()).doesNotContain("index");
  }

  @Test
  void aSecondOfTheSameIsNewAndTheOneOnTheChangedLine() throws IOException {
    git.stage(
        "fs/old.c",
        "static void *demo_node(void)\n{\n\tif (x)\n"
            + "\t\treturn kmalloc(64, GFP_KERNEL | GFP_NOFS);\n"
            + "\treturn kmalloc(64, GFP_KERNEL | GFP_NOFS);\n}\n"
            + SmallTree.CLEAN);
    assertThat(staged().out()).startsWith("fs/old.c:4:").doesNotContain("fs/old.c:5:");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLockTakenInOneFileReachesARequestInAnother(boolean indexed) throws IOException {
    if (indexed) {
      index();
    }
    git.stage("fs/top.c", "#include <linux/demo.h>\n" + LOCKED);
    RunResult result = staged();
    if (indexed) {
      assertThat(result.exit()).as(result.err()).isEqualTo(1);
      assertThat(result.out())
          .startsWith("lib/bottom.c:4:")
          .contains("[GFP301 sleep-in-atomic]", "fs/top.c:6:");
      assertThat(result.err()).doesNotContain("has no index");
    } else {
      assertThat(result.err().lines().filter(l -> l.contains("has no index"))).hasSize(1);
      assertThat(result.err()).contains("'gfplint index', once, would add");
    }
  }

  @Test
  void withoutAnIndexDirectCallersAreStillSeen() throws IOException {
    tree.write("fs/top.c", "#include <linux/demo.h>\n" + LOCKED);
    git.git("commit", "-q", "-a", "-m", "lock");
    git.stage(
        "mm/middle.c",
        """
        #include <linux/demo.h>
        int demo_middle(struct demo *d)
        {
        	d->p = kmalloc(64, GFP_KERNEL);
        	return demo_bottom(d);
        }
        """);
    RunResult result = staged();
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out()).startsWith("mm/middle.c:4:").contains("fs/top.c:6:");
  }

  @Test
  void theIndexCountsNotTheWorkTree() throws IOException {
    index();
    git.stage("fs/clean.c", SmallTree.CONTRADICTION);
    tree.write("fs/clean.c", SmallTree.CLEAN);
    assertThat(staged().out()).startsWith("fs/clean.c:3:");
    git.git("add", "fs/clean.c");
    tree.write("fs/clean.c", SmallTree.CONTRADICTION);
    assertThat(staged().exit()).isZero();
    // What lies unstaged in other files does not count either.
    tree.write("lib/bottom.c", "int demo_bottom(struct demo *d)\n{\n\treturn 0;\n}\n");
    git.stage("fs/top.c", "#include <linux/demo.h>\n" + LOCKED);
    assertThat(staged().out()).startsWith("lib/bottom.c:4:");
  }

  @Test
  void filesComeGoAndMove() throws IOException {
    index();
    git.git("mv", "fs/old.c", "mm/moved.c");
    assertThat(staged().out()).isEmpty();
    git.git("rm", "-q", "fs/clean.c");
    assertThat(staged().exit()).isZero();
    git.stage("mm/new.c", SmallTree.VMALLOC);
    assertThat(staged().out()).startsWith("mm/new.c:3:").doesNotContain("moved.c");
    git.stage("tools/new.c", SmallTree.CONTRADICTION);
    git.stage("README", "text\n");
    assertThat(staged().out()).doesNotContain("tools/");
  }

  @Test
  void theFirstCommitIsAllNew() throws IOException {
    git.git("checkout", "-q", "--orphan", "other");
    assertThat(staged().out()).startsWith("fs/old.c:3:").contains("GFP105");
  }

  @Test
  void revisionsAreCompared() throws IOException {
    git.git("checkout", "-q", "-b", "topic");
    git.stage("fs/clean.c", SmallTree.CONTRADICTION);
    git.git("commit", "-q", "-m", "bad");
    git.git("checkout", "-q", "main");
    git.stage("mm/middle.c", SmallTree.VMALLOC);
    git.git("commit", "-q", "-m", "bad, too");
    // The files on disk are those of main.
    RunResult topic = git.gfplint("check", "--diff", "main...topic");
    assertThat(topic.exit()).as(topic.err()).isEqualTo(1);
    assertThat(topic.out()).startsWith("fs/clean.c:3:").doesNotContain("middle.c");
    assertThat(git.gfplint("check", "--diff", "HEAD~1..").out()).startsWith("mm/middle.c:3:");
    assertThat(git.gfplint("check", "--diff", "HEAD..HEAD~1").exit()).isZero();
    assertThat(git.gfplint("check", "--diff", "HEAD").exit()).isZero();
    tree.write("lib/bottom.c", SmallTree.VMALLOC);
    assertThat(git.gfplint("check", "--diff", "HEAD").out()).startsWith("lib/bottom.c:3:");
    assertThat(git.gfplint("check", "--diff", "HEAD", "fs").exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such", "main..no-such", "..--output=x", "main:fs/old.c", "a b..c"})
  void aRevisionThatDoesNotExistIsAMistake(String range) {
    RunResult result = git.gfplint("check", "--diff=" + range);
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).startsWith("gfplint: git knows no revision '");
    assertThat(directory.resolve("linux/x")).doesNotExist();
  }

  @Test
  void outsideOfARepositoryThereIsNothingToCompare() throws IOException {
    SmallTree plain = SmallTree.in(Files.createDirectories(directory.resolve("plain")));
    RunResult result = RunResult.of(plain.root(), git.environment(), false, "check", "--staged");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("is not in the work tree of a git repository");
  }

  @Test
  void nothingThatTheRepositoryNamesIsRun() throws IOException {
    Path trace = directory.resolve("trace");
    String run = "sh -c 'touch " + trace + "; cat'";
    Path hooks = Files.createDirectories(directory.resolve("hooks"));
    for (String hook : List.of("post-index-change", "post-checkout", "reference-transaction")) {
      Path file = Files.writeString(hooks.resolve(hook), "#!/bin/sh\ntouch " + trace + "\n");
      file.toFile().setExecutable(true);
    }
    git.git("config", "core.fsmonitor", run);
    git.git("config", "filter.x.clean", run);
    git.git("config", "filter.x.process", run);
    git.git("config", "filter.x.required", "true");
    git.git("config", "diff.x.textconv", run);
    git.git("config", "diff.x.command", run);
    git.git("config", "diff.external", run);
    git.git("config", "core.pager", run);
    git.git("config", "core.sshCommand", run);
    git.git("config", "core.hooksPath", hooks.toString());
    git.git("config", "remote.origin.url", "ext::" + run);
    git.git("config", "remote.origin.promisor", "true");
    Files.writeString(
        directory.resolve("linux/.git/info/attributes"), "*.c filter=x diff=x\n*.h filter=x\n");
    Files.deleteIfExists(trace);
    tree.write("fs/clean.c", SmallTree.CONTRADICTION);
    assertThat(git.gfplint("check", "--staged").exit()).isZero();
    assertThat(git.gfplint("check", "--diff", "HEAD").exit()).isEqualTo(1);
    assertThat(git.gfplint("check", "--diff", "HEAD..HEAD").exit()).isZero();
    assertThat(trace).doesNotExist();
  }

  @Test
  void aTreeBelowTheTopOfARepositoryWorks() throws IOException {
    SmallTree inner = SmallTree.in(Files.createDirectories(directory.resolve("outer")));
    inner.write("fs/clean.c", SmallTree.CLEAN);
    ScratchRepository outer = new ScratchRepository(inner, inner.root().getParent(), git.home());
    outer.git("init", "-q");
    outer.git("add", "-A");
    outer.git("commit", "-q", "-m", "begin");
    inner.write("fs/clean.c", SmallTree.VMALLOC);
    outer.git("add", "-A");
    assertThat(outer.in(inner.root()).gfplint("check", "--staged").out())
        .startsWith("fs/clean.c:3:");
    assertThat(outer.in(inner.root()).gfplint("check", "--diff", "HEAD").out())
        .startsWith("fs/clean.c:3:");
  }

  @Test
  void aPatchIsJudgedWithoutBeingApplied() throws IOException {
    git.git("checkout", "-q", "-b", "topic");
    git.stage("fs/clean.c", "/* moved */\n" + SmallTree.CONTRADICTION);
    git.git("commit", "-q", "-m", "one: --- not a diff\n\n+++ neither");
    git.git("mv", "fs/old.c", "mm/moved.c");
    git.stage("fs/clean.c", "/* moved */\n" + SmallTree.VMALLOC);
    git.git("commit", "-q", "-m", "two");
    Path mail = directory.resolve("series.mbox");
    Files.writeString(mail, git.git("format-patch", "--stdout", "main..topic") + "\n");
    git.git("checkout", "-q", "main");
    String before = git.git("status", "--porcelain");

    RunResult result = git.gfplint("check", "--patch", mail.toString());
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("fs/clean.c:4:9: error: ")
        .contains("GFP101")
        .doesNotContain("GFP105", "moved.c");
    assertThat(git.git("status", "--porcelain")).isEqualTo(before);
  }

  /** Mail programs encode what has long lines or letters of other languages. */
  @ParameterizedTest
  @ValueSource(strings = {"quoted-printable", "base64", "attachment"})
  void aPatchInAnEncodedMailIsDecoded(String encoding) throws IOException {
    String before = SmallTree.CLEAN.replace("{", "{\t/* caf\u00e9 = */");
    git.stage("fs/clean.c", before);
    git.git("commit", "-q", "-m", "name");
    git.git("checkout", "-q", "-b", "topic");
    git.stage("fs/clean.c", before.replace("GFP_KERNEL", "GFP_KERNEL | GFP_NOFS"));
    git.git("commit", "-q", "-m", "bad");
    String diff = git.git("diff", "main", "topic") + "\n";
    git.git("checkout", "-q", "main");
    String mail =
        "From 1234567890 Mon Sep 17 00:00:00 2001\nFrom: A Person <person@example.org>\n"
            + "Subject: [PATCH] bad\nMIME-Version: 1.0\n"
            + body(encoding, "Say so.\n---\n" + diff + "-- \n2.39\n")
            + "\nFrom 1234567890 Mon Sep 17 00:00:00 2001\nSubject: [PATCH] plain\n\n"
            + "--- /dev/null\n+++ b/fs/b.c\n@@ -0,0 +1,4 @@\n"
            + SmallTree.VMALLOC.replaceAll("(?m)^", "+").replaceFirst("\\+$", "");
    Path file = directory.resolve("mail.mbox");
    Files.writeString(file, mail);
    RunResult result = git.gfplint("check", "--patch", file.toString());
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .startsWith("fs/b.c:3:9: error: ")
        .contains("\nfs/clean.c:3:21: warning: ", "GFP105");
  }

  private static String body(String encoding, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String type = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: ";
    String inBase64 = type + "base64\n\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n";
    return switch (encoding) {
      case "base64" -> inBase64;
      case "attachment" ->
          "Content-Type: multipart/mixed; boundary=xyz\n\n--xyz\nContent-Type: text/plain\n\n"
              + "See the attachment.\n--xyz\n"
              + inBase64.replace("text/plain", "text/x-patch")
              + "\n--xyz--\n";
      default -> {
        StringBuilder printable = new StringBuilder(type + "quoted-printable\n\n");
        int column = 0;
        for (byte b : bytes) {
          boolean plain = b >= ' ' && b < 127 && b != '=' || b == '\n';
          String written = plain ? "" + (char) b : String.format("=%02X", b);
          column = b == '\n' ? 0 : column + written.length();
          if (column > 60) {
            printable.append("=\n");
            column = written.length();
          }
          printable.append(written);
        }
        yield printable.toString();
      }
    };
  }

  @Test
  void settingsCountAsTheyAreStagedOrCommitted() throws IOException {
    String off = "rules: {contradictory-flags: off}\n";
    git.stage(".gfplint.yaml", off);
    tree.write(".gfplint.yaml", "");
    git.stage("fs/clean.c", SmallTree.CONTRADICTION);
    assertThat(staged().exit()).isZero();
    git.stage(".gfplint.yaml", "");
    tree.write(".gfplint.yaml", off);
    assertThat(staged().exit()).isEqualTo(1);
    git.git("commit", "-q", "-m", "on");
    git.stage(".gfplint.yaml", off);
    git.git("commit", "-q", "-m", "off");
    assertThat(git.gfplint("check", "--diff", "HEAD~2..HEAD").exit()).isZero();
    assertThat(git.gfplint("check", "--diff", "HEAD~2..HEAD~1").exit()).isEqualTo(1);
    // What is to be deleted does not count; what git does not know of does.
    git.git("rm", "-q", "--cached", ".gfplint.yaml");
    git.stage("fs/more.c", SmallTree.CONTRADICTION);
    assertThat(staged().exit()).isEqualTo(1);
    git.git("commit", "-q", "-m", "none");
    git.stage("fs/most.c", SmallTree.CONTRADICTION);
    assertThat(staged().exit()).isZero();
  }

  @Test
  void aMistakeInStagedSettingsNamesItsLine() throws IOException {
    git.stage(".gfplint.yaml", "rt: false\nconfidense: low\n");
    tree.write(".gfplint.yaml", "");
    RunResult result = staged();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains(".gfplint.yaml:2: unknown key 'confidense'; did you mean 'confidence'?");
  }

  @Test
  void aPatchWithoutGitAppliesWhereItsLinesMovedTo() throws IOException {
    SmallTree plain = SmallTree.in(Files.createDirectories(directory.resolve("plain")));
    plain.write("fs/a.c", "/* one */\n/* two */\n" + SmallTree.CLEAN);
    Path patch = directory.resolve("a.diff");
    Files.writeString(
        patch,
        """
        --- a/fs/a.c
        +++ b/fs/a.c
        @@ -2,3 +2,3 @@ static void *demo_clean(void)
         {
        -	return kmalloc(64, GFP_KERNEL);
        +	return kmalloc(64, GFP_KERNEL | GFP_NOFS);
         }
        --- /dev/null
        +++ b/fs/b.c
        @@ -0,0 +1,4 @@
        +static void *demo_table(unsigned long size)
        +{
        +	return __vmalloc(size, GFP_NOFS, PAGE_KERNEL);
        +}
        \\ No newline at end of file
        """);
    RunResult result = RunResult.of(plain.root(), "check", "--patch", patch.toString());
    assertThat(result.out()).startsWith("fs/a.c:5:21: ").contains("\nfs/b.c:3:9: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no diff at all\n;holds no diff that can be read",
        "--- a/fs/clean.c\n+++ b/fs/clean.c\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
            + ";fs/clean.c, hunk 1, line 1 is not what it expects",
        "--- a/fs/clean.c\n+++ b/fs/clean.c\n@@ -1,9 +1,9 @@\n a\n;the patch is cut off",
        "--- a/../x.c\n+++ b/../x.c\n@@ -1 +1 @@\n-b\n+c\n;not a path in a tree",
        "--- a/fs/none.c\n+++ b/fs/none.c\n@@ -1 +1 @@\n-b\n+c\n;there is no fs/none.c"
      })
  void aPatchThatCannotBeAppliedIsAMistake(String patchAndMessage) throws IOException {
    String[] parts = patchAndMessage.split(";");
    Path patch = directory.resolve("bad.diff");
    Files.writeString(patch, parts[0]);
    RunResult result = git.gfplint("check", "--patch", patch.toString());
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains(parts[1]);
  }
}
