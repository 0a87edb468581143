package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What the words that the normaliser takes out of a definition mean for its layout. */
final class LayoutWords {
  /** Of no importance, with their arguments. */
  private static final Set<String> HARMLESS =
      Set.of(
          "__user",
          "__rcu",
          "__iomem",
          "__percpu",
          "__kernel",
          "__force",
          "__bitwise",
          "__bitwise__",
          "__nocast",
          "__safe",
          "__must_check",
          "__maybe_unused",
          "__always_unused",
          "__unused",
          "__used",
          "__deprecated",
          "__counted_by",
          "__counted_by_le",
          "__counted_by_be",
          "__counted_by_ptr",
          "__sized_by",
          "__nonstring",
          "__nonstring_array",
          "__private",
          "__guarded_by",
          "__pt_guarded_by",
          "__printf",
          "__scanf",
          "__noreturn",
          "__attribute_const__",
          "__ro_after_init",
          "__read_mostly",
          "__initdata",
          "__initconst",
          "__refdata",
          "__refconst",
          "__cpuidle",
          "__visible",
          "__hidden",
          "__weak",
          "__no_sanitize_address",
          "__data_racy",
          "__no_profile",
          "__malloc",
          "__pure",
          "__init",
          "__exit",
          "__ref",
          "__percpu_qual",
          "__seg_gs",
          "__seg_fs",
          "__extension__",
          "asmlinkage",
          "const",
          "volatile",
          "static",
          "extern",
          "inline",
          "__attribute__",
          "__attribute",
          "unused",
          "__unused__",
          "used",
          "__used__",
          "noderef",
          "address_space",
          "may_alias",
          "__may_alias__",
          "deprecated",
          "section",
          "__section",
          "__section__",
          "format",
          "__format__",
          "preserve_access_index",
          "btf_type_tag",
          "struct",
          "struct_group",
          "struct_group_tagged",
          "DECLARE_BITMAP",
          "DECLARE_HASHTABLE",
          "DECLARE_FLEX_ARRAY",
          "__DECLARE_FLEX_ARRAY");

  private LayoutWords() {}

  /** The {@link Attributes} that a range of the file's own text stands for. */
  static int meaning(byte[] text, int from, int to) {
    int meaning = 0;
    int at = from;
    while (at > 0 && isWord(text[at - 1]) && isWord(text[from])) {
      at--;
    }
    while (at < to) {
      if (!isWord(text[at])) {
        at = text[at] == '/' ? pastComment(text, at, to) : at + 1;
        continue;
      }
      int end = at;
      while (end < text.length && isWord(text[end])) {
        end++;
      }
      String word = new String(text, at, end - at, StandardCharsets.ISO_8859_1);
      boolean isNumber = Character.isDigit(word.charAt(0));
      int next = end;
      while (next < text.length && (text[next] == ' ' || text[next] == '\t')) {
        next++;
      }
      boolean hasArguments = next < text.length && text[next] == '(';
      int close = hasArguments ? closing(text, next) : end;
      switch (word) {
        case "packed", "__packed", "__packed__" -> meaning |= Attributes.PACKED;
        case "aligned", "__aligned", "__aligned__" -> {
          meaning |= hasArguments ? alignment(text, next + 1, close - 1) : Attributes.aligned(4);
          end = close;
        }
        case "____cacheline_aligned", "____cacheline_aligned_in_smp", "__cacheline_aligned" ->
            meaning |= Attributes.CACHE_ALIGNED;
        case "__randomize_layout", "__designated_init", "designated_init", "randomize_layout" ->
            meaning |= word.contains("rand") ? Attributes.REORDERED : 0;
        case "randomized_struct_fields_start", "randomized_struct_fields_end" ->
            meaning |= Attributes.REORDERED;
        case "__no_randomize_layout", "no_randomize_layout" -> {}
        case "____cacheline_internodealigned_in_smp" -> meaning |= Attributes.ALIGNED;
        case "__struct_group", "struct_group_attr" -> {
          if (!hasNoAttributes(text, next + 1, close, word.equals("__struct_group") ? 2 : 1)) {
            meaning |= Attributes.UNCERTAIN;
          }
          end = Math.max(end, to);
        }
        default -> {
          if (HARMLESS.contains(word)) {
            boolean attribute = word.startsWith("__attribute") && !word.endsWith("const__");
            boolean group = word.startsWith("struct") || word.contains("DECLARE_");
            if (group) {
              end = Math.max(end, to);
            } else if (hasArguments && !attribute) {
              end = close;
            }
          } else if (!isNumber) {
            meaning |= Attributes.UNCERTAIN;
          }
        }
      }
      at = Math.max(end, at + 1);
    }
    return meaning;
  }

  private static boolean isWord(byte b) {
    return b == '_' || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
  }

  private static int pastComment(byte[] text, int at, int to) {
    if (at + 1 < to && text[at + 1] == '*') {
      for (int i = at + 2; i + 1 < to; i++) {
        if (text[i] == '*' && text[i + 1] == '/') {
          return i + 2;
        }
      }
      return to;
    }
    return at + 1;
  }

  /** Past the bracket that closes the one at {@code open}. */
  private static int closing(byte[] text, int open) {
    int depth = 0;
    int limit = Math.min(text.length, open + 1000);
    for (int i = open; i < limit; i++) {
      if (text[i] == '(') {
        depth++;
      } else if (text[i] == ')' && --depth == 0) {
        return i + 1;
      }
    }
    return open + 1;
  }

  private static int alignment(byte[] text, int from, int to) {
    String argument =
        new String(text, from, Math.max(to - from, 0), StandardCharsets.ISO_8859_1)
            .replaceAll("[\\s()]", "");
    switch (argument) {
      case "sizeofu64", "sizeof__u64", "sizeoflong", "sizeofvoid*", "sizeofunsignedlong":
        return Attributes.aligned(3);
      case "SMP_CACHE_BYTES", "L1_CACHE_BYTES":
        return Attributes.CACHE_ALIGNED;
      case "PAGE_SIZE":
        return Attributes.aligned(12);
      default:
        if (argument.matches("[0-9]{1,6}")) {
          int bytes = Integer.parseInt(argument);
          if (Integer.bitCount(bytes) == 1) {
            return Attributes.aligned(Integer.numberOfTrailingZeros(bytes));
          }
        }
        return Attributes.ALIGNED;
    }
  }

  /** Whether nothing stands between the comma of that number and the next. */
  private static boolean hasNoAttributes(byte[] text, int from, int to, int comma) {
    int seen = 0;
    for (int i = from; i < to; i++) {
      if (text[i] == ',') {
        seen++;
        if (seen > comma) {
          return true;
        }
      } else if (seen == comma && isWord(text[i])) {
        return false;
      }
    }
    return false;
  }
}
