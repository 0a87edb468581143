package org.gfplint.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Makes cases from sound files: the fixtures, and a real kernel where there is one. */
final class FuzzCases {
  /** What a case is mainly about. */
  enum Kind {
    SOURCE(58),
    NAMES(5),
    HEADERS(8),
    PATCH(10),
    SETTINGS(7),
    BASELINE(4),
    MAINTAINERS(3),
    CACHE(5);

    private final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  private static final Path TESTDATA = Path.of(System.getProperty("gfplint.testdata"));

  /** Where Debian's package puts it. */
  private static final Path KERNEL = Path.of("/usr/src/linux-source-6.12");

  private static final List<String> KERNEL_CODE =
      List.of(
          "mm", "fs/xfs", "fs/ext4", "fs/nfs", "kernel", "block", "net/core", "drivers/md", "lib");

  private static final int LARGEST_SEED = 96 << 10;

  private static final List<String> VERSIONS =
      List.of("4.10", "4.16", "5.4", "5.17", "6.1", "6.12");

  private static final List<String> NAMES =
      List.of(
          FuzzCase.MARKUP.replace('/', '|') + ".c",
          "a\nfs\u2028b.c:1:1: error: x.c",
          "\u001b[2J\u001b]0;x\u0007.c",
          "\u202ecod.c",
          "`](javascript:x)|<b>&amp;.c",
          "=1+1,\"x\"\r.c",
          "%s%n$(touch x)`touch x`${x}.c",
          "-o.c",
          " .c",
          "\u00e9\ud83d\ude00.c",
          "x".repeat(200) + ".c",
          "a\\b\t.c");

  private static final String SETTINGS =
      """
      kernel-version: 6.1
      arch: x86
      rt: false
      confidence: low
      fail-on: note
      baseline: .gfplint-baseline.json
      rules:
        scope-redundant: off
        gfp-ignored: error
      paths:
        only: [fs, mm, 'f*/**']
        exclude: ['fs/*/tests', 'fs/[a-h]?.{c,h}']
      allocators:
        acme_alloc: {like: kmalloc}
        acme_array: {like: kmalloc, mask: 1, size: [2, 3]}
      contexts:
        acme_lock: {like: spin_lock}
        acme_lock_two: {like: spin_lock, lock: 2}
      """;

  private static final String BASELINE =
      """
      {"format":1,"findings":[
      {"fingerprint":"0123456789abcdef","rule":"GFP101","path":"fs/input.c","function":"f","message":"m"},
      {"fingerprint":"00","rule":"GFP105","path":"fs/two.c","function":"","message":""}
      ]}
      """;

  private final List<Path> fixtures;
  private final List<Path> kernel;

  private FuzzCases(List<Path> fixtures, List<Path> kernel) {
    this.fixtures = fixtures;
    this.kernel = kernel;
  }

  /**
   * @param real whether to take files of a real kernel, too
   */
  static FuzzCases of(boolean real) throws IOException {
    List<Path> kernel = new ArrayList<>();
    for (String directory : KERNEL_CODE) {
      if (real && Files.isDirectory(KERNEL.resolve(directory))) {
        kernel.addAll(sources(KERNEL.resolve(directory)));
      }
    }
    return new FuzzCases(sources(TESTDATA), kernel);
  }

  /** How many sound files there are to damage. */
  String seeds() {
    return fixtures.size() + " fixtures, " + kernel.size() + " files of " + KERNEL.getFileName();
  }

  private static List<Path> sources(Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found
          .filter(f -> f.toString().endsWith(".c") || f.toString().endsWith(".h"))
          .filter(f -> f.toFile().length() <= LARGEST_SEED)
          .sorted()
          .toList();
    }
  }

  /** One case; the same randomness makes the same. */
  FuzzCase next(Random random) {
    return of(kind(random), random);
  }

  static Kind kind(Random random) {
    int ticket = random.nextInt(100);
    for (Kind kind : Kind.values()) {
      ticket -= kind.weight;
      if (ticket < 0) {
        return kind;
      }
    }
    return Kind.SOURCE;
  }

