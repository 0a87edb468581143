package org.gfplint.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gfplint.model.KernelVersion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KernelTreeTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void makeTree() throws IOException {
    root = directory.toRealPath().resolve("linux");
    write("Makefile", "# SPDX\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 3\nEXTRAVERSION = -rc1\n");
    write("Kconfig", "");
    write("fs/ext4/inode.c", "int a;\n");
    write("fs/ext4/ext4.h", "int b;\n");
    write("fs/ext4/Makefile", "");
    write("mm/slab.c", "int c;\n");
    write("tools/perf/perf.c", "int d;\n");
    write("samples/s.c", "int e;\n");
    write("scripts/mod/modpost.c", "int f;\n");
    write("Documentation/x.h", "int g;\n");
    write("usr/gen_init_cpio.c", "int h;\n");
    write("arch/x86/mm/init.c", "int i;\n");
    write("arch/x86/tools/relocs.c", "int j;\n");
    write("arch/x86/um/ptrace.c", "int k;\n");
    write("arch/arm64/mm/mmu.c", "int l;\n");
  }

  private Path write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private List<String> names(KernelTree.Discovery discovery) {
    return discovery.files().stream().map(SourceFile::path).toList();
  }

  @Test
  void takesKernelCodeOfOneArchitectureInOrder() {
    KernelTree.Discovery found = KernelTree.open(root).discover(ArchSelection.X86);
    assertThat(names(found))
        .containsExactly("arch/x86/mm/init.c", "fs/ext4/ext4.h", "fs/ext4/inode.c", "mm/slab.c");
    assertThat(found.skipped()).isEmpty();
    assertThat(found.files().get(0).size()).isEqualTo(7);
  }

  @Test
  void takesAllArchitecturesOrAnotherOne() {
    KernelTree tree = KernelTree.open(root);
    assertThat(names(tree.discover(ArchSelection.ALL)))
        .contains("arch/x86/mm/init.c", "arch/arm64/mm/mmu.c");
    assertThat(names(tree.discover(ArchSelection.parse("aarch64"))))
        .contains("arch/arm64/mm/mmu.c")
        .doesNotContain("arch/x86/mm/init.c");
    assertThatThrownBy(() -> tree.discover(ArchSelection.parse("vax")))
        .isInstanceOf(SourceException.class)
        .hasMessage("no such architecture in this tree: arch/vax");
    assertThatThrownBy(() -> ArchSelection.parse("../x86"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesWhatIsNamedEvenIfItIsNotKernelCode() {
    KernelTree tree = KernelTree.open(root);
    List<Path> paths =
        List.of(root.resolve("tools/perf"), root.resolve("mm/slab.c"), root.resolve("mm"));
    assertThat(names(tree.discover(paths, ArchSelection.X86)))
        .containsExactly("mm/slab.c", "tools/perf/perf.c");
  }

  @Test
  void readsTheVersion() throws IOException {
    assertThat(KernelTree.open(root).version()).contains(new KernelVersion(6, 12, 3));
    write("Makefile", "VERSION = 5\nPATCHLEVEL = 4\nSUBLEVEL =\n");
    assertThat(KernelTree.open(root).version()).contains(new KernelVersion(5, 4, 0));
    write("Makefile", "all:\n");
    KernelTree plain = KernelTree.open(root);
    assertThat(plain.version()).isEmpty();
    assertThat(plain.isKernel()).isFalse();
  }

  @Test
  void isFoundUpward() throws IOException {
    assertThat(KernelTree.findUpward(root.resolve("fs/ext4/inode.c")).map(KernelTree::root))
        .contains(root);
    Path outside = Files.writeString(directory.resolve("lone.c"), "int a;\n");
    assertThat(KernelTree.findUpward(outside)).isEmpty();
  }

  @Test
  void aLoneFileIsATreeOfItsOwn() throws IOException {
    Path file = Files.writeString(directory.resolve("lone.c"), "int a;\n");
    KernelTree tree = KernelTree.around(file);
    assertThat(names(tree.discover(List.of(file), ArchSelection.X86))).containsExactly("lone.c");
  }

  @Test
  void whatDoesNotExistIsOneSentence() {
    Path missing = root.resolve("fs/none");
    assertThatThrownBy(() -> KernelTree.open(missing))
        .isInstanceOf(SourceException.class)
        .hasMessage("no such file or directory: " + missing);
    assertThatThrownBy(() -> KernelTree.open(root).discover(List.of(missing), ArchSelection.X86))
        .isInstanceOf(SourceException.class)
        .hasMessage("no such file or directory: " + missing);
    assertThatThrownBy(() -> KernelTree.open(root).discover(List.of(directory), ArchSelection.X86))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("outside the tree");
  }

  @Test
  @Timeout(20)
  void linksAreNotFollowed() throws IOException {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere.c"), "int a;\n");
    Files.createSymbolicLink(root.resolve("fs/loop"), root);
    Files.createSymbolicLink(root.resolve("fs/self.c"), root.resolve("fs/self.c"));
    Files.createSymbolicLink(root.resolve("fs/out.c"), elsewhere);
    Files.createSymbolicLink(root.resolve("fs/in.c"), root.resolve("mm/slab.c"));
    KernelTree.Discovery found =
        KernelTree.open(root).discover(List.of(root.resolve("fs")), ArchSelection.X86);
    assertThat(names(found)).containsExactly("fs/ext4/ext4.h", "fs/ext4/inode.c");
    assertThat(found.skipped())
        .extracting(SkippedFile::toString)
        .containsExactly(
            "fs/out.c: skipped: a symbolic link out of the tree",
            "fs/self.c: skipped: a symbolic link out of the tree");
  }

  @Test
  @Timeout(20)
  void pipesAndSocketsAreSkipped() throws Exception {
    Path pipe = root.resolve("mm/pipe.c");
    Process mkfifo;
    try {
      mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo here");
      return;
    }
    assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("mm/s.h")));
      KernelTree.Discovery found = KernelTree.open(root).discover(ArchSelection.X86);
      assertThat(names(found)).contains("mm/slab.c").doesNotContain("mm/pipe.c", "mm/s.h");
      assertThat(found.skipped())
          .containsExactly(
              new SkippedFile("mm/pipe.c", "a named pipe"), new SkippedFile("mm/s.h", "a socket"));
      assertThatThrownBy(() -> new SourceFile("mm/pipe.c", pipe, 0).read())
          .isInstanceOf(SkippedFileException.class)
          .hasMessage("mm/pipe.c: skipped: a named pipe");
    }
  }

  @Test
  void whatMayNotBeReadIsSkipped() throws IOException {
    Path file = root.resolve("mm/slab.c");
    Path closed = root.resolve("fs/ext4");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeTrue(!Files.isReadable(file), "root reads everything");
      KernelTree.Discovery found = KernelTree.open(root).discover(ArchSelection.X86);
      assertThat(found.skipped()).containsExactly(new SkippedFile("fs/ext4", "permission denied"));
      assertThatThrownBy(() -> found.files().get(1).read())
          .hasMessage("mm/slab.c: skipped: permission denied");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void contentDecidesWhatIsReadable() throws Exception {
    write("mm/empty.c", "");
    Files.write(root.resolve("mm/binary.c"), new byte[] {'i', 'n', 't', 0, 1});
    byte[] latin = "/* \u00e4 */ int a;\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(root.resolve("mm/latin.c"), latin);
    SourceBuffer buffer = new SourceBuffer();
    file("mm/empty.c").read(buffer);
    assertThat(buffer.length()).isZero();
    assertThat(file("mm/latin.c").read()).isEqualTo(latin);
    assertThatThrownBy(() -> file("mm/binary.c").read(buffer))
        .hasMessage("mm/binary.c: skipped: binary content");
    assertThatThrownBy(() -> file("mm/slab.c").read(buffer, 3))
        .hasMessage("mm/slab.c: skipped: larger than 3 bytes");
    assertThatThrownBy(() -> file("mm/gone.c").read(buffer))
        .hasMessage("mm/gone.c: skipped: no longer there");
  }

  @Test
  void hugeFilesAreSkippedUnread() throws Exception {
    Path huge = root.resolve("mm/huge.c");
    try (SeekableByteChannel channel =
        Files.newByteChannel(huge, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.position(50L << 20);
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    assertThatThrownBy(() -> file("mm/huge.c").read(new SourceBuffer()))
        .hasMessage("mm/huge.c: skipped: larger than 32 MiB");
  }

  @Test
  void theBufferIsReused() throws Exception {
    SourceBuffer buffer = new SourceBuffer();
    write("mm/long.c", "int x;\n".repeat(40_000));
    file("mm/long.c").read(buffer);
    assertThat(buffer.length()).isEqualTo(280_000);
    byte[] array = buffer.bytes();
    file("mm/slab.c").read(buffer);
    assertThat(buffer.bytes()).isSameAs(array);
    assertThat(buffer.text()).isEqualTo("int c;\n");
  }

  private SourceFile file(String path) {
    Path file = root.resolve(path);
    return new SourceFile(
        path, file, Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file.toFile().length() : 0);
  }
}
