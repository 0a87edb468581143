package org.gfplint.source;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of a tree that are to be taken as they are not on disk: as they are staged, as they were in
 * another revision, as a patch leaves them. Immutable; safe for many threads.
 */
public final class Overlay {
  /** The tree as it is. */
  public static final Overlay NONE = new Overlay(Map.of());

  /** Where a file's content comes from; asked when the file is first read. */
  public interface Content {
    byte[] read() throws IOException;
  }

  private final Map<String, Optional<Content>> files;

  private Overlay(Map<String, Optional<Content>> files) {
    this.files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /**
   * An overlay of some files.
   *
   * @param files by path relative to the tree, separated by '/'; empty where there is to be no file
   */
  public static Overlay of(Map<String, Optional<Content>> files) {
    return files.isEmpty() ? NONE : new Overlay(files);
  }

  /** This, and the other one above it. */
  public Overlay under(Overlay other) {
    Map<String, Optional<Content>> all = new TreeMap<>(files);
    all.putAll(other.files);
    return of(all);
  }

  /** The files that are not to be taken from disk, sorted. */
  public Set<String> paths() {
    return files.keySet();
  }

  public boolean covers(String path) {
    return files.containsKey(path);
  }

  /** The file in place of that on disk; empty if there is to be none, or that on disk counts. */
  Optional<Content> content(String path) {
    return files.getOrDefault(path, Optional.empty());
  }
}
