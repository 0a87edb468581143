package org.gfplint.facts;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.function.IntFunction;

/** Items with names, in bytes until one is asked for. For one thread. */
final class PackedList<T> extends AbstractList<T> implements RandomAccess {
  private final String[] names;
  private final IntFunction<T> unpack;
  private final List<T> known;

  /**
   * A list of as many items as there are names.
   *
   * @param unpack makes the item at a place
   */
  PackedList(String[] names, IntFunction<T> unpack) {
    this.names = names;
    this.unpack = unpack;
    this.known = new ArrayList<>(Collections.nCopies(names.length, null));
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public T get(int place) {
    T item = known.get(place);
    if (item == null) {
      item = unpack.apply(place);
      known.set(place, item);
    }
    return item;
  }

  /** Those of these names; the others stay packed. */
  List<T> named(Set<String> wanted) {
    List<T> found = new ArrayList<>(1);
    for (int i = 0; i < names.length; i++) {
      if (wanted.contains(names[i])) {
        found.add(get(i));
      }
    }
    return found;
  }
}
