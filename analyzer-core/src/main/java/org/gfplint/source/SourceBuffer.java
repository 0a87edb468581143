package org.gfplint.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one source file, in an array that is reused for the next. Only the first {@link
 * #length()} bytes count. Not thread safe: one per thread.
 */
public final class SourceBuffer {
  private byte[] bytes = new byte[1 << 16];
  private int length;

  /** The array itself, not a copy; another read may replace it. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Fills the buffer with the text, as UTF-8. */
  public void set(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, bytes, 0, encoded.length);
    length = encoded.length;
  }

  /** The bytes as text, for messages and tests: invalid UTF-8 is replaced. */
  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Makes room for so many bytes; what the buffer held is kept. */
  void reserve(int capacity) {
    if (bytes.length < capacity) {
      bytes = Arrays.copyOf(bytes, Math.max(capacity, bytes.length + (bytes.length >> 1)));
    }
  }

  void length(int newLength) {
    length = newLength;
  }
}
