package org.gfplint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gfplint.rules.Check;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SkippedFile;

/** Which files a run was about, so that what it did not find there is not there. */
final class Coverage {
  private Coverage() {}

  /** Paths relative to the tree: those that were read, and those that are gone. */
  static Predicate<String> of(Check.Request request, Check.Result result) {
    KernelTree tree = KernelTree.open(request.tree());
    ArchSelection arch = ArchSelection.parse(request.arch());
    List<Path> paths = request.paths();
    Set<String> skipped =
        result.skipped().stream().map(SkippedFile::path).collect(Collectors.toSet());
    return path ->
        (paths.isEmpty() || paths.stream().anyMatch(request.tree().resolve(path)::startsWith))
            && !skipped.contains(path)
            && (tree.file(path).isEmpty() || !tree.files(List.of(path), arch).isEmpty());
  }
}
