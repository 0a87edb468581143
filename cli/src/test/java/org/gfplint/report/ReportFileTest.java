package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  private static final Report REPORT = Samples.report(List.of(Samples.BARE));

  @TempDir private Path directory;

  @Test
  void aFailedReportLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(directory.resolve("r.txt"), "old");
    ReportWriter failing =
        (report, out) -> {
          out.write("half".getBytes(StandardCharsets.UTF_8));
          throw new IOException("disk full");
        };
    assertThatThrownBy(() -> new ReportFile(file).write(REPORT, failing))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("r.txt");
  }

  @Test
  void replacesTheFileThatALinkLeadsTo() throws IOException {
    Path file = Files.writeString(directory.resolve("r.txt"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    new ReportFile(link).write(REPORT, new TextReport(false));
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file)).startsWith("net/bar/main.c:7:1: note:");
  }

  @Test
  void refusesADirectoryAndAMissingOne() {
    assertThatThrownBy(() -> new ReportFile(directory).checkWritable())
        .hasMessage("it is a directory");
    assertThatThrownBy(() -> new ReportFile(directory.resolve("no/r.txt")).checkWritable())
        .hasMessageStartingWith("there is no directory ");
  }
}
