package org.gfplint.source;

import java.util.Arrays;

/** Names given as bytes, each with a small number. Open addressing; grows; never shrinks. */
final class NameTable {
  private byte[] pool = new byte[1 << 12];
  private int poolSize;
  private int[] hashes;
  private int[] offsets;
  private short[] lengths;
  private short[] values;
  private int size;

  NameTable() {
    this(0);
  }

  /** A table that has room for so many names before it grows. */
  NameTable(int names) {
    int capacity = Math.max(256, Integer.highestOneBit(names * 3) * 2);
    hashes = new int[capacity];
    offsets = new int[capacity];
    lengths = new short[capacity];
    values = new short[capacity];
  }

  static int hash(byte[] t, int from, int to) {
    int h = 0;
    for (int i = from; i < to; i++) {
      h = h * 31 + t[i];
    }
    return spread(h);
  }

  /** Finishes a hash that was computed as {@code h = h * 31 + byte}; never 0. */
  static int spread(int h) {
    h *= 0x9E3779B9;
    h ^= h >>> 15;
    return h == 0 ? 1 : h;
  }

  int size() {
    return size;
  }

  void clear() {
    if (size > 0) {
      Arrays.fill(hashes, 0);
      size = 0;
      poolSize = 0;
    }
  }

  /** The name's number, or -1. */
  int get(byte[] t, int from, int to, int hash) {
    int mask = hashes.length - 1;
    for (int i = hash & mask; hashes[i] != 0; i = (i + 1) & mask) {
      if (hashes[i] == hash
          && lengths[i] == to - from
          && Arrays.equals(pool, offsets[i], offsets[i] + lengths[i], t, from, to)) {
        return values[i];
      }
    }
    return -1;
  }

  void put(byte[] t, int from, int to, int value) {
    if (to - from > Short.MAX_VALUE) {
      return;
    }
    int hash = hash(t, from, to);
    int mask = hashes.length - 1;
    int i = hash & mask;
    for (; hashes[i] != 0; i = (i + 1) & mask) {
      if (hashes[i] == hash
          && lengths[i] == to - from
          && Arrays.equals(pool, offsets[i], offsets[i] + lengths[i], t, from, to)) {
        values[i] = (short) value;
        return;
      }
    }
    if (poolSize + to - from > pool.length) {
      pool = Arrays.copyOf(pool, Math.max(pool.length * 2, poolSize + to - from));
    }
    System.arraycopy(t, from, pool, poolSize, to - from);
    hashes[i] = hash;
    offsets[i] = poolSize;
    lengths[i] = (short) (to - from);
    values[i] = (short) value;
    poolSize += to - from;
    if (++size * 3 > hashes.length) {
      grow();
    }
  }

  void put(String name, int value) {
    byte[] text = Bytes.ascii(name);
    put(text, 0, text.length, value);
  }

  private void grow() {
    int[] oldHashes = hashes;
    int[] oldOffsets = offsets;
    short[] oldLengths = lengths;
    short[] oldValues = values;
    int capacity = oldHashes.length * 2;
    hashes = new int[capacity];
    offsets = new int[capacity];
    lengths = new short[capacity];
    values = new short[capacity];
    for (int k = 0; k < oldHashes.length; k++) {
      if (oldHashes[k] != 0) {
        int i = oldHashes[k] & (capacity - 1);
        while (hashes[i] != 0) {
          i = (i + 1) & (capacity - 1);
        }
        hashes[i] = oldHashes[k];
        offsets[i] = oldOffsets[k];
        lengths[i] = oldLengths[k];
        values[i] = oldValues[k];
      }
    }
  }

  /** Receives the names of a table. */
  interface Visitor {
    void name(byte[] pool, int from, int to, int value);
  }

  /** In no particular order. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < hashes.length; i++) {
      if (hashes[i] != 0) {
        visitor.name(pool, offsets[i], offsets[i] + lengths[i], values[i]);
      }
    }
  }

  NameTable copy() {
    NameTable c = new NameTable();
    c.pool = pool.clone();
    c.poolSize = poolSize;
    c.hashes = hashes.clone();
    c.offsets = offsets.clone();
    c.lengths = lengths.clone();
    c.values = values.clone();
    c.size = size;
    return c;
  }
}
