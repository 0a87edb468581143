package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trees that hold what no kernel should. The rest of the tree is analysed all the same, and each
 * file that is passed over is one line on standard error.
 */
@Timeout(120)
class BadInputTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/good.c", SmallTree.VMALLOC);
  }

  @Test
  void aTreeWithoutMakefileNeedsAVersion() throws IOException {
    Files.delete(tree.root().resolve("Makefile"));
    RunResult without = tree.check("--tree", ".");
    assertThat(without.exit()).isEqualTo(2);
    assertThat(without.out()).isEmpty();
    assertThat(without.err()).hasLineCount(1).contains("--kernel-version");
    assertFinding(tree.check("--tree", ".", "--kernel-version", "4.16"), "fs/good.c");
  }

  @Test
  void aMakefileOfAnotherProjectNeedsAVersion() throws IOException {
    tree.write("Makefile", "all:\n\tcc -o x x.c\n");
    RunResult result = tree.check("--tree", ".");
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).hasLineCount(1).contains("--kernel-version");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anUnreadableFileIsSkipped() throws IOException {
    Path file = tree.write("fs/secret.c", SmallTree.CLEAN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "this user can read every file");
    assertSkips(tree.check(), "fs/secret.c", "permission denied");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anUnreadableDirectoryIsSkipped() throws IOException {
    Path file = tree.write("fs/secret/a.c", SmallTree.CLEAN);
    Path closed = file.getParent();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    boolean readable = Files.isReadable(closed);
    RunResult result = tree.check();
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    assumeFalse(readable, "this user can read every directory");
    assertSkips(result, "fs/secret", "permission denied");
  }

  @Test
  void aBinaryFileIsSkipped() throws IOException {
    tree.write("fs/object.c", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, (byte) 0xff});
    assertSkips(tree.check(), "fs/object.c", "binary content");
  }

  @Test
  void textThatIsNotUtf8IsAnalysed() throws IOException {
    tree.write(
        "fs/latin.c",
        ("/* Gr\u00fc\u00dfe */ " + SmallTree.VMALLOC).getBytes(StandardCharsets.ISO_8859_1));
    RunResult result = tree.check();
    assertFinding(result, "fs/good.c");
    assertFinding(result, "fs/latin.c");
    assertThat(skips(result)).isEmpty();
  }

  @Test
  void anEmptyFileIsNothingSpecial() throws IOException {
    tree.write("fs/empty.c", "");
    tree.write("fs/blank.c", "\n\n");
    RunResult result = tree.check();
    assertFinding(result, "fs/good.c");
    assertThat(skips(result)).isEmpty();
  }

  @Test
  void aHugeFileIsSkipped() throws IOException {
    Path file = tree.write("fs/table.c", SmallTree.CLEAN);
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(50 << 20);
    }
    assertSkips(tree.check(), "fs/table.c", "larger than 32 MiB");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void loopsOfLinksEnd() throws IOException {
    Path fs = tree.root().resolve("fs");
    Files.createSymbolicLink(fs.resolve("again"), fs);
    Files.createSymbolicLink(fs.resolve("up"), tree.root());
    Files.createSymbolicLink(fs.resolve("self.c"), Path.of("self.c"));
    RunResult result = tree.check();
    assertFinding(result, "fs/good.c");
    assertThat(result.out().lines().filter(line -> line.contains(" error: "))).hasSize(1);
    assertThat(skips(result))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("gfplint: skipped fs/self.c: ");
    RunResult named = tree.check("fs/self.c");
    assertThat(named.exit()).isEqualTo(2);
    assertThat(named.err()).hasLineCount(1).contains("fs/self.c");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingOutsideOfTheTreeIsReadThroughItsLinks() throws Exception {
    Path outside = Files.writeString(directory.resolve("secret"), "do not tell\n");
    Files.createSymbolicLink(tree.root().resolve("fs/link.c"), outside);
    Files.createSymbolicLink(tree.root().resolve("fs/away"), directory);
    Files.createSymbolicLink(tree.root().resolve("MAINTAINERS"), outside);
    RunResult result = tree.check("--format", "json");
    assertThat(result.out()).contains("fs/good.c").doesNotContain("do not tell");
    assertThat(skips(result))
        .containsExactly("gfplint: skipped fs/link.c: a symbolic link out of the tree");
    RunResult named = tree.check("fs/away/secret");
    assertThat(named.exit()).isEqualTo(2);
    assertThat(named.err()).contains("is not inside a kernel tree");
    Path settings = Files.createSymbolicLink(tree.root().resolve(".gfplint.yaml"), outside);
    RunResult linked = tree.check();
    assertThat(linked.exit()).isEqualTo(2);
    assertThat(linked.err())
        .isEqualTo("gfplint: .gfplint.yaml is a symbolic link out of the tree\n");
    Files.delete(settings);
    assertThat(new ProcessBuilder("mkfifo", settings.toString()).start().waitFor()).isZero();
    assertThat(tree.check().err()).isEqualTo("gfplint: .gfplint.yaml is not a regular file\n");
  }

  @Test
  void settingsThatCouldTakeForEverAreRefused() throws IOException {
    tree.write("fs/" + "a".repeat(120) + ".c", SmallTree.CONTRADICTION);
    tree.write(".gfplint.yaml", "paths:\n  only: ['fs/" + "*a".repeat(20) + "b']\n");
    RunResult result = tree.check();
    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).isEqualTo("gfplint: .gfplint.yaml:2: too many '*' in one pattern\n");
    tree.write(".gfplint.yaml", "baseline: \"a\\0b\"\n");
    assertThat(tree.check().err()).isEqualTo("gfplint: .gfplint.yaml:1: not the name of a file\n");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotWaitedFor() throws Exception {
    Path pipe = tree.root().resolve("fs/pipe.c");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertSkips(tree.check(), "fs/pipe.c", "a named pipe");
    RunResult named = tree.check("fs/pipe.c");
    assertThat(skips(named)).containsExactly("gfplint: skipped fs/pipe.c: a named pipe");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aNameCannotForgeOutput() throws IOException {
    tree.write("fs/a\u001b[2J\nfs/b.c:1:1: error: x.c", SmallTree.VMALLOC);
    tree.write("fs/o\u001b[2J\nx.c", new byte[] {0});
    RunResult result = tree.check();
    assertThat(result.out()).contains("fs/a\\x1b[2J\\x0afs/b.c:1:1: error: x.c:3:9: error: ");
    assertThat(skips(result))
        .containsExactly("gfplint: skipped fs/o\\x1b[2J\\x0ax.c: binary content");
    assertThat(result.out() + result.err()).doesNotContain("\u001b").doesNotContain("\nfs/b.c");
  }

  @Test
  void brokenCodeIsReadAsFarAsItGoes() throws IOException {
    tree.write("fs/cut.c", "#if\n}}}}) \"\u0001 'x\n#else\nint f( {{{\n" + SmallTree.CLEAN);
    tree.write("fs/deep.c", "int x = " + "(".repeat(20_000) + "1" + ")".repeat(20_000) + ";\n");
    tree.write("fs/blocks.c", "void f(void) " + "{".repeat(20_000) + "}".repeat(20_000) + "\n");
    RunResult result = tree.check();
    assertFinding(result, "fs/good.c");
    assertThat(result.err()).doesNotContain("internal error");
  }

  private static void assertFinding(RunResult result, String file) {
    assertThat(result.exit()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains(file + ":3:9: error: ")
        .contains("[GFP101 vmalloc-restricted]");
  }

  /** The one file was skipped for that reason, and the good one was analysed. */
  private static void assertSkips(RunResult result, String file, String reason) {
    assertFinding(result, "fs/good.c");
    assertThat(skips(result)).containsExactly("gfplint: skipped " + file + ": " + reason);
  }

  private static List<String> skips(RunResult result) {
    return result.err().lines().filter(line -> line.startsWith("gfplint: skipped ")).toList();
  }
}
