package org.gfplint.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SortedMap;
import org.gfplint.syntax.CParser;

/**
 * Stands for everything that a file's facts depend on: its bytes, what the macro dictionary says of
 * the names in it, the extractor's build and the parser's core. SHA-256, so two files never share a
 * key.
 */
public final class FactsKey {
  private static final byte[] EXTRACTOR =
      (FactsExtractor.VERSION + " " + build() + " " + CParser.chosenCore())
          .getBytes(StandardCharsets.UTF_8);

  private final byte[] hash;

  private FactsKey(byte[] hash) {
    this.hash = hash;
  }

  /**
   * The key of one file.
   *
   * @param text the file as it is on disk, before macros are normalised
   * @param length how many of the bytes count
   * @param macros fingerprint of the dictionary entries that the file uses
   */
  public static FactsKey of(byte[] text, int length, long macros) {
    return ofText(text, length).withMacros(macros);
  }

  /** A key of the text alone, to be completed. */
  public static FactsKey ofText(byte[] text, int length) {
    MessageDigest digest = sha256();
    digest.update(text, 0, length);
    return new FactsKey(digest.digest());
  }

  /** The key of the facts, given that of the text. */
  public FactsKey withMacros(long macros) {
    return with('m', macros);
  }

  /** The key of the macros' fingerprint, given that of the text. */
  public FactsKey withDictionary(long dictionary) {
    return with('d', dictionary);
  }

  private FactsKey with(char what, long fingerprint) {
    MessageDigest digest = sha256();
    digest.update(hash);
    digest.update(
        ByteBuffer.allocate(Character.BYTES + Long.BYTES)
            .putChar(what)
            .putLong(fingerprint)
            .array());
    digest.update(EXTRACTOR);
    return new FactsKey(digest.digest());
  }

  /** Digest of the sources that decide what facts are, which the build leaves as a resource. */
  private static String build() {
    try (InputStream digest = FactsKey.class.getResourceAsStream("extractor.digest")) {
      return digest == null ? "" : new String(digest.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException("this build of gfplint cannot be read", e);
    }
  }

  /** Differs between builds that may read the same file differently. */
  public static int extractor() {
    return Arrays.hashCode(EXTRACTOR);
  }

  /**
   * The key of something made from the facts of many files.
   *
   * @param files keys of the files, by path
   * @param terms what else it depends on
   */
  public static FactsKey ofFiles(SortedMap<String, FactsKey> files, String terms) {
    MessageDigest digest = sha256();
    digest.update(terms.getBytes(StandardCharsets.UTF_8));
    files.forEach(
        (path, key) -> {
          digest.update((byte) 0);
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(key.hash);
        });
    return new FactsKey(digest.digest());
  }

  /**
   * A key that was kept.
   *
   * @param hash what {@link #hash} gave
   */
  public static FactsKey ofHash(byte[] hash) {
    return new FactsKey(hash);
  }

  /** All 32 bytes. */
  public byte[] hash() {
    return hash;
  }

  /** What the entry goes by in the store. Entries of equal id but other hash replace each other. */
  long id() {
    return ByteBuffer.wrap(hash).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
