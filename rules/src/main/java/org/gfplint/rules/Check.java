package org.gfplint.rules;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfplint.finding.Finding;
import org.gfplint.model.KernelVersion;

/** One run over a kernel tree: from paths to findings. */
public final class Check {
  private Check() {}

  /**
   * What to check.
   *
   * @param tree root of the kernel tree, or the directory of a lone file
   * @param paths files and directories to report on, inside {@code tree}; empty means all of it
   * @param version the kernel version to judge by; empty means the one in the tree's Makefile
   * @param arch the directory below arch/ to read, or "all"
   * @param rules names or ids of the rules to run; empty means all
   * @param threads how many workers; the result does not depend on it
   */
  public record Request(
      Path tree,
      List<Path> paths,
      Optional<KernelVersion> version,
      String arch,
      Set<String> rules,
      int threads) {
    public Request {
      paths = List.copyOf(paths);
      rules = Set.copyOf(rules);
    }
  }

  /**
   * What came out, the same for any number of threads.
   *
   * @param version the version judged by
   * @param notes things the user should know, one line each (newer kernel than the facts, ...)
   * @param findings every finding at every confidence, in order of place
   * @param skipped files that were not analysed
   */
  public record Result(
      KernelVersion version,
      List<String> notes,
      List<Finding> findings,
      List<SkippedFile> skipped,
      Statistics statistics) {}

  /**
   * A file that was passed over.
   *
   * @param path relative to the tree
   * @param reason one clause without a final period
   */
  public record SkippedFile(String path, String reason) {}

  /**
   * Figures of a run.
   *
   * @param allocations calls of allocator APIs
   */
  public record Statistics(int files, long bytes, int functions, long calls, long allocations) {}

  /** Told how far a run is; called from several threads. */
  public interface Progress {
    /** A phase of {@code total} steps begins. */
    void phase(String name, long total);

    /** One more step of the phase is done. */
    void step();
  }

  /**
   * Runs the analysis.
   *
   * @throws InputException if nothing can be analysed: no such path, no version known, unknown rule
   */
  public static Result run(Request request, Progress progress) {
    throw new InputException("not built yet: " + request.tree());
  }
}
