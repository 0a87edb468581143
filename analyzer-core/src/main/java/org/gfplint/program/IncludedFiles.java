package org.gfplint.program;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.source.KernelTree;

/** Files of a tree that others include; for one thread. */
final class IncludedFiles {
  private final KernelTree tree;
  private final Set<String> paths = new TreeSet<>();

  /** By the place beside the file that includes it: files of one directory include the same. */
  private final Map<String, Optional<String>> known = new HashMap<>();

  IncludedFiles(KernelTree tree) {
    this.tree = tree;
  }

  /** Those found so far, relative to the tree. */
  Set<String> paths() {
    return paths;
  }

  void add(String from, String name) {
    String beside = from.substring(0, from.lastIndexOf('/') + 1) + name;
    known.computeIfAbsent(beside, b -> find(b, name)).ifPresent(paths::add);
  }

  /** Where the compiler would look: beside the file, include/, the architecture's include/. */
  private Optional<String> find(String beside, String name) {
    for (String candidate :
        List.of(beside, "include/" + name, "arch/x86/include/" + name, "include/uapi/" + name)) {
      Path path = tree.root().resolve(candidate).normalize();
      if (!path.startsWith(tree.root())) {
        continue;
      }
      String found = tree.root().relativize(path).toString().replace('\\', '/');
      if (tree.file(found).isPresent()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
