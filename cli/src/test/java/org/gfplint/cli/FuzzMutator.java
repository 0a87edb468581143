package org.gfplint.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages text as an attacker, a bad disk or a careless tool would. The same seed, the same text.
 */
final class FuzzMutator {
  /** What a damaged text may grow to; bytes. Larger ones are in HostileInputTest. */
  private static final int LARGEST = 192 << 10;

  private static final List<String> BRACKETS = List.of("()", "[]", "{}", "<>");

  /** Nests without closing: before and after the middle. */
  private static final List<String> NESTING =
      List.of(
          "if (x) ",
          "else if (x) ",
          "!",
          "*",
          "&",
          "-",
          "~",
          "(int)",
          "a ? b : ",
          "a, ",
          "x = ",
          "f(",
          "a[",
          "for (;;) ",
          "do ",
          "while (x) ",
          "case 1: ",
          "l: ",
          "sizeof ",
          "a->",
          "a.b = ",
          "struct s { ",
          "#if X\n",
          "#ifdef X\n",
          "#define X \\\n",
          "/* ",
          "\"",
          "'",
          "a + ",
          "a | ",
          "typeof(",
          "({ ",
          "switch (x) { ",
          "#else\n",
          "#endif\n",
          "goto x; ",
          "container_of(");

  private static final List<String> WORDS =
      List.of(
          "GFP_KERNEL",
          "GFP_NOFS",
          "GFP_NOIO",
          "GFP_ATOMIC",
          "__GFP_NOFAIL",
          "__GFP_HIGHMEM",
          "__GFP_DIRECT_RECLAIM",
          "kmalloc(",
          "kvmalloc(",
          "vmalloc(",
          "__vmalloc(",
          "krealloc(",
          "kmem_cache_alloc(",
          "alloc_pages(",
          "mempool_alloc(",
          "memalloc_nofs_save()",
          "memalloc_nofs_restore(",
          "memalloc_noio_save()",
          "spin_lock(",
          "spin_unlock(",
          "mutex_lock(",
          "rcu_read_lock()",
          "local_irq_save(",
          "guard(spinlock)(&d->lock);",
          "scoped_guard(mutex, &m)",
          "DEFINE_MUTEX(",
          "list_for_each_entry(p, h, l)",
          "SYSCALL_DEFINE3(",
          "container_of(",
          "__init ",
          "static ",
          "inline ",
          "struct ",
          "enum ",
          "union ",
          "typedef ",
          "return ",
          "goto out;",
          "out:",
          "break;",
          "continue;",
          "default:",
          "case 'a' ... 'z':",
          "asm volatile(\"\" : : )",
          "#if 0\n",
          "#else\n",
          "#endif\n",
          "#elif X\n",
          "#define A B\n#define B A\n",
          "#define A A A\n",
          "#define F(x) F(F(x))\n",
          "#define L list_for_each_entry(a, b, c) if (x) else\n",
          "#define O {\n",
          "#define C }\n",
          "#undef GFP_KERNEL\n",
          "#define GFP_KERNEL GFP_ATOMIC\n",
          "#include \"input.c\"\n",
          "#include \"input.h\"\n",
          "#include <linux/input.h>\n",
          "#include \"../../../../etc/passwd\"\n",
          "/* gfplint: ignore vmalloc-restricted -- because */",
          "/* gfplint-ignore GFP101 */",
          "/* expect: */",
          "\\\n",
          "//",
          "/*",
          "*/",
          "\"",
          "'",
          ";",
          ",",
          "(",
          ")",
          "{",
          "}",
          "[",
          "]",
          "=",
          "->",
          "##",
          "__VA_ARGS__",
          "...",
          "sizeof(",
          "_Generic(",
          "__attribute__((",
          "~",
          "<<",
          ">>",
          "%",
          "/ 0",
          "? :",
          "18446744073709551616",
          "0x7fffffffffffffff",
          "-1",
          "1 << 64",
          "1ULL << 63",
          "1e400",
          "'\\xff'",
          "0b1",
          "08",
          "1'000",
          "0x",
          "PAGE_SIZE",
          "INT_MIN");

