package org.gfplint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.gfplint.facts.FactsStore;
import org.gfplint.facts.ParseSpeed;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelDataException;
import org.gfplint.report.TerminalText;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SourceException;
import org.gfplint.syntax.CParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** gfplint doctor: whether everything that a check needs is there and works. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    header = "Say what gfplint runs on and whether it works.",
    description = {
      "%nLooks at Java, the parser and how fast it is, the allocator model, the kernel tree and the"
          + " cache. Each line begins with 'ok', or with 'problem' and ends with what to do about"
          + " it."
    },
    footer = {
      "%nExamples:",
      "  gfplint doctor",
      "  gfplint doctor --tree linux-6.1    with the tree's version, flags and cache",
      "%nExit status: 0 all is well, 2 wrong usage, 3 there is a problem."
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int OLDEST_JAVA = 25;

  private final Console console;
  private final StringBuilder lines = new StringBuilder();
  private boolean problem;

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The kernel tree to look at. Default: the one that you are in, if any.")
  private Optional<Path> tree;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ok("gfplint", ToolVersion.line());
    java();
    startUp();
    parser();
    model();
    tree();
    cache();
    try {
      console.out().write(lines.toString().getBytes(StandardCharsets.UTF_8));
      console.out().flush();
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return problem ? ExitCode.INCOMPLETE : ExitCode.CLEAN;
  }

  private void java() {
    String java =
        String.format(
            Locale.ROOT,
            "%s (%s) in %s, %d processors, up to %d MiB of heap",
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("java.home"),
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().maxMemory() >> 20);
    if (Runtime.version().feature() < OLDEST_JAVA) {
      problem("Java", java, "install a JDK 25 or newer, or name one in GFPLINT_JAVA_HOME");
    } else {
      ok("Java", java);
    }
  }

  private void startUp() {
    boolean cached =
        Stream.of(ProcessHandle.current().info().arguments().orElse(new String[0]))
            .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
    ok("start-up", cached ? "with the build's AOT cache" : "without an AOT cache");
  }

  private void parser() {
    try {
      String core = CParser.core();
      String detail = "tree-sitter core: " + core + ", ABI version " + CParser.abiVersion();
      double speed = ParseSpeed.megabytesPerSecond();
      ok("parser", detail);
      ok(
          "speed",
          String.format(Locale.ROOT, "%.1f MB of C a second, on one processor", speed)
              + (core.equals("bundled")
                  ? "; where npm and cc are installed, the build makes a core that is about four"
                      + " times as fast"
                  : ""));
    } catch (UncheckedIOException e) {
      problem("parser", e.getMessage(), "make that directory writable");
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e instanceof ExceptionInInitializerError ? e.getCause() : e;
      problem(
          "parser",
          "cannot be loaded: " + cause,
          System.getProperty("gfplint.treesitter.core") == null
              ? "build again, with mvn clean package"
              : "do without -Dgfplint.treesitter.core");
    }
  }

  private void model() {
    try {
      AllocatorModel.Coverage facts = AllocatorModel.coverage();
      ok(
          "model",
          facts.files().size()
              + " data files ("
              + String.join(", ", facts.files())
              + "), kernels "
              + facts.oldest()
              + " to "
              + facts.newest());
    } catch (ModelDataException e) {
      problem(
          "model",
          e.getMessage(),
          System.getProperty("gfplint.model.data") == null
              ? "build again, with mvn clean package"
              : "correct it, or do without -Dgfplint.model.data");
    }
  }

  /** What to know about the facts for a version; nothing if there are none. */
  private static String versionNote(KernelVersion version) {
    try {
      return AllocatorModel.forVersion(version)
          .versionNote()
          .map(note -> "; note: " + note)
          .orElse("");
    } catch (ModelDataException e) {
      return "";
    }
  }

  private void tree() {
    KernelTree found;
    try {
      if (tree.isPresent()) {
        found = KernelTree.open(console.directory().resolve(tree.get()));
      } else {
        Optional<KernelTree> around = KernelTree.findUpward(console.directory());
        if (around.isEmpty()) {
          ok("tree", "none here; run this in a kernel tree, or name one with --tree");
          return;
        }
        found = around.get();
      }
    } catch (SourceException e) {
      problem("tree", e.getMessage(), "name a kernel tree with --tree");
      return;
    }
    if (!found.isKernel()) {
      problem(
          "tree",
          found.root() + " has no Makefile that states a version beside a Kbuild or Kconfig",
          "name the top of a kernel tree, or give --kernel-version to check");
      return;
    }
    KernelVersion version = found.version().orElseThrow();
    ok("tree", found.root() + ", Linux " + version + versionNote(version));
    gfpHeaders(found, version);
  }

  /** How the tree's gfp names differ from the model's, a line each. */
  private void gfpHeaders(KernelTree found, KernelVersion version) {
    try {
      for (String difference : AllocatorModel.forTree(version, found.root()).treeDifferences()) {
        line("note", "gfp", difference);
      }
    } catch (ModelDataException e) {
      problem("gfp", e.getMessage(), "else the model's data files need it");
    }
  }

  private void cache() {
    Optional<Path> directory = CacheDirectory.of(console);
    if (directory.isEmpty()) {
      ok("cache", "none: there is no HOME; set GFPLINT_CACHE_DIR to have one");
      return;
    }
    Path path = directory.get().toAbsolutePath();
    String remedy = "set GFPLINT_CACHE_DIR to a directory that can be written";
    if (!Files.exists(path)) {
      Path above = path.getParent();
      while (above != null && !Files.exists(above)) {
        above = above.getParent();
      }
      if (above == null || !Files.isDirectory(above) || !Files.isWritable(above)) {
        problem("cache", path + " cannot be made", remedy);
      } else {
        ok("cache", path + ", not there yet: the first check makes it");
      }
      return;
    }
    if (!Files.isDirectory(path)) {
      problem("cache", path + " is not a directory", remedy);
      return;
    }
    List<String> warnings = new ArrayList<>();
    FactsStore.open(FactsStore.Settings.in(path), warnings::add).close();
    if (!warnings.isEmpty()) {
      problem(
          "cache",
          warnings.get(0),
          "make " + path + " writable, or delete it while no gfplint runs");
      return;
    }
    ok("cache", String.format(Locale.ROOT, "%s, %.1f MB", path, size(path) / 1e6));
  }

  private static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private void ok(String what, String detail) {
    line("ok", what, detail);
  }

  private void problem(String what, String detail, String remedy) {
    problem = true;
    line("problem", what, detail + "; " + remedy);
  }

  private void line(String state, String what, String detail) {
    lines.append(
        String.format(Locale.ROOT, "%-8s %-9s %s\n", state, what, TerminalText.escape(detail)));
  }
}
