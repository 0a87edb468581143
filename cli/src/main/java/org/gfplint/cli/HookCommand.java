package org.gfplint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gfplint.change.GitCommand;
import org.gfplint.change.HookFile;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.source.KernelTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** gfplint hook: checks what is about to be committed. */
@Command(
    name = "hook",
    addMethodSubcommands = false,
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    header = "Check what is about to be committed.",
    description = {
      "%nInstalls a git pre-commit hook that stops a commit which brings in findings. It looks at"
          + " the staged content and reports as 'gfplint check --staged' does. A hook that is there"
          + " already is kept and runs first."
    },
    footer = {
      "%nExamples:",
      "  gfplint hook install           in the kernel tree that you are in",
      "  gfplint index                  once, to see callers and callees anywhere in the tree",
      "  SKIP=gfplint git commit        commit without it, this once; as --no-verify does%n",
      "Exit status: 0 done or nothing found, 1 findings, 2 wrong usage, 3 incomplete or internal"
          + " error."
    })
final class HookCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: 'gfplint hook install', 'uninstall' or 'run'");
  }

  /** What the three have in common. */
  private abstract static class Part implements Callable<Integer> {
    final Console console;

    @Option(
        names = "--tree",
        order = 1,
        paramLabel = "DIR",
        description = "The kernel tree. Default: the one that you are in.")
    Optional<Path> tree;

    Part(Console console) {
      this.console = console;
    }

    Path tree() {
      return TreeSelection.of(tree, List.of(), true, console.directory()).tree();
    }

    @Override
    public Integer call() {
      try {
        Path root = tree();
        GitCommand git = GitCommand.in(root, console.environment());
        act(root, git, HookFile.of(git));
        return ExitCode.CLEAN;
      } catch (IOException e) {
        throw new OutputFailure("the hook", e);
      }
    }

    abstract void act(Path root, GitCommand git, HookFile hook) throws IOException;
  }

  /** gfplint hook install. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      header = "Install the hook, or bring it up to date.",
      description = {
        "%nThe hook goes where git looks for it: core.hooksPath, or the repository that all work"
            + " trees share."
      },
      footer = {
        "%nExamples:",
        "  gfplint hook install",
        "  gfplint hook install --tree ~/src/linux",
        "%nExit status: 0 done, 2 not in a kernel tree under git, 3 it cannot be written."
      })
  static final class Install extends Part {
    Install(Console console) {
      super(console);
    }

    @Override
    void act(Path root, GitCommand git, HookFile hook) throws IOException {
      boolean renewed = hook.isInstalled();
      Path top = git.top();
      hook.install(
          launcher(), root.equals(top) ? "" : top.relativize(root).toString().replace('\\', '/'));
      console.say(
          (renewed ? "renewed " : "installed ") + TerminalText.escape(hook.path().toString()));
      if (hook.keepsAnother()) {
        console.say(
            "the hook that was there is kept as "
                + TerminalText.escape(hook.kept().getFileName().toString())
                + " and runs first");
      }
      if (git.hasHooksPath()) {
        console.say(
            "core.hooksPath is set: the hook runs in every repository that has it so, and does"
                + " nothing where there is no kernel tree");
      }
    }

    /** What runs gfplint: the launcher that says so, else this Java. */
    private List<String> launcher() {
      if (console.isSet("GFPLINT_LAUNCHER")) {
        return List.of(console.environment().get("GFPLINT_LAUNCHER"));
      }
      try {
        Path jar =
            Path.of(HookCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String java = ProcessHandle.current().info().command().orElse("java");
        return List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString());
      } catch (java.net.URISyntaxException e) {
        throw new InputException("where gfplint is cannot be told: " + e.getMessage());
      }
    }
  }

  /** gfplint hook uninstall. */
  @Command(
      name = "uninstall",
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      header = "Remove the hook and put back what was there before.",
      footer = {
        "%nExamples:",
        "  gfplint hook uninstall",
        "%nExit status: 0 done, 2 not in a kernel tree under git, 3 it cannot be removed."
      })
  static final class Uninstall extends Part {
    Uninstall(Console console) {
      super(console);
    }

    @Override
    void act(Path root, GitCommand git, HookFile hook) throws IOException {
      String path = TerminalText.escape(hook.path().toString());
      boolean kept = hook.keepsAnother();
      if (!hook.uninstall()) {
        console.say(path + " is not gfplint's; nothing was changed");
      } else {
        console.say(kept ? "put back " + path : "removed " + path);
      }
    }
  }

  /** gfplint hook run. */
  @Command(
      name = "run",
      addMethodSubcommands = false,
      mixinStandardHelpOptions = true,
      versionProvider = ToolVersion.class,
      sortOptions = false,
      optionListHeading = "%nOptions:%n",
      header = "Do what the hook does.",
      description = {
        "%nChecks what is staged, as 'gfplint check --staged' does, with no summary. Outside of a"
            + " kernel tree, or with gfplint in SKIP, it does nothing."
      },
      footer = {
        "%nExamples:",
        "  gfplint hook run           what the hook would say of what is staged now",
        "%nExit status: 0 nothing found, 1 findings, 2 wrong usage, 3 incomplete or internal error."
      })
  static final class Run extends Part {
    Run(Console console) {
      super(console);
    }

    @Override
    public Integer call() {
      boolean skipped =
          List.of(console.environment().getOrDefault("SKIP", "").split(",")).contains("gfplint");
      if (skipped || tree.isEmpty() && KernelTree.findUpward(console.directory()).isEmpty()) {
        return ExitCode.CLEAN;
      }
      List<String> arguments = new ArrayList<>(List.of("check", "--staged", "--no-summary"));
      tree.ifPresent(t -> arguments.addAll(List.of("--tree", t.toString())));
      int exit = Main.run(console, arguments.toArray(String[]::new));
      if (exit == ExitCode.FINDINGS) {
        console.say(
            "the commit was stopped: it would bring in what is listed above. 'gfplint explain RULE'"
                + " says more; SKIP=gfplint or 'git commit --no-verify' commits all the same");
      } else if (exit != ExitCode.CLEAN) {
        console.say(
            "the commit was stopped: it could not be checked. SKIP=gfplint or 'git commit"
                + " --no-verify' commits all the same");
      }
      return exit;
    }

    @Override
    void act(Path root, GitCommand git, HookFile hook) {
      throw new IllegalStateException("not called");
    }
  }
}