  FuzzCase of(Kind kind, Random random) {
    FuzzMutator mutator = new FuzzMutator(random);
    Map<String, byte[]> files = new HashMap<>();
    List<List<String>> commands = new ArrayList<>();
    String version = VERSIONS.get(random.nextInt(VERSIONS.size()));
    put(files, "Makefile", makefile(version));
    put(files, "Kbuild", "");
    byte[] one = seed(random);
    byte[] two = seed(random);
    files.put("fs/input.c", one);
    List<String> check =
        List.of("check", "-q", "--debug", "--confidence", "low", "--fail-on", "note");
    switch (kind) {
      case SOURCE -> {
        files.put("fs/input.c", mutator.mutate(one, two));
        if (random.nextInt(3) == 0) {
          files.put("fs/two.c", random.nextBoolean() ? two : mutator.mutate(two, one));
        }
        if (random.nextInt(3) == 0) {
          files.put("include/linux/input.h", mutator.mutate(seed(random), one));
        }
        commands.add(with(check, List.of("--no-cache", "--threads", "1"), "one"));
        furtherCommands(random, check, commands);
      }
      case NAMES -> {
        for (int i = random.nextInt(3); i >= 0; i--) {
          files.put("fs/" + NAMES.get(random.nextInt(NAMES.size())), mutator.mutate(two, one));
        }
        commands.add(with(check, List.of("--no-cache"), "one"));
        commands.add(List.of("check", "--debug"));
        commands.add(List.of("fix", "--debug"));
      }
      case HEADERS -> {
        byte[] header = SmallTree.gfpHeader().getBytes(StandardCharsets.UTF_8);
        files.put("include/linux/gfp.h", mutator.mutate(header, one));
        files.put("include/linux/input.h", mutator.mutate(two, header));
        put(files, ".config", "CONFIG_X=y\n");
        if (random.nextInt(4) == 0) {
          files.put("Makefile", mutator.mutate(files.get("Makefile"), one));
        }
        commands.add(
            with(check, List.of("--tree", ".", "--kernel-version", version, "--no-cache"), "one"));
        commands.add(List.of("check", "-q", "--debug", "--tree", ".", "--no-cache"));
        if (random.nextInt(20) == 0) {
          // It measures how fast it parses, which takes its time.
          commands.add(List.of("doctor", "--tree", "."));
        }
      }
      case PATCH -> {
        byte[] after = random.nextBoolean() ? mutator.mutate(one, two) : appended(one, two);
        byte[] patch = diff(one, after);
        files.put("in.patch", random.nextInt(4) == 0 ? patch : mutator.mutate(patch, two));
        commands.add(with(check, List.of("--patch", "in.patch", "--no-cache"), "one"));
      }
      case SETTINGS -> {
        byte[] settings = SETTINGS.getBytes(StandardCharsets.UTF_8);
        files.put(
            ".gfplint.yaml", mutator.mutate(settings, random.nextInt(4) == 0 ? one : settings));
        put(files, ".gfplint-baseline.json", BASELINE);
        commands.add(List.of("check", "-q", "--debug", "--no-cache"));
        commands.add(List.of("config", "--debug"));
      }
      case BASELINE -> {
        byte[] baseline = BASELINE.getBytes(StandardCharsets.UTF_8);
        files.put("b.json", mutator.mutate(baseline, random.nextInt(4) == 0 ? one : baseline));
        commands.add(with(check, List.of("--baseline", "b.json", "--no-cache"), "one"));
        commands.add(List.of("baseline", "update", "--debug", "-o", "b.json"));
        commands.add(List.of("baseline", "show", "b.json"));
      }
      case MAINTAINERS -> {
        byte[] maintainers = bytes(TESTDATA.resolve("maintainers/MAINTAINERS"));
        files.put(
            "MAINTAINERS", mutator.mutate(maintainers, random.nextBoolean() ? one : maintainers));
        commands.add(with(check, List.of("--no-cache"), "one"));
        commands.add(List.of("check", "--debug", "--group-by", "maintainer"));
      }
      case CACHE -> {
        files.put("fs/two.c", two);
        commands.add(with(check, List.of("--no-cache"), "one"));
        commands.add(List.of("check", "-q", "--debug"));
        commands.add(List.of(FuzzCase.DAMAGE_CACHE, Long.toString(random.nextLong())));
        commands.add(with(check, List.of(), "two"));
        commands.add(List.of("check", "-q", "--debug", "fs/input.c"));
      }
    }
    return new FuzzCase(files, commands);
  }

  /** What else can be done with a tree; most cases do without, they are to be quick. */
  private void furtherCommands(Random random, List<String> check, List<List<String>> commands) {
    switch (random.nextInt(24)) {
      case 0 -> {
        commands.add(with(check, List.of("--threads", "3"), "two"));
        commands.add(with(check, List.of("--threads", "2"), "two"));
        commands.add(List.of("check", "-q", "--debug", "fs/input.c"));
      }
      case 1 -> commands.add(with(check, List.of("--rt", "--threads", "1"), "three"));
      case 2, 3 -> commands.add(List.of("fix", "--debug", "--confidence", "low"));
      case 4 -> commands.add(List.of("scopes", "--debug", "fs"));
      case 5 -> commands.add(List.of("callgraph", "--debug", "kmalloc"));
      case 6 -> commands.add(List.of("parse", "--functions"));
      case 7 -> commands.add(List.of("parse", "--errors"));
      case 8 -> commands.add(List.of("baseline", "create", "--debug", "-o", "../three/b.json"));
      default -> {}
    }
  }

  private static List<String> with(List<String> check, List<String> options, String reports) {
    List<String> command = new ArrayList<>(check);
    command.addAll(options);
    command.addAll(FuzzCase.everyReport(reports));
    return command;
  }

  private byte[] seed(Random random) {
    List<Path> from = kernel.isEmpty() || random.nextInt(5) < 3 ? fixtures : kernel;
    return bytes(from.get(random.nextInt(from.size())));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, byte[]> files, String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String makefile(String version) {
    int dot = version.indexOf('.');
    return "VERSION = "
        + version.substring(0, dot)
        + "\nPATCHLEVEL = "
        + version.substring(dot + 1)
        + "\nSUBLEVEL = 0\n";
  }

  private static byte[] appended(byte[] one, byte[] two) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  private static byte[] diff(byte[] before, byte[] after) {
    List<String> old = lines(before);
    List<String> patch =
        UnifiedDiffUtils.generateUnifiedDiff(
            "a/fs/input.c", "b/fs/input.c", old, DiffUtils.diff(old, lines(after)), 3);
    return (String.join("\n", patch) + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> lines(byte[] text) {
    return List.of(new String(text, StandardCharsets.ISO_8859_1).split("\n"));
  }
}
