package org.gfplint.finding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * What a finding is known by from one state of the code to the next. Lines may move, blanks and
 * local names may change; another mask, call or function makes another finding.
 *
 * @param rule id of the rule
 * @param path of the file, relative to the tree
 * @param function the function that it lies in
 * @param code what is reported, in words that do not depend on the names of locals: most often the
 *     function that is called and the mask as the model spells it
 * @param ordinal counts findings that are equal in all of that, from 1, in order of place
 */
public record Fingerprint(String rule, String path, String function, String code, int ordinal)
    implements Comparable<Fingerprint> {
  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparing(Fingerprint::rule)
          .thenComparing(Fingerprint::path)
          .thenComparing(Fingerprint::function)
          .thenComparing(Fingerprint::code)
          .thenComparingInt(Fingerprint::ordinal);

  /** The same among others. */
  public Fingerprint withOrdinal(int newOrdinal) {
    return new Fingerprint(rule, path, function, code, newOrdinal);
  }

  /** The same in a file of another name. */
  public Fingerprint inFile(String newPath) {
    return new Fingerprint(rule, newPath, function, code, ordinal);
  }

  /** 32 hexadecimal digits that stand for it. */
  public String hash() {
    String all = String.join("\0", rule, path, function, code, Integer.toString(ordinal));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int compareTo(Fingerprint other) {
    return ORDER.compare(this, other);
  }
}
