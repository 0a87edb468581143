package org.gfplint.cli;

/** When to colour standard output. */
enum ColourMode {
  AUTO,
  ALWAYS,
  NEVER;

  /** An explicit choice wins over the variable NO_COLOR, which wins over the terminal. */
  boolean colours(Console console) {
    return switch (this) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO ->
          console.outIsTerminal()
              && !console.isSet("NO_COLOR")
              && !"dumb".equals(console.environment().get("TERM"));
    };
  }
}
