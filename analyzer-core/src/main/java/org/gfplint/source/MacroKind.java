package org.gfplint.source;

/** What a macro stands for where it is used, as far as the shape of the code is concerned. */
public enum MacroKind {
  /** Stands where an attribute or nothing stands, without arguments: {@code __init}. */
  ANNOTATION,
  /** The same with arguments: {@code __printf(1, 2)}. */
  ANNOTATION_CALL,
  /** Nothing in some configuration; an annotation only where nothing else would parse. */
  MAYBE_ANNOTATION,
  /** A storage class under another name: {@code STATIC}. */
  STORAGE,
  /** A star under another name. */
  POINTER,
  /** Heads a loop, the body follows: {@code list_for_each_entry(...)}. */
  ITERATOR,
  /** Heads an if without its body. */
  CONDITION,
  /** Opens a scope for the statement that follows: {@code scoped_guard(...)}. */
  SCOPE,
  /** A whole statement that brings its own semicolon or braces. */
  STATEMENT,
  /** Its body opens one brace more than it closes. */
  OPENS_BRACE,
  /** Its body closes one brace more than it opens. */
  CLOSES_BRACE,
  /** {@code do_each_thread(...)}, to be closed by {@link #WHILE_EACH}. */
  DO_EACH,
  WHILE_EACH,
  /** Defines a function from its name and pairs of type and parameter: {@code SYSCALL_DEFINE3}. */
  DEFINES_CALL,
  /** Its arguments are not C: {@code TRACE_EVENT(...)}. */
  OPAQUE,
  /** Wraps fields of a struct: {@code struct_group(name, ...)}. */
  GROUPS_FIELDS,
  /** Has another meaning in this file than its name has elsewhere. */
  PLAIN;

  private static final MacroKind[] VALUES = values();

  static MacroKind of(int ordinal) {
    return VALUES[ordinal];
  }
}
