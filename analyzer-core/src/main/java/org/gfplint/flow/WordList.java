package org.gfplint.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A bundled list of names: one row a line, '#' begins a comment. */
final class WordList {
  private WordList() {}

  static List<String[]> rows(String resource) {
    try (InputStream in = WordList.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .map(line -> line.split("\\s+"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the bundled list " + resource, e);
    }
  }
}
