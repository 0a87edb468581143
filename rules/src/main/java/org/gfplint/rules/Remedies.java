package org.gfplint.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gfplint.finding.Finding;
import org.gfplint.fix.FixWriter;
import org.gfplint.source.KernelTree;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceFile;

/** Makes fixes of what rules know to put right; only files with a remedy in them are read. */
final class Remedies {
  private Remedies() {}

  /**
   * The findings, with fixes where the source allows.
   *
   * @param tree all that findings lie in
   */
  static List<Finding> write(List<Finding> findings, KernelTree tree) {
    List<Finding> result = new ArrayList<>(findings.size());
    String path = null;
    Optional<FixWriter> writer = Optional.empty();
    for (Finding finding : findings) {
      if (finding.remedy().isEmpty()) {
        result.add(finding);
        continue;
      }
      // In order of place, so that each file is read once.
      if (!finding.location().path().equals(path)) {
        path = finding.location().path();
        writer = tree.file(path).flatMap(Remedies::writer);
      }
      result.add(
          finding.withFixes(
              writer
                  .flatMap(w -> w.write(finding.remedy().get()))
                  .map(List::of)
                  .orElse(List.of())));
    }
    return List.copyOf(result);
  }

  private static Optional<FixWriter> writer(SourceFile file) {
    try {
      return Optional.of(new FixWriter(file.path(), file.read()));
    } catch (SkippedFileException e) {
      // It was there to be analysed; without it there is no fix.
      return Optional.empty();
    }
  }
}
