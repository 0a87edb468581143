package org.gfplint.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.gfplint.change.GitChanges;
import org.gfplint.change.PatchFile;
import org.gfplint.rules.ChangeSet;
import picocli.CommandLine.Option;

/** Which change to judge, in place of the whole code. */
final class ChangeOptions {
  @Option(
      names = "--staged",
      order = 5,
      required = true,
      description = "Report only what the staged changes bring in: the index against HEAD.")
  private boolean staged;

  @Option(
      names = "--diff",
      order = 5,
      paramLabel = "REV[..REV]",
      required = true,
      description =
          "Report only what changed between two git revisions, or between one and the files as they"
              + " are. A...B begins where the two parted.")
  private String diff;

  @Option(
      names = "--patch",
      order = 5,
      paramLabel = "FILE",
      required = true,
      description =
          "Report only what a patch would bring in: a diff, a mail or the output of git"
              + " format-patch; '-' is standard input. It is applied in memory.")
  private String patch;

  /** Of the tree, once settings were asked for. */
  private GitChanges git;

  static ChangeOptions ofStaged() {
    ChangeOptions options = new ChangeOptions();
    options.staged = true;
    return options;
  }

  /** The revision that is looked at; empty for files that are not committed. */
  Optional<String> revision() {
    int dots = diff == null ? -1 : diff.indexOf("..");
    return dots < 0
        ? Optional.empty()
        : Optional.of(diff.substring(dots).replaceFirst("^\\.{2,3}", ""))
            .map(to -> to.isEmpty() ? "HEAD" : to);
  }

  /** Lets the use look at the change; its files can be read as long as that lasts. */
  <T> T with(Path tree, Console console, Function<ChangeSet, T> use) {
    if (patch != null) {
      return use.apply(
          patch.equals("-")
              ? PatchFile.read(System.in, "standard input").applied(tree)
              : PatchFile.read(console.directory().resolve(patch)).applied(tree));
    }
    try (GitChanges changes = git(tree, console)) {
      git = null;
      return use.apply(staged ? changes.staged() : changes.between(diff));
    }
  }

  /** The settings that hold for the change: as staged or committed, if git knows of them. */
  Settings settings(Path tree, Console console) {
    if (!staged && revision().isEmpty()) {
      return Settings.of(tree);
    }
    git = git(tree, console);
    Optional<byte[]> there =
        staged
            ? git.stagedFile(Settings.FILE)
            : git.fileOf(revision().orElseThrow(), Settings.FILE);
    return there
        .map(Settings::of)
        .orElseGet(
            () ->
                onDisk(tree) && !git.isTracked(Settings.FILE)
                    ? Settings.of(tree)
                    : Settings.none());
  }

  private static boolean onDisk(Path tree) {
    return Files.exists(tree.resolve(Settings.FILE));
  }

  private GitChanges git(Path tree, Console console) {
    return git != null ? git : new GitChanges(tree, console.environment(), console.directory());
  }
}
