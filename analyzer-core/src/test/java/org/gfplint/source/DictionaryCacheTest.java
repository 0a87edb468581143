package org.gfplint.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was learned is kept, and never used when a header is another one. */
class DictionaryCacheTest {
  private static final String ANNOTATION = "#define __mine __attribute__((__used__))\n";

  /** As long as {@link #ANNOTATION}. */
  private static final String VALUE = "#define __mine 1234567890123456789 + 123\n";

  private static final FileTime THEN = FileTime.from(Instant.parse("2024-11-17T22:15:08Z"));

  @TempDir private Path directory;
  private Path tree;
  private Path cache;
  private Path header;

  @BeforeEach
  void makeTree() throws IOException {
    assertThat(VALUE).hasSameSizeAs(ANNOTATION);
    tree = Files.createDirectories(directory.resolve("linux"));
    cache = directory.resolve("cache");
    Files.writeString(tree.resolve("Makefile"), "VERSION = 6\nPATCHLEVEL = 12\n");
    Files.writeString(tree.resolve("Kbuild"), "");
    header = write("include/linux/mine.h", ANNOTATION, THEN);
  }

  private Path write(String path, String text, FileTime time) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, time);
    return file;
  }

  private Optional<MacroKind> learn(String name) {
    return MacroDictionary.of(KernelTree.open(tree), ArchSelection.X86, Optional.of(cache))
        .kind(name);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(cache.resolve("macros"))) {
      return files.toList();
    }
  }

  /** Changes a header so that size and time do not tell: the one way to see the cache at work. */
  private void changeUnseen() throws IOException {
    Files.writeString(header, VALUE);
    Files.setLastModifiedTime(header, THEN);
  }

  @Test
  void isUsedWhileSizeAndTimeOfEveryHeaderAreTheSame() throws IOException {
    assertThat(learn("__mine")).contains(MacroKind.ANNOTATION);
    assertThat(kept()).hasSize(1);
    changeUnseen();
    assertThat(learn("__mine")).contains(MacroKind.ANNOTATION);
    assertThat(learn("__init")).as("what is built in").contains(MacroKind.ANNOTATION);
    assertThat(learn("nothing")).isEmpty();
    assertThat(MacroDictionary.of(KernelTree.open(tree), ArchSelection.X86).kind("__mine"))
        .as("without the cache")
        .isEmpty();
  }

  @Test
  void isNotUsedWhenAHeaderChanged() throws IOException {
    learn("__mine");
    Files.writeString(header, VALUE);
    Files.setLastModifiedTime(header, FileTime.from(THEN.toInstant().plus(Duration.ofNanos(1000))));
    assertThat(learn("__mine")).as("another time").isEmpty();
    Files.writeString(header, ANNOTATION + "\n");
    Files.setLastModifiedTime(header, FileTime.from(THEN.toInstant().plus(Duration.ofNanos(1000))));
    assertThat(learn("__mine")).as("another size").contains(MacroKind.ANNOTATION);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void isNotUsedWhenAHeaderCameOrWent() throws IOException {
    learn("__mine");
    Path other =
        write("include/linux/other.h", "#define __other __attribute__((__used__))\n", THEN);
    assertThat(learn("__other")).contains(MacroKind.ANNOTATION);
    Files.delete(other);
    assertThat(learn("__other")).isEmpty();
    Files.move(header, header.resolveSibling("renamed.h"));
    header = header.resolveSibling("renamed.h");
    changeUnseen();
    assertThat(learn("__mine")).isEmpty();
  }

  @Test
  void isNotKeptWhileAHeaderMayStillChangeWithinTheSameTick() throws IOException {
    Files.setLastModifiedTime(header, FileTime.from(Instant.now()));
    assertThat(learn("__mine")).contains(MacroKind.ANNOTATION);
    assertThat(cache.resolve("macros")).doesNotExist();
  }

  @Test
  void eachTreeAndArchitectureHasItsOwn() throws IOException {
    Files.createDirectories(tree.resolve("arch/x86"));
    Files.createDirectories(tree.resolve("arch/arm64"));
    learn("__mine");
    ArchSelection arm = ArchSelection.parse("arm64");
    MacroDictionary.of(KernelTree.open(tree), arm, Optional.of(cache));
    assertThat(kept()).hasSize(2);
  }

  @Test
  void aDamagedFileIsMadeAnew() throws IOException {
    learn("__mine");
    Path file = kept().get(0);
    byte[] sound = Files.readAllBytes(file);
    changeUnseen();
    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= (byte) 0x55;
      Files.write(file, damaged);
      assertThat(learn("__mine")).as("byte " + i).isEmpty();
    }
    for (int length = 0; length < sound.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(sound, length));
      assertThat(learn("__mine")).as("cut to " + length).isEmpty();
    }
    Files.write(file, sound);
    assertThat(learn("__mine")).as("sound again").contains(MacroKind.ANNOTATION);
  }

  @Test
  void aCacheThatCannotBeWrittenDoesNotMatter() throws IOException {
    Files.writeString(cache, "a file where the directory should be");
    assertThat(learn("__mine")).contains(MacroKind.ANNOTATION);
  }

  @Test
  void whatCouldNotBeReadIsNotKept() throws IOException {
    write("include/linux/hidden.h", "x\0y", THEN);
    assertThat(learn("__mine")).contains(MacroKind.ANNOTATION);
    assertThat(cache.resolve("macros")).doesNotExist();
    Files.delete(tree.resolve("include/linux/hidden.h"));
    learn("__mine");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void theNumberOfFilesIsBounded() throws IOException {
    learn("__mine");
    Path old = Files.createFile(cache.resolve("macros/old.bin"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    for (int i = 0; i < 15; i++) {
      Files.createFile(cache.resolve("macros/" + i + ".bin"));
    }
    Files.setLastModifiedTime(header, FileTime.from(Instant.EPOCH));
    learn("__mine");
    assertThat(kept()).hasSize(16).doesNotContain(old);
  }
}