  private static final List<byte[]> BYTES =
      List.of(
          new byte[] {0},
          new byte[] {0x1b, '[', '2', 'J'},
          new byte[] {(byte) 0xff, (byte) 0xfe},
          new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf},
          new byte[] {(byte) 0xc0, (byte) 0xaf},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xe2, (byte) 0x80},
          new byte[] {'\r'},
          new byte[] {'\f', 0x0b},
          new byte[] {0x7f, 8, 7},
          "\u202e\u2066\u2028\u2029\u0085\u00a0\ufeff".getBytes(StandardCharsets.UTF_8),
          "\ud83d\ude00\u0301\u0130\u00df".getBytes(StandardCharsets.UTF_8),
          FuzzCase.MARKUP.getBytes(StandardCharsets.UTF_8),
          "](x:y) ` | <b> &amp; ]]> --> %s $(touch x) ${x} =1+1 ' \" \\"
              .getBytes(StandardCharsets.UTF_8));

  private final Random random;

  FuzzMutator(Random random) {
    this.random = random;
  }

  /**
   * A damaged text.
   *
   * @param other what pieces may be taken from
   */
  byte[] mutate(byte[] text, byte[] other) {
    byte[] mutated = text;
    for (int i = 1 + geometric(8); i > 0; i--) {
      mutated = once(mutated, other);
      if (mutated.length > LARGEST) {
        mutated = Arrays.copyOf(mutated, LARGEST);
      }
    }
    return mutated;
  }

  private byte[] once(byte[] text, byte[] other) {
    int at = place(text);
    int end = Math.min(text.length, at + 1 + geometric(200));
    return switch (random.nextInt(18)) {
      case 0 -> Arrays.copyOf(text, at);
      case 1 -> flip(text);
      case 2 -> replaced(text, at, end, new byte[0]);
      case 3 -> replaced(text, at, at, repeated(Arrays.copyOfRange(text, at, end), count()));
      case 4 -> splice(text, other);
      case 5, 6 -> replaced(text, at, at, pick(WORDS).getBytes(StandardCharsets.UTF_8));
      case 7 -> replaced(text, wordStart(text, at), wordEnd(text, at), word(text));
      case 8 -> replaced(text, wordStart(text, at), wordEnd(text, at), word(other));
      case 9 -> replaced(text, at, at, BYTES.get(random.nextInt(BYTES.size())));
      case 10 -> replaced(text, at, at, nested());
      case 11 -> replaced(text, lineStart(text, at), lineStart(text, place(text)), new byte[0]);
      case 12 -> swapLines(text, at);
      case 13 -> replaced(text, at, at, line(other));
      case 14 -> recoded(text);
      case 15 -> renamed(text, at);
      case 16 -> withoutOne(text, "{}()[];,\"'*/#\\\n".charAt(random.nextInt(15)));
      default -> replaced(text, at, at, new byte[] {(byte) random.nextInt(256)});
    };
  }

  // ---- kinds of damage

  private byte[] flip(byte[] text) {
    byte[] mutated = text.clone();
    for (int i = geometric(6); i >= 0 && mutated.length > 0; i--) {
      mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return mutated;
  }

  private byte[] splice(byte[] text, byte[] other) {
    byte[] tail = Arrays.copyOfRange(other, place(other), other.length);
    return replaced(text, place(text), text.length, tail);
  }

  private byte[] nested() {
    int n = count() * (random.nextInt(8) == 0 ? 50 : 1);
    String text;
    if (random.nextBoolean()) {
      String pair = pick(BRACKETS);
      text = pair.substring(0, 1).repeat(n) + "x" + pair.substring(1).repeat(n - random.nextInt(2));
    } else {
      text = pick(NESTING).repeat(n) + (random.nextBoolean() ? "x;" : "");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] swapLines(byte[] text, int at) {
    int start = lineStart(text, at);
    int end = lineEnd(text, at);
    byte[] line = Arrays.copyOfRange(text, start, end);
    byte[] rest = replaced(text, start, end, new byte[0]);
    int to = lineStart(rest, place(rest));
    return replaced(rest, to, to, line);
  }

  private byte[] recoded(byte[] text) {
    String decoded = new String(text, StandardCharsets.ISO_8859_1);
    return switch (random.nextInt(8)) {
      case 0 -> decoded.getBytes(StandardCharsets.UTF_16LE);
      case 1 -> decoded.getBytes(StandardCharsets.UTF_16);
      case 2 -> decoded.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      case 3 -> decoded.replace('\n', '\r').getBytes(StandardCharsets.ISO_8859_1);
      case 4 -> decoded.replace("\n", "\\\n").getBytes(StandardCharsets.ISO_8859_1);
      case 5 -> decoded.replace("\n", " ").getBytes(StandardCharsets.ISO_8859_1);
      case 6 -> decoded.replace("(", "??<").getBytes(StandardCharsets.ISO_8859_1);
      default -> decoded.replace(" ", "\u00a0").getBytes(StandardCharsets.UTF_8);
    };
  }

  /**
   * One word becomes another wherever it stands: recursion, shadowing, macros of a function's name.
   */
  private byte[] renamed(byte[] text, int at) {
    String word =
        new String(
            Arrays.copyOfRange(text, wordStart(text, at), wordEnd(text, at)),
            StandardCharsets.ISO_8859_1);
    if (word.isBlank()) {
      return text;
    }
    String to = new String(word(text), StandardCharsets.ISO_8859_1);
    return new String(text, StandardCharsets.ISO_8859_1)
        .replace(word, random.nextInt(6) == 0 ? to.repeat(1 + count()) : to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private byte[] withoutOne(byte[] text, char what) {
    int start = place(text);
    for (int i = start; i < text.length; i++) {
      if (text[i] == what) {
        return replaced(text, i, i + 1, new byte[0]);
      }
    }
    return text;
  }

  // ---- pieces

  private byte[] word(byte[] text) {
    for (int tries = 0; tries < 8; tries++) {
      int at = place(text);
      int start = wordStart(text, at);
      int end = wordEnd(text, at);
      if (end > start) {
        return Arrays.copyOfRange(text, start, end);
      }
    }
    return pick(WORDS).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] line(byte[] text) {
    int at = place(text);
    return Arrays.copyOfRange(text, lineStart(text, at), lineEnd(text, at));
  }

  private static int wordStart(byte[] text, int at) {
    int start = at;
    while (start > 0 && isWord(text[start - 1])) {
      start--;
    }
    return start;
  }

  private static int wordEnd(byte[] text, int at) {
    int end = at;
    while (end < text.length && isWord(text[end])) {
      end++;
    }
    return end;
  }

  private static boolean isWord(byte b) {
    return b == '_' || Character.isLetterOrDigit(b & 0xff);
  }

  private static int lineStart(byte[] text, int at) {
    int start = at;
    while (start > 0 && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static int lineEnd(byte[] text, int at) {
    int end = at;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, text.length);
  }

  /** With the bytes between two places, in either order, exchanged. */
  private static byte[] replaced(byte[] text, int one, int two, byte[] by) {
    int start = Math.min(one, two);
    int end = Math.max(one, two);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + by.length);
    out.write(text, 0, start);
    out.writeBytes(by);
    out.write(text, end, text.length - end);
    return out.toByteArray();
  }

  private static byte[] repeated(byte[] piece, int times) {
    int n = Math.min(times, LARGEST / Math.max(1, piece.length));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < n; i++) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  private int place(byte[] text) {
    return random.nextInt(text.length + 1);
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Mostly a few, at times thousands. */
  private int count() {
    return 1 + random.nextInt(1 << random.nextInt(12));
  }

  private int geometric(int mean) {
    return (int) (-Math.log(1 - random.nextDouble()) * mean);
  }
}
