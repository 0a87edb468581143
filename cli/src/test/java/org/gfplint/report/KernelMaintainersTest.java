package org.gfplint.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gfplint.source.SkippedFileException;
import org.junit.jupiter.api.Test;

/** The sections of a real MAINTAINERS, compared with what the kernel's own script says. */
class KernelMaintainersTest {
  /** Of Debian's package linux-source-6.12, unpacked there or by .ci/check-reports. */
  private static final Path KERNEL =
      Stream.of(
              Path.of(System.getProperty("gfplint.testdata"), "../target/linux-source-6.12"),
              Path.of("/usr/src/linux-source-6.12"))
          .filter(tree -> Files.isRegularFile(tree.resolve("MAINTAINERS")))
          .findFirst()
          .orElse(Path.of("/usr/src/linux-source-6.12"));

  private static final int FILES = 200;

  @Test
  void theSectionsAreThoseOfGetMaintainer() throws IOException, SkippedFileException {
    assumeTrue(
        Files.isRegularFile(KERNEL.resolve("MAINTAINERS")),
        () -> KERNEL + " is not there: not compared with its scripts/get_maintainer.pl");
    assumeTrue(
        Programs.find("perl").isPresent(),
        "no perl: not compared with the kernel's scripts/get_maintainer.pl");
    List<String> paths = randomFiles();
    List<Set<String>> expected = getMaintainer(paths);
    assertThat(expected).hasSize(FILES);
    // A script that says the same of every file would prove nothing.
    assertThat(new HashSet<>(expected)).hasSizeGreaterThan(50);

    Maintainers maintainers = Maintainers.of(KERNEL);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      Set<String> sections = new TreeSet<>(maintainers.sectionsOf(paths.get(i)));
      if (!sections.equals(expected.get(i))) {
        wrong.add(paths.get(i) + ": " + sections + ", not " + expected.get(i));
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The same ones each time. */
  private static List<String> randomFiles() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(KERNEL)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> KERNEL.relativize(file).toString())
          .filter(path -> !path.contains(" "))
          .sorted()
          .forEach(all::add);
    }
    Collections.shuffle(all, new Random(20261121));
    return all.subList(0, FILES);
  }

  /** The names of the sections of each file. THE REST takes every file and stands last. */
  private static List<Set<String>> getMaintainer(List<String> paths) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "perl",
                "scripts/get_maintainer.pl",
                "-f",
                "--no-git",
                "--no-git-fallback",
                "--sections"));
    command.addAll(paths);
    Process script =
        new ProcessBuilder(command)
            .directory(KERNEL.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    script.getOutputStream().close();
    String out = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<Set<String>> sections = new ArrayList<>();
    Set<String> ofFile = new TreeSet<>();
    for (String section : out.split("\n\n")) {
      String name = section.strip().lines().findFirst().orElse("");
      if (!name.isEmpty()) {
        ofFile.add(name);
      }
      if (name.equals("THE REST")) {
        sections.add(ofFile);
        ofFile = new TreeSet<>();
      }
    }
    assertThat(ofFile).isEmpty();
    return sections;
  }
}
