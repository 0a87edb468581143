package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gfplint.source.SkippedFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sections in testdata/maintainers, and what the kernel's script makes of such lines. */
class MaintainersTest {
  @TempDir private Path tree;
  private Maintainers maintainers;

  @BeforeEach
  void readTheFile() throws IOException, SkippedFileException {
    Files.copy(
        Path.of(System.getProperty("gfplint.testdata"), "maintainers", "MAINTAINERS"),
        tree.resolve("MAINTAINERS"));
    Files.createDirectories(tree.resolve("fs/lib"));
    maintainers = Maintainers.of(tree);
  }

  @ParameterizedTest
  @CsvSource({
    "fs/demo/super.c, DEMO FILESYSTEM|THE REST",
    "fs/demo/deep/er.c, DEMO FILESYSTEM|THE REST",
    "fs/demo/broken/x.c, THE REST",
    "fs/demo/crypto.h, DEMO FILESYSTEM ENCRYPTION|DEMO FILESYSTEM|THE REST",
    "fs/demo/cryptoxh, DEMO FILESYSTEM|THE REST",
    "fs/other/crypto_test1.c, DEMO FILESYSTEM ENCRYPTION|THE REST",
    "fs/other/crypto_test.c, THE REST",
    "fs/namei.c, FILESYSTEMS|THE REST",
    // A directory without its slash is one all the same.
    "fs/lib/deep/x.c, FILESYSTEMS|THE REST",
    "fs/library.c, FILESYSTEMS|THE REST",
    "include/linux/demo_fs.h, DEMO FILESYSTEM|THE REST",
    "include/linux/demo/fs.h, THE REST",
    // N: is found anywhere and stands behind every directory.
    "fs/demo/x-demochip.c, DEMO FILESYSTEM|NAMED AFTER A CHIP|THE REST",
    "fs/demo/xdemochip.c, DEMO FILESYSTEM|THE REST",
    "Makefile, THE REST"
  })
  void theNearestSectionComesFirst(String path, String sections) {
    assertThat(maintainers.sectionsOf(path)).containsExactly(sections.split("\\|"));
    assertThat(maintainers.nearest(path)).isEqualTo(sections.split("\\|")[0]);
  }

  @Test
  void aPatternCannotHoldTheRunUp() {
    assertThat(maintainers.sectionsOf("a".repeat(4000) + "b")).containsExactly("THE REST");
    assertThat(maintainers.sectionsOf("aaaa")).containsExactly("EVIL", "THE REST");
  }

  @Test
  void aTreeMayHaveNoSuchFile() throws IOException, SkippedFileException {
    Files.delete(tree.resolve("MAINTAINERS"));
    Maintainers none = Maintainers.of(tree);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.sectionsOf("fs/namei.c")).isEqualTo(List.of());
    assertThat(none.nearest("fs/namei.c")).isEqualTo("in no section of MAINTAINERS");
  }

  @Test
  void aFileThatIsNoTextIsRefused() throws IOException {
    Files.write(tree.resolve("MAINTAINERS"), new byte[] {'A', 0, '\n'});
    assertThatThrownBy(() -> Maintainers.of(tree)).isInstanceOf(SkippedFileException.class);
    Files.delete(tree.resolve("MAINTAINERS"));
    Files.createDirectory(tree.resolve("MAINTAINERS"));
    assertThatThrownBy(() -> Maintainers.of(tree)).isInstanceOf(SkippedFileException.class);
  }
}
