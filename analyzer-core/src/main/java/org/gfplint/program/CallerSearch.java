package org.gfplint.program;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceBuffer;
import org.gfplint.source.SourceFile;
import org.gfplint.source.Workers;

/** Searches the text of files for calls, where there is no index to ask. */
final class CallerSearch {
  /** A function that more files than this call tells nothing about any of them. */
  private static final int MOST_CALLERS = 24;

  private static final int FILTER_BITS = 1 << 12;

  private final Map<Integer, List<String>> byHash = new HashMap<>();
  private final boolean[] filter = new boolean[FILTER_BITS];

  private CallerSearch(Set<String> names) {
    for (String name : names) {
      byte[] word = name.getBytes(StandardCharsets.US_ASCII);
      int hash = hash(word, 0, word.length);
      filter[hash & (FILTER_BITS - 1)] = true;
      byHash.computeIfAbsent(hash, h -> new ArrayList<>(1)).add(name);
    }
  }

  /** Those of the files that seem to call one of the functions, in order of path. */
  static List<SourceFile> of(List<SourceFile> files, Set<String> names, int threads) {
    CallerSearch search = new CallerSearch(names);
    AtomicInteger next = new AtomicInteger();
    Map<String, Map<String, SourceFile>> callers = new TreeMap<>();
    for (Map<SourceFile, Set<String>> part : Workers.run(threads, () -> search.work(files, next))) {
      part.forEach(
          (file, called) ->
              called.forEach(
                  name ->
                      callers.computeIfAbsent(name, n -> new TreeMap<>()).put(file.path(), file)));
    }
    Map<String, SourceFile> found = new TreeMap<>();
    for (Map<String, SourceFile> some : callers.values()) {
      if (some.size() <= MOST_CALLERS) {
        found.putAll(some);
      }
    }
    return List.copyOf(found.values());
  }

  private Map<SourceFile, Set<String>> work(List<SourceFile> files, AtomicInteger next) {
    Map<SourceFile, Set<String>> found = new HashMap<>();
    SourceBuffer buffer = new SourceBuffer();
    int index;
    while ((index = next.getAndIncrement()) < files.size()) {
      try {
        files.get(index).read(buffer);
        Set<String> called = called(buffer.bytes(), buffer.length());
        if (!called.isEmpty()) {
          found.put(files.get(index), called);
        }
      } catch (SkippedFileException e) {
        // Nobody asked for it.
      }
    }
    return found;
  }

  private Set<String> called(byte[] bytes, int length) {
    Set<String> called = new HashSet<>();
    int at = 0;
    while (at < length) {
      if (!isWord(bytes[at])) {
        at++;
        continue;
      }
      int start = at;
      int hash = 0;
      for (; at < length && isWord(bytes[at]); at++) {
        hash = hash * 31 + bytes[at];
      }
      if (filter[hash & (FILTER_BITS - 1)] && at < length && bytes[at] == '(') {
        List<String> names = byHash.get(hash);
        String word = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
        if (names != null && names.contains(word)) {
          called.add(word);
        }
      }
    }
    return called;
  }

  private static int hash(byte[] bytes, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash;
  }

  private static boolean isWord(byte c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= '0' && c <= '9';
  }
}
