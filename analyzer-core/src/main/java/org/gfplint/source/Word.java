package org.gfplint.source;

/** The words of C that matter to the shape of code, as numbers beside those of MacroKind. */
final class Word {
  static final int NONE = -1;

  /** Below this a number is a {@link MacroKind}'s. */
  static final int FIRST = 64;

  static final int AGGREGATE = 64;
  static final int ENUM = 65;
  static final int TYPE = 66;
  static final int QUALIFIER = 67;
  static final int STORAGE = 68;
  static final int CONTROL = 69;
  static final int FOR = 70;
  static final int DO = 71;
  static final int ELSE = 72;
  static final int RETURN = 73;
  static final int GOTO = 74;
  static final int JUMP = 75;
  static final int CASE = 76;
  static final int DEFAULT = 77;
  static final int SIZEOF = 78;
  static final int ALIGNOF = 79;
  static final int TYPEOF = 80;
  static final int OFFSETOF = 81;
  static final int ASM = 82;
  static final int ATTRIBUTE = 83;
  static final int INLINE = 84;

  private Word() {}

  static void enter(NameTable table) {
    all(table, AGGREGATE, "struct union");
    all(table, ENUM, "enum");
    all(
        table,
        TYPE,
        "void char short int long float double signed unsigned bool _Bool size_t ssize_t ptrdiff_t"
            + " intptr_t uintptr_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t"
            + " uint64_t max_align_t charptr_t nullptr_t char8_t char16_t char32_t char64_t"
            + " __int128");
    all(table, QUALIFIER, "const volatile restrict __restrict __restrict__ __const __volatile__");
    all(table, STORAGE, "static extern register auto typedef _Thread_local __thread");
    all(table, INLINE, "inline __inline __inline__");
    all(table, CONTROL, "if while switch");
    all(table, FOR, "for");
    all(table, DO, "do");
    all(table, ELSE, "else");
    all(table, RETURN, "return");
    all(table, GOTO, "goto");
    all(table, JUMP, "break continue");
    all(table, CASE, "case");
    all(table, DEFAULT, "default");
    all(table, SIZEOF, "sizeof _Generic");
    all(table, ALIGNOF, "__alignof__ __alignof _Alignof alignof");
    all(table, TYPEOF, "typeof __typeof__ __typeof typeof_unqual __typeof_unqual__ __auto_type_of");
    all(table, OFFSETOF, "offsetof __builtin_offsetof");
    all(table, ASM, "asm __asm__ __asm asm_inline asm_volatile_goto asm_goto_output");
    all(table, ATTRIBUTE, "__attribute__ __attribute __declspec");
  }

  private static void all(NameTable table, int word, String names) {
    for (String name : names.split(" ")) {
      table.put(name, word);
    }
  }
}
