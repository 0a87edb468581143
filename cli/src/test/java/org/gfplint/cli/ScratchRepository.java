package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small kernel tree under git, with the real git and a configuration of its own. */
record ScratchRepository(SmallTree tree, Path root, Path home) {
  /** Makes a repository of a tree; its first commit holds what the tree holds then. */
  static ScratchRepository of(SmallTree tree) throws IOException {
    Path home = Files.createDirectories(tree.root().resolveSibling("home"));
    ScratchRepository repository = new ScratchRepository(tree, tree.root(), home);
    repository.git("init", "-q", "-b", "main");
    repository.git("add", "-A");
    repository.git("commit", "-q", "-m", "begin");
    return repository;
  }

  /** The same repository in another work tree. */
  ScratchRepository in(Path workTree) {
    return new ScratchRepository(new SmallTree(workTree), workTree, home);
  }

  /** What the processes of a person who uses the repository have. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "A Person");
      environment.put("GIT_" + who + "_EMAIL", "person@example.org");
      environment.put("GIT_" + who + "_DATE", "2026-01-02T03:04:05Z");
    }
    return environment;
  }

  /** Runs git, which must succeed; gives what it printed. */
  String git(String... arguments) throws IOException {
    RunResult result = tryGit(Map.of(), arguments);
    assertThat(result.exit()).as(String.join(" ", arguments) + ": " + result.err()).isZero();
    return result.out().strip();
  }

  /** Runs git. */
  RunResult tryGit(Map<String, String> more, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment());
    builder.environment().putAll(more);
    Path err = Files.createTempFile(home, "git", ".err");
    builder.redirectError(err.toFile());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new RunResult(process.waitFor(), out, Files.readString(err));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs gfplint in this process, in the root of the work tree. */
  RunResult gfplint(String... arguments) {
    return RunResult.of(root, environment(), false, arguments);
  }

  void stage(String path, String text) throws IOException {
    tree.write(path, text);
    git("add", path);
  }
}
