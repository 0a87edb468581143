package org.gfplint.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gfplint.facts.FactsStore;
import org.gfplint.program.ProgramReader;
import org.gfplint.program.TreeIndex;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SkippedFile;

/** Fills the cache, so that a later {@link Check} need not read as much. */
public final class Index {
  private Index() {}

  /**
   * What to read.
   *
   * @param tree root of the kernel tree
   * @param paths files and directories inside it; empty means all of it
   * @param arch the directory below arch/ to read, or "all"
   * @param threads how many workers
   * @param cache directory to fill
   */
  public record Request(Path tree, List<Path> paths, String arch, int threads, Path cache) {
    public Request {
      // Who names the tree itself, as in "gfplint index .", means all of it.
      paths = paths.contains(tree) ? List.of() : List.copyOf(paths);
    }
  }

  /**
   * What came out.
   *
   * @param notes things the user should know, one line each
   * @param hits files whose facts were there
   * @param misses files whose facts were not
   * @param bytes size of the cache on disk
   * @param kept whether facts that were not there are there now
   */
  public record Result(
      List<String> notes,
      List<SkippedFile> skipped,
      int files,
      long hits,
      long misses,
      long bytes,
      boolean kept) {}

  /**
   * Reads the files and what they include.
   *
   * @throws InputException if there is nothing to read: no such path
   */
  public static Result run(Request request, Check.Progress progress) {
    OpenTree tree = OpenTree.of(request.tree(), request.paths(), request.arch());
    progress.phase("reading", tree.files().size());
    Optional<Path> cache = Optional.of(request.cache());
    MacroDictionary dictionary = MacroDictionary.of(tree.kernel(), tree.arch(), cache);
    List<String> notes = Collections.synchronizedList(new ArrayList<>());
    FactsStore store = FactsStore.open(FactsStore.Settings.in(request.cache()), notes::add);
    ProgramReader.Read read;
    try (store) {
      ProgramReader reader =
          new ProgramReader(
              tree.kernel(), dictionary, Optional.of(store), request.threads(), progress::step);
      Optional<TreeIndex.Place> place =
          request.paths().isEmpty() ? tree.index(request.cache()) : Optional.empty();
      read =
          place.isPresent()
              ? reader.readAndIndex(
                  tree.files(),
                  TreeIndex.unchanged(place.get(), dictionary.fingerprint(), tree.files()),
                  place.get(),
                  notes::add)
              : reader.readWithIncludes(tree.files());
    }
    return new Result(
        List.copyOf(notes),
        tree.skippedAnd(read.skipped()),
        read.files(),
        store.hits(),
        store.misses(),
        store.bytes(),
        store.isWritable());
  }
}
