package org.gfplint.program;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gfplint.facts.FactsKey;
import org.gfplint.facts.FactsStore;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceBuffer;
import org.gfplint.source.SourceFile;
import org.gfplint.source.Workers;

/** Reads the files of a run and links them into a {@link Program}. */
public final class ProgramReader {
  private final KernelTree tree;
  private final MacroDictionary dictionary;
  private final Optional<FactsStore> store;
  private final int threads;
  private final Runnable onFile;
  private BooleanSupplier stopped = () -> false;

  private final Program.Builder builder = new Program.Builder();
  private final ConcurrentLinkedQueue<SkippedFile> skipped = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger filesRead = new AtomicInteger();
  private final ConcurrentLinkedQueue<TreeIndex.Row> rows = new ConcurrentLinkedQueue<>();
  private boolean indexed;
  private boolean whole;

  /** Keys of files that did not change since they were indexed. */
  private final Map<String, FactsKey> known = new HashMap<>();

  /**
   * What reading gave.
   *
   * @param skipped files that could not be read, in order of path
   * @param bytes source text that the program is made from
   * @param keys what the facts of each indexed file go by, by path
   */
  public record Read(
      Program program,
      List<SkippedFile> skipped,
      int files,
      long bytes,
      Map<String, FactsKey> keys) {}

  /**
   * A reader for one tree.
   *
   * @param dictionary what the tree's macros stand for
   * @param store gives facts of files that were read before, and keeps those of others
   * @param onFile told when a file is done, from any thread
   */
  public ProgramReader(
      KernelTree tree,
      MacroDictionary dictionary,
      Optional<FactsStore> store,
      int threads,
      Runnable onFile) {
    this.tree = tree;
    this.dictionary = dictionary;
    this.store = store;
    this.threads = threads;
    this.onFile = onFile;
  }

  /**
   * Lets somebody end the reading: what was read by then is linked, and no index is written.
   *
   * @param stop asked before each file, from any thread
   */
  public ProgramReader until(BooleanSupplier stop) {
    stopped = stop;
    return this;
  }

  /** All files of what is, or is not, a kernel tree. */
  public Read read(List<SourceFile> files) {
    whole = tree.isKernel();
    readAll(files);
    return finish();
  }

  /**
   * All files of the tree, and an index of them for later runs.
   *
   * @param unchanged keys of files that need not be read, by path
   * @param place where the index goes
   * @param warn told in one line if the index cannot be written
   */
  public Read readAndIndex(
      List<SourceFile> files,
      Map<String, FactsKey> unchanged,
      TreeIndex.Place place,
      Consumer<String> warn) {
    long started = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    indexed = true;
    whole = true;
    known.putAll(unchanged);
    readAll(files);
    if (!stopped.getAsBoolean()) {
      TreeIndex.write(place, dictionary.fingerprint(), started, new ArrayList<>(rows), warn);
    }
    return finish();
  }

  /** These files and what they include, as far as that lies in the tree. */
  public Read readWithIncludes(List<SourceFile> files) {
    return readWithIncludes(files, new LinkedHashSet<>());
  }

  /**
   * The same.
   *
   * @param known paths of files that were read already
   */
  private Read readWithIncludes(List<SourceFile> files, Set<String> known) {
    files.forEach(f -> known.add(f.path()));
    List<SourceFile> wave = files;
    while (!wave.isEmpty()) {
      Set<String> wanted = new TreeSet<>(readAll(wave));
      wanted.removeAll(known);
      known.addAll(wanted);
      List<SourceFile> next = new ArrayList<>();
      for (String path : wanted) {
        tree.file(path).ifPresent(next::add);
      }
      wave = next;
    }
    return finish();
  }

  /**
   * These files, what they include, and files that call a function of theirs that was changed.
   *
   * @param arch whose files are searched for callers
   */
  public Read readWithCallers(List<SourceFile> files, ChangedLines changed, ArchSelection arch) {
    Set<String> names = changedFunctions(files, changed);
    Set<String> known = new LinkedHashSet<>();
    files.forEach(f -> known.add(f.path()));
    if (!names.isEmpty()) {
      List<SourceFile> others =
          tree.discover(arch).files().stream().filter(f -> !known.contains(f.path())).toList();
      List<SourceFile> callers = CallerSearch.of(others, names, threads);
      callers.forEach(f -> known.add(f.path()));
      readAll(callers);
    }
    return readWithIncludes(files, known);
  }

  /** Those that others can call. */
  private Set<String> changedFunctions(List<SourceFile> files, ChangedLines changed) {
    Set<String> names = new TreeSet<>();
    SourceBuffer buffer = new SourceBuffer();
    try (FactsSource source = new FactsSource(dictionary, store)) {
      for (SourceFile file : files) {
        try {
          for (FunctionFacts f : source.read(file, buffer).facts().functions()) {
            boolean visible =
                f.linkage() == FunctionFacts.Linkage.GLOBAL || file.path().endsWith(".h");
            if (visible && changed.touches(file.path(), f.span())) {
              names.add(f.name());
            }
          }
        } catch (SkippedFileException e) {
          // Said when it is read to be judged.
        }
      }
    }
    return names;
  }

  private Read finish() {
    List<SkippedFile> notRead = new ArrayList<>(skipped);
    notRead.sort(Comparator.comparing(SkippedFile::path));
    Map<String, FactsKey> keys = new HashMap<>();
    rows.forEach(row -> keys.put(row.entry().path(), row.entry().key()));
    Program program = whole ? builder.whole().link() : builder.link();
    return new Read(program, List.copyOf(notRead), filesRead.get(), bytes.get(), keys);
  }

  /** Reads the files on all threads; gives the paths that they include, if it is not all of it. */
  private Set<String> readAll(List<SourceFile> files) {
    Set<String> included = new TreeSet<>();
    AtomicInteger next = new AtomicInteger();
    Workers.run(threads, () -> work(files, next)).forEach(included::addAll);
    return included;
  }

  private Set<String> work(List<SourceFile> files, AtomicInteger next) {
    IncludedFiles included = new IncludedFiles(tree);
    SourceBuffer buffer = new SourceBuffer();
    try (FactsSource source = new FactsSource(dictionary, store)) {
      int index;
      while ((index = next.getAndIncrement()) < files.size() && !stopped.getAsBoolean()) {
        SourceFile file = files.get(index);
        try {
          FactsSource.Found found = find(file, source, buffer);
          builder.add(file.path(), found.packed(), found.facts());
          if (indexed) {
            found.key().ifPresent(key -> rows.add(TreeIndex.row(file, key, found.facts())));
          }
          filesRead.incrementAndGet();
          if (!whole) {
            // Of a whole tree, what is included is read anyway.
            found.facts().includes().forEach(name -> included.add(file.path(), name));
          }
        } catch (SkippedFileException e) {
          skipped.add(e.skipped());
        }
        onFile.run();
      }
    }
    return included.paths();
  }

  private FactsSource.Found find(SourceFile file, FactsSource source, SourceBuffer buffer)
      throws SkippedFileException {
    FactsKey key = known.get(file.path());
    Optional<FactsSource.Found> stored = key == null ? Optional.empty() : source.stored(key);
    if (stored.isPresent()) {
      bytes.addAndGet(file.size());
      return stored.get();
    }
    FactsSource.Found found = source.read(file, buffer);
    bytes.addAndGet(buffer.length());
    return found;
  }
}
