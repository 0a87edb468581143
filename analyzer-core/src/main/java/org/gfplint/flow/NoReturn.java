package org.gfplint.flow;

import java.util.Set;
import java.util.stream.Collectors;

/** Functions that never return: what follows them cannot run. */
final class NoReturn {
  private static final Set<String> NAMES =
      WordList.rows("noreturn.txt").stream().map(row -> row[0]).collect(Collectors.toSet());

  private NoReturn() {}

  static boolean contains(String function) {
    return NAMES.contains(function);
  }
}
