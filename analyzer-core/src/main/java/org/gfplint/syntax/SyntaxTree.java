package org.gfplint.syntax;

import java.util.Arrays;

/**
 * The syntax of one top-level item, flattened in preorder into arrays that are reused for the next
 * item: nodes are numbers, node 0 is the item itself. Commas, brackets and comments are left out.
 */
public final class SyntaxTree {
  /** Deeper nodes are cut off, so that recursive readers stay within their stack. */
  static final int MAX_DEPTH = 400;

  private byte[] kind = new byte[1024];
  private int[] start = new int[1024];
  private int[] end = new int[1024];

  /** One past the last node of the subtree. */
  private int[] after = new int[1024];

  private int size;

  void clear() {
    size = 0;
  }

  int add(int nodeKind, int startByte, int endByte) {
    if (size == kind.length) {
      int capacity = size * 2;
      kind = Arrays.copyOf(kind, capacity);
      start = Arrays.copyOf(start, capacity);
      end = Arrays.copyOf(end, capacity);
      after = Arrays.copyOf(after, capacity);
    }
    kind[size] = (byte) nodeKind;
    start[size] = startByte;
    end[size] = endByte;
    after[size] = size + 1;
    return size++;
  }

  void close(int node) {
    after[node] = size;
  }

  public int size() {
    return size;
  }

  /** One of {@link NodeKind}. */
  public int kind(int node) {
    return kind[node] & 0xff;
  }

  /** Byte offset of the first byte. */
  public int start(int node) {
    return start[node];
  }

  /** Byte offset past the last byte. */
  public int end(int node) {
    return end[node];
  }

  /** First child, or -1. */
  public int firstChild(int node) {
    return after[node] > node + 1 ? node + 1 : -1;
  }

  /** The node after {@code node} among the children of {@code parent}, or -1. */
  public int nextSibling(int parent, int node) {
    int next = after[node];
    return next < after[parent] ? next : -1;
  }

  /** One past the last node below {@code node}: nodes in between are its descendants. */
  public int after(int node) {
    return after[node];
  }

  /** First child of that kind, or -1. */
  public int child(int node, int nodeKind) {
    for (int c = node + 1; c < after[node]; c = after[c]) {
      if ((kind[c] & 0xff) == nodeKind) {
        return c;
      }
    }
    return -1;
  }

  /** Last child, or -1. */
  public int lastChild(int node) {
    int last = -1;
    for (int c = node + 1; c < after[node]; c = after[c]) {
      last = c;
    }
    return last;
  }
}
