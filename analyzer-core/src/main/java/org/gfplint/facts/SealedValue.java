package org.gfplint.facts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses values and seals them with their key and a checksum, so that damage, or the value of
 * another key, is told from what was put in. For one thread.
 */
final class SealedValue {
  /** Of the key; what the store finds values by is another part of it. */
  private static final int KEY_FROM = 16;

  private static final int KEY = 16;
  private static final int SUM_FROM = KEY;

  /** What the checksum is of begins here: the length of the value, and the value. */
  private static final int SUMMED_FROM = SUM_FROM + Integer.BYTES;

  private static final int HEADER = SUMMED_FROM + Integer.BYTES;

  // The fastest level: the next ones take a third longer for 3 % less.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);

  // In hardware; a cryptographic hash took half as long as everything else that opens a value.
  private final CRC32C sum = new CRC32C();

  /** Key, checksum, length of the value (4 bytes), the value compressed. */
  byte[] seal(FactsKey key, byte[] value) {
    byte[] sealed = new byte[HEADER + value.length + (value.length >> 3) + 64];
    deflater.reset();
    deflater.setInput(value);
    deflater.finish();
    int size = HEADER;
    while (!deflater.finished()) {
      if (size == sealed.length) {
        sealed = Arrays.copyOf(sealed, size * 2);
      }
      size += deflater.deflate(sealed, size, sealed.length - size);
    }
    System.arraycopy(key.hash(), KEY_FROM, sealed, 0, KEY);
    ByteBuffer.wrap(sealed).putInt(SUMMED_FROM, value.length);
    ByteBuffer.wrap(sealed).putInt(SUM_FROM, sumOf(sealed, size));
    return Arrays.copyOf(sealed, size);
  }

  /** The value; empty if this is not what {@link #seal} made for the key. */
  Optional<byte[]> open(FactsKey key, byte[] sealed) {
    if (sealed.length < HEADER
        || !Arrays.equals(key.hash(), KEY_FROM, KEY_FROM + KEY, sealed, 0, KEY)
        || ByteBuffer.wrap(sealed).getInt(SUM_FROM) != sumOf(sealed, sealed.length)) {
      return Optional.empty();
    }
    byte[] value = new byte[ByteBuffer.wrap(sealed).getInt(SUMMED_FROM)];
    inflater.reset();
    inflater.setInput(sealed, HEADER, sealed.length - HEADER);
    try {
      int size = 0;
      while (size < value.length) {
        int n = inflater.inflate(value, size, value.length - size);
        if (n == 0) {
          return Optional.empty();
        }
        size += n;
      }
      return Optional.of(value);
    } catch (DataFormatException e) {
      return Optional.empty();
    }
  }

  private int sumOf(byte[] sealed, int size) {
    sum.reset();
    sum.update(sealed, SUMMED_FROM, size - SUMMED_FROM);
    return (int) sum.getValue();
  }
}
