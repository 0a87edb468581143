package org.gfplint.facts;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses values and seals them with a hash over key and content, so that damage, or the value
 * of another key, is told from what was put in. For one thread.
 */
final class SealedValue {
  private static final int SEAL = 16;
  private static final int HEADER = SEAL + Integer.BYTES;

  // The fastest level: the next ones take a third longer for 3 % less.
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);
  private final MessageDigest digest = FactsKey.sha256();

  /** Seal, length of the value (4 bytes), the value compressed. */
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
    ByteBuffer.wrap(sealed).putInt(SEAL, value.length);
    System.arraycopy(sealOf(key, sealed, size), 0, sealed, 0, SEAL);
    return Arrays.copyOf(sealed, size);
  }

  /** The value; empty if this is not what {@link #seal} made for the key. */
  Optional<byte[]> open(FactsKey key, byte[] sealed) {
    if (sealed.length < HEADER
        || !Arrays.equals(sealOf(key, sealed, sealed.length), 0, SEAL, sealed, 0, SEAL)) {
      return Optional.empty();
    }
    byte[] value = new byte[ByteBuffer.wrap(sealed).getInt(SEAL)];
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

  private byte[] sealOf(FactsKey key, byte[] sealed, int size) {
    digest.reset();
    digest.update(key.hash());
    digest.update(sealed, SEAL, size - SEAL);
    return digest.digest();
  }
}
