package org.gfplint.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.gfplint.program.TreeIndex;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SourceException;
import org.gfplint.source.SourceFile;

/** The tree of a run and what of it the run is about. */
record OpenTree(KernelTree kernel, ArchSelection arch, KernelTree.Discovery discovery) {
  /**
   * Finds the files.
   *
   * @param paths files and directories inside the tree; empty means all of it
   * @throws InputException if there is nothing to read: no such path, no such architecture
   */
  static OpenTree of(Path root, List<Path> paths, String arch) {
    try {
      KernelTree kernel = KernelTree.open(root);
      ArchSelection selection = ArchSelection.parse(arch);
      return new OpenTree(
          kernel,
          selection,
          paths.isEmpty() ? kernel.discover(selection) : kernel.discover(paths, selection));
    } catch (SourceException | IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  /**
   * A tree of which no files were looked for.
   *
   * @throws InputException if there is no such tree
   */
  static OpenTree without(Path root, String arch) {
    try {
      return new OpenTree(
          KernelTree.open(root),
          ArchSelection.parse(arch),
          new KernelTree.Discovery(List.of(), List.of()));
    } catch (SourceException | IllegalArgumentException e) {
      throw new InputException(e.getMessage());
    }
  }

  List<SourceFile> files() {
    return discovery.files();
  }

  /** Where the tree's index is kept; empty for what is no kernel tree. */
  Optional<TreeIndex.Place> index(Path cache) {
    return kernel.isKernel()
        ? Optional.of(new TreeIndex.Place(cache, kernel.root(), arch.toString()))
        : Optional.empty();
  }

  /** What could not be read, then or later, in order of path. */
  List<SkippedFile> skippedAnd(List<SkippedFile> later) {
    List<SkippedFile> all = new ArrayList<>(discovery.skipped());
    all.addAll(later);
    all.sort(Comparator.comparing(SkippedFile::path));
    return List.copyOf(all);
  }
}
