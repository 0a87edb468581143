package org.gfplint.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gfplint.finding.Level;
import org.gfplint.model.ModelAdditions;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.Rules;
import org.gfplint.source.KernelTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** gfplint config: what is in force. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    header = "Show the settings that are in force in a tree, and where each comes from.",
    description = {
      "%nSettings of a tree are in .gfplint.yaml at its top; options of a command go before them."
          + " What is printed has the form of that file."
    },
    footer = {
      "%nExamples:",
      "  gfplint config --show",
      "  gfplint config --show > .gfplint.yaml     a file to begin with%n",
      "Exit status: 0 done, 2 the settings are not right, or no kernel tree."
    })
final class ConfigCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--tree",
      order = 1,
      paramLabel = "DIR",
      description = "The kernel tree. Default: the one that you are in.")
  private Optional<Path> tree;

  @Option(
      names = "--show",
      order = 2,
      description = "Print the settings. It is what the command does without it, too.")
  private boolean show;

  @Spec private CommandSpec spec;

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path root = TreeSelection.of(tree, List.of(), true, console.directory()).tree();
    Settings settings = Settings.of(root);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "# in force in "
            + TerminalText.escape(root.toString())
            + (Files.exists(root.resolve(Settings.FILE)) ? "" : ", which has no " + Settings.FILE));
    settings.kernelVersion.ifPresentOrElse(
        v -> line(out, "kernel-version: " + v.value(), v.place()),
        () ->
            KernelTree.open(root)
                .version()
                .ifPresentOrElse(
                    v -> line(out, "# kernel-version: " + v, "Makefile"),
                    () -> line(out, "# kernel-version: unknown", "no Makefile says")));
    value(out, "arch", settings.arch, Settings.DEFAULT_ARCH);
    value(out, "rt", settings.realtime, "false");
    value(
        out,
        "confidence",
        settings.confidence.map(c -> new Settings.From<>(c.value().label(), c.place())),
        Settings.DEFAULT_CONFIDENCE.label());
    value(
        out,
        "fail-on",
        settings.failOn.map(f -> new Settings.From<>(f.value().word(), f.place())),
        Settings.DEFAULT_FAIL_ON.word());
    value(out, "baseline", settings.baseline, "none");
    out.println("rules:");
    for (RuleInfo rule : Rules.all().stream().map(r -> r.info()).toList()) {
      Settings.From<Optional<Level>> level = settings.rules.get(rule.id());
      if (level == null) {
        line(out, "  # " + rule.name() + ": " + rule.level().label(), "default");
      } else {
        line(
            out,
            "  " + rule.name() + ": " + level.value().map(Level::label).orElse("off"),
            level.place());
      }
    }
    if (!settings.onlyPaths.isEmpty() || !settings.excludedPaths.isEmpty()) {
      out.println("paths:");
    }
    paths(out, "only", settings.onlyPaths);
    paths(out, "exclude", settings.excludedPaths);
    functions(out, settings);
    CacheDirectory.of(console)
        .ifPresent(c -> out.println("# cache: " + TerminalText.escape(c.toString())));
    out.flush();
    return ExitCode.CLEAN;
  }

  private static void value(
      PrintWriter out, String key, Optional<? extends Settings.From<?>> set, String otherwise) {
    set.ifPresentOrElse(
        v -> line(out, key + ": " + v.value(), v.place()),
        () -> line(out, "# " + key + ": " + otherwise, "default"));
  }

  private static void paths(PrintWriter out, String key, List<Settings.From<String>> paths) {
    if (!paths.isEmpty()) {
      out.println("  " + key + ":");
      paths.forEach(p -> line(out, "    - " + quoted(p.value()), p.place()));
    }
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static void functions(PrintWriter out, Settings settings) {
    if (!settings.allocators.isEmpty()) {
      out.println("allocators:");
    }
    for (Map.Entry<String, Settings.From<ModelAdditions.Allocator>> e :
        settings.allocators.entrySet()) {
      ModelAdditions.Allocator a = e.getValue().value();
      String mask = a.mask().isPresent() ? ", mask: " + (a.mask().getAsInt() + 1) : "";
      String size =
          a.size().isEmpty() ? "" : ", size: " + a.size().stream().map(n -> n + 1).toList();
      line(
          out,
          "  " + e.getKey() + ": {like: " + a.like() + mask + size + "}",
          e.getValue().place());
    }
    if (!settings.contexts.isEmpty()) {
      out.println("contexts:");
    }
    for (Map.Entry<String, Settings.From<ModelAdditions.Context>> e :
        settings.contexts.entrySet()) {
      ModelAdditions.Context c = e.getValue().value();
      String lock = c.lock().isPresent() ? ", lock: " + (c.lock().getAsInt() + 1) : "";
      line(out, "  " + e.getKey() + ": {like: " + c.like() + lock + "}", e.getValue().place());
    }
  }

  private static void line(PrintWriter out, String setting, String place) {
    out.println(
        String.format("%-40s # %s", TerminalText.escape(setting), TerminalText.escape(place)));
  }
}
