package org.gfplint.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gfplint.source.BeyondLimitException;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceBuffer;
import org.gfplint.source.SourceFile;
import org.gfplint.source.Workers;
import org.gfplint.syntax.CParser;
import org.gfplint.syntax.SyntaxTree;

/**
 * Reads, normalises and parses files and walks their syntax, as an analysis does, and makes nothing
 * of it: the floor that analysis time is compared with. Unlike an analysis it leaves out no file: a
 * header without a brace in it is parsed too.
 */
public final class ParseRun {
  /** Which core parses; see {@link CParser#core()}. */
  public static String core() {
    return CParser.core();
  }

  /**
   * A function as the parser found it.
   *
   * @param line the line of its name, from 1
   * @param endLine the line of its closing brace
   * @param hasError whether the parser could not make sense of some part of it
   */
  public record ParsedFunction(String name, int line, int endLine, boolean hasError) {}

  /** Told what each file holds, in the order of the files, one at a time, from any thread. */
  public interface Listener {
    void file(String path, List<ParsedFunction> functions);
  }

  /**
   * What was parsed.
   *
   * @param errorsElsewhere places outside functions that the parser could not make sense of
   * @param skipped files that could not be read, in order of path; they count nowhere else
   */
  public record Statistics(
      int files,
      long bytes,
      long functions,
      long functionsWithErrors,
      long errorsElsewhere,
      List<SkippedFile> skipped) {}

  private final List<SourceFile> files;
  private final MacroDictionary dictionary;
  private final Listener listener;
  private final Runnable onFile;
  private final AtomicInteger next = new AtomicInteger();

  /** Files that are done while an earlier one is not, for the listener. */
  private final List<List<ParsedFunction>> waiting = new ArrayList<>();

  private int delivered;

  private ParseRun(
      List<SourceFile> files, MacroDictionary dictionary, Listener listener, Runnable onFile) {
    this.files = files;
    this.dictionary = dictionary;
    this.listener = listener;
    this.onFile = onFile;
  }

  /**
   * Parses the files.
   *
   * @param dictionary what the tree's macros stand for
   * @param listener null if nobody wants the functions: then none is kept
   * @param onFile told when a file is done, from any thread
   */
  public static Statistics run(
      List<SourceFile> files,
      MacroDictionary dictionary,
      int threads,
      Listener listener,
      Runnable onFile) {
    ParseRun run = new ParseRun(files, dictionary, listener, onFile);
    List<Worker> workers = Workers.run(threads, run::work);
    int parsed = 0;
    long bytes = 0;
    long functions = 0;
    long withErrors = 0;
    long elsewhere = 0;
    List<SkippedFile> skipped = new ArrayList<>();
    for (Worker worker : workers) {
      parsed += worker.files;
      bytes += worker.bytes;
      functions += worker.functions;
      withErrors += worker.functionsWithErrors;
      elsewhere += worker.errorsElsewhere;
      skipped.addAll(worker.skipped);
    }
    skipped.sort(Comparator.comparing(SkippedFile::path));
    return new Statistics(parsed, bytes, functions, withErrors, elsewhere, List.copyOf(skipped));
  }

  private Worker work() {
    Worker worker = new Worker(listener != null);
    SourceBuffer buffer = new SourceBuffer();
    MacroNormalizer normalizer = new MacroNormalizer(dictionary);
    try (CParser parser = new CParser()) {
      int index;
      while ((index = next.getAndIncrement()) < files.size()) {
        List<ParsedFunction> found = List.of();
        try {
          files.get(index).read(buffer);
          normalizer.normalize(buffer.bytes(), buffer.length());
          found = worker.parse(parser, buffer);
        } catch (SkippedFileException e) {
          worker.skipped.add(e.skipped());
        } catch (BeyondLimitException e) {
          worker.skipped.add(new SkippedFile(files.get(index).path(), e.getMessage()));
        }
        if (listener != null) {
          deliver(index, found);
        }
        onFile.run();
      }
    }
    return worker;
  }

  private synchronized void deliver(int index, List<ParsedFunction> found) {
    while (waiting.size() <= index - delivered) {
      waiting.add(null);
    }
    waiting.set(index - delivered, found);
    int ready = 0;
    while (ready < waiting.size() && waiting.get(ready) != null) {
      listener.file(files.get(delivered + ready).path(), waiting.get(ready));
      ready++;
    }
    waiting.subList(0, ready).clear();
    delivered += ready;
  }

  /** What one thread has seen. */
  private static final class Worker implements CParser.ItemVisitor {
    private final boolean keepFunctions;
    private final FileText text = new FileText();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private List<ParsedFunction> inFile;
    private int files;
    private long bytes;
    private long functions;
    private long functionsWithErrors;
    private long errorsElsewhere;

    Worker(boolean keepFunctions) {
      this.keepFunctions = keepFunctions;
    }

    List<ParsedFunction> parse(CParser parser, SourceBuffer buffer) {
      inFile = new ArrayList<>();
      if (keepFunctions) {
        text.reset(buffer.bytes(), buffer.length());
      }
      parser.parse(buffer.bytes(), buffer.length(), this);
      files++;
      bytes += buffer.length();
      return inFile;
    }

    @Override
    public void item(SyntaxTree tree, boolean hasError) {
      int name = FileText.functionName(tree);
      if (name < 0) {
        errorsElsewhere += hasError ? 1 : 0;
        return;
      }
      functions++;
      functionsWithErrors += hasError ? 1 : 0;
      if (keepFunctions) {
        inFile.add(
            new ParsedFunction(
                text.of(tree, name),
                text.line(tree.start(name)),
                text.line(tree.end(0)),
                hasError));
      }
    }

    @Override
    public void error() {
      errorsElsewhere++;
    }
  }
}
