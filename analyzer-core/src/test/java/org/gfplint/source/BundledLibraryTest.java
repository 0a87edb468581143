package org.gfplint.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a native library is loaded from; any file of the class path serves as one. */
class BundledLibraryTest {
  private static final String PROPERTY = "gfplint.libraries";
  private static final String RESOURCE = "/org/gfplint/facts/sample.c";

  @TempDir private Path directory;

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void whatTheBuildLeftIsUsedAsItIs() throws IOException {
    Path left = directory.resolve("org/gfplint/facts/sample.c");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "left");
    System.setProperty(PROPERTY, directory.toString());
    assertThat(BundledLibrary.<Path>load(RESOURCE, file -> file)).isEqualTo(left);
    assertThat(left).hasContent("left");
  }

  @Test
  void elseItIsUnpackedForAsLongAsItTakesToLoad() throws IOException {
    System.setProperty(PROPERTY, directory.toString());
    Path unpacked =
        BundledLibrary.load(
            RESOURCE,
            file -> {
              assertThat(file).hasFileName("sample.c").isNotEmptyFile();
              return file;
            });
    assertThat(unpacked.getParent()).doesNotExist();
  }

  @Test
  void aBuildWithoutItSaysSo() {
    assertThatThrownBy(() -> BundledLibrary.load("/lib/no-such.so", file -> file))
        .isInstanceOf(IOException.class)
        .hasMessage("this build of gfplint lacks /lib/no-such.so");
  }
}
