package org.gfplint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.model.KernelVersion;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.source.KernelTree;

/**
 * Which tree to analyse and what of it to report on.
 *
 * @param tree absolute, links resolved
 * @param paths absolute, below {@code tree}; empty means all of it
 */
record TreeSelection(Path tree, List<Path> paths) {

  /**
   * Makes out what the arguments mean.
   *
   * @param givenTree of --tree
   * @param givenPaths may be relative
   * @param versionKnown whether --kernel-version was given, so that no Makefile is needed
   * @param directory what relative paths start from
   * @throws InputException if a path does not exist or is outside of the tree, or no tree is found
   */
  static TreeSelection of(
      Optional<Path> givenTree, List<Path> givenPaths, boolean versionKnown, Path directory) {
    if (givenTree.isPresent()) {
      Path tree = existing(directory.resolve(givenTree.get()), givenTree.get());
      if (!Files.isDirectory(tree)) {
        throw new InputException(shown(givenTree.get()) + " is not a directory (--tree)");
      }
      return new TreeSelection(
          tree,
          givenPaths.stream().map(path -> inTree(tree, path, directory, givenTree.get())).toList());
    }
    if (givenPaths.isEmpty()) {
      Path tree =
          findUpward(real(directory))
              .orElseThrow(
                  () ->
                      new InputException(
                          "not inside a kernel tree; say which one with --tree, or name what to"
                              + " check"));
      return new TreeSelection(tree, List.of());
    }
    List<Path> paths = new ArrayList<>();
    for (Path given : givenPaths) {
      paths.add(existing(directory.resolve(given), given));
    }
    Path first = paths.get(0);
    Path start = Files.isDirectory(first) ? first : first.getParent();
    Path tree =
        findUpward(start).orElseGet(() -> withoutTree(start, givenPaths.get(0), versionKnown));
    for (int i = 0; i < paths.size(); i++) {
      requireInside(tree, paths.get(i), givenPaths.get(i));
    }
    return new TreeSelection(tree, paths);
  }

  /**
   * The version of --kernel-version.
   *
   * @throws InputException if it is none
   */
  static KernelVersion version(String text) {
    try {
      return KernelVersion.parse(text);
    } catch (IllegalArgumentException e) {
      throw new InputException(TerminalText.escape(e.getMessage()));
    }
  }

  private static Path withoutTree(Path start, Path given, boolean versionKnown) {
    if (!versionKnown) {
      throw new InputException(
          shown(given)
              + " is not inside a kernel tree; say which kernel it is for, as in --kernel-version"
              + " 6.12, or which tree with --tree");
    }
    return start;
  }

  private static Path inTree(Path tree, Path given, Path directory, Path givenTree) {
    Path below = tree.resolve(given);
    Path path = Files.exists(below, LinkOption.NOFOLLOW_LINKS) ? below : directory.resolve(given);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new InputException(
          "there is no " + shown(given) + ", neither in " + shown(givenTree) + " nor here");
    }
    return requireInside(tree, existing(path, given), given);
  }

  private static Path requireInside(Path tree, Path path, Path given) {
    if (!path.startsWith(tree)) {
      throw new InputException(
          shown(given) + " is not inside the kernel tree " + shown(tree) + "; check it by itself");
    }
    return path;
  }

  private static Path existing(Path path, Path given) {
    if (!Files.exists(path)) {
      throw new InputException("there is no " + shown(given));
    }
    return real(path);
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new InputException("cannot read " + shown(path) + ": " + e.getMessage());
    }
  }

  private static String shown(Path path) {
    return TerminalText.escape(path.toString());
  }

  private static Optional<Path> findUpward(Path start) {
    return KernelTree.findUpward(start).map(KernelTree::root);
  }
}
