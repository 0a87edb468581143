package org.gfplint.flow;

import java.util.Map;
import java.util.stream.Collectors;

/** Functions that start a kernel thread, and which argument is what it runs. */
final class Threads {
  private static final Map<String, Integer> ARGUMENTS =
      WordList.rows("threads.txt").stream()
          .collect(Collectors.toMap(row -> row[0], row -> Integer.valueOf(row[1])));

  private Threads() {}

  /** 0-based, or -1 if the function starts no thread. */
  static int functionArgument(String starter) {
    return ARGUMENTS.getOrDefault(starter, -1);
  }
}
