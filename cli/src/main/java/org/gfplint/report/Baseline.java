package org.gfplint.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gfplint.finding.Finding;

/**
 * Findings that are known and are not to be reported again: a file of JSON with a finding on each
 * line, so that a version control system shows what came and went.
 *
 * @param entries in order of path, function, rule and fingerprint
 */
public record Baseline(List<Entry> entries) {
  /** Name of the file in a tree, unless another is named. */
  public static final String FILE = ".gfplint-baseline.json";

  private static final int FORMAT = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  /**
   * One finding.
   *
   * @param fingerprint {@link org.gfplint.finding.Fingerprint#hash}; all that is compared
   * @param rule id of the rule
   * @param path relative to the tree; this and the rest is for people to read
   */
  public record Entry(
      String fingerprint, String rule, String path, String function, String message) {
    static Entry of(Finding finding) {
      return new Entry(
          finding.fingerprint().hash(),
          finding.ruleId(),
          finding.location().path(),
          finding.function(),
          finding.message());
    }
  }

  /** What the file holds. */
  private record Content(int format, List<Entry> findings) {}

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::path)
          .thenComparing(Entry::function)
          .thenComparing(Entry::rule)
          .thenComparing(Entry::fingerprint);

  public Baseline {
    entries = entries.stream().sorted(ORDER).toList();
  }

  /** These findings. */
  public static Baseline of(Collection<Finding> findings) {
    return new Baseline(findings.stream().map(Entry::of).toList());
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is no baseline; the message says why, in a clause
   */
  public static Baseline read(Path file) throws IOException {
    try {
      Content content = JSON.readValue(Files.readAllBytes(file), Content.class);
      if (content.format != FORMAT) {
        throw new IOException("it is of format " + content.format + ", not " + FORMAT);
      }
      return new Baseline(content.findings);
    } catch (JsonProcessingException e) {
      throw new IOException("it is no baseline that gfplint wrote", e);
    }
  }

  /** Writes it as {@link #read} takes it. */
  public void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder("{\"format\":" + FORMAT + ",\"findings\":[");
    String separator = "\n";
    for (Entry entry : entries) {
      text.append(separator).append(JSON.writeValueAsString(entry));
      separator = ",\n";
    }
    text.append("\n]}\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What findings are compared with. */
  public Set<String> fingerprints() {
    return entries.stream().map(Entry::fingerprint).collect(Collectors.toUnmodifiableSet());
  }

  /** How many entries are not among the others. */
  public long without(Baseline other) {
    Set<String> there = other.fingerprints();
    return entries.stream().filter(e -> !there.contains(e.fingerprint())).count();
  }

  /**
   * What the baseline becomes after a run.
   *
   * @param found what the run found
   * @param covered whether the run was about a path; entries of other paths stay
   * @param add whether what was not known becomes known
   */
  public Baseline after(Baseline found, Predicate<String> covered, boolean add) {
    Set<String> before = fingerprints();
    Map<String, Entry> next = new TreeMap<>();
    for (Entry entry : entries) {
      if (!covered.test(entry.path())) {
        next.put(entry.fingerprint(), entry);
      }
    }
    for (Entry entry : found.entries) {
      if (add || before.contains(entry.fingerprint())) {
        next.put(entry.fingerprint(), entry);
      }
    }
    return new Baseline(List.copyOf(next.values()));
  }
}
