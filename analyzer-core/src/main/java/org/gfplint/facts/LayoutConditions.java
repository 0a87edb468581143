package org.gfplint.facts;

import java.util.Set;

/**
 * Conditions around members whose answer is known: the layout is that of a kernel for a 64-bit
 * little-endian machine. Of bit-fields for both byte orders, both take the same room.
 */
final class LayoutConditions {
  private static final Set<String> TRUE =
      Set.of(
          "1",
          "CONFIG_64BIT",
          "CONFIG_PHYS_ADDR_T_64BIT",
          "CONFIG_ARCH_DMA_ADDR_T_64BIT",
          "BITS_PER_LONG == 64",
          "__KERNEL__",
          "__LITTLE_ENDIAN",
          "__LITTLE_ENDIAN_BITFIELD",
          "__LITTLE_ENDIAN__",
          "CONFIG_CPU_LITTLE_ENDIAN");

  private static final Set<String> FALSE =
      Set.of(
          "0",
          "CONFIG_32BIT",
          "CONFIG_X86_32",
          "BITS_PER_LONG == 32",
          "__BIG_ENDIAN",
          "__BIG_ENDIAN_BITFIELD",
          "__BIG_ENDIAN__",
          "CONFIG_CPU_BIG_ENDIAN",
          "__cplusplus");

  private LayoutConditions() {}

  /** 1 if the condition holds, -1 if not, 0 if that depends on the configuration. */
  static int truth(String condition) {
    String rest = condition.strip();
    int yes = 1;
    while (rest.startsWith("!")) {
      yes = -yes;
      rest = rest.substring(1).strip();
    }
    if (rest.startsWith("(") && rest.endsWith(")")) {
      rest = rest.substring(1, rest.length() - 1).strip();
    }
    for (String word : new String[] {"defined", "IS_ENABLED"}) {
      if (rest.startsWith(word)) {
        rest = rest.substring(word.length()).replaceAll("[()\\s]", "");
      }
    }
    return TRUE.contains(rest) ? yes : FALSE.contains(rest) ? -yes : 0;
  }
}
