package org.gfplint.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.gfplint.source.SourceBuffer;
import org.gfplint.syntax.CParser;

/** How fast this machine reads kernel code: rewriting, parsing and walking a text of our own. */
public final class ParseSpeed {
  /** So long a text that call and clock do not matter, and no longer than many drivers; bytes. */
  private static final int TEXT_SIZE = 256 << 10;

  private static final long WARM_UP = 400_000_000L;
  private static final long MEASURED = 600_000_000L;

  private ParseSpeed() {}

  /** Measures on one thread for about a second; megabytes in a second of CPU time. */
  public static double megabytesPerSecond() {
    String sample = sample();
    String text = sample.repeat(TEXT_SIZE / sample.length());
    try (CParser parser = new CParser()) {
      round(parser, text, WARM_UP);
      return round(parser, text, MEASURED);
    }
  }

  private static double round(CParser parser, String text, long duration) {
    MacroNormalizer normalizer = new MacroNormalizer(MacroDictionary.builtIn());
    SourceBuffer buffer = new SourceBuffer();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long bytes = 0;
    long start = threads.getCurrentThreadCpuTime();
    long time;
    do {
      buffer.set(text);
      normalizer.normalize(buffer.bytes(), buffer.length());
      parser.parse(buffer.bytes(), buffer.length(), (tree, hasError) -> {});
      bytes += buffer.length();
      time = threads.getCurrentThreadCpuTime() - start;
    } while (time < duration);
    return bytes * 1e3 / time;
  }

  private static String sample() {
    try (InputStream in = ParseSpeed.class.getResourceAsStream("sample.c")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
