package org.gfplint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gfplint.facts.FactsExtractor;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.KernelVersion;
import org.gfplint.program.Program;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of requests, as the model gets them. What a compiler says was asked of gcc. */
class SizesTest {
  private static final String HEADER =
      """
      #define COUNT 10
      #define BYTES (COUNT * sizeof(struct plain) + PAGE_SIZE)
      #define SHIFTED (1UL << (PAGE_SHIFT + 2))
      enum { FIRST, SECOND, FIFTH = 5, SIXTH };
      enum colour { RED, GREEN };
      enum {
      	NONE,
      #ifdef CONFIG_DEMO
      	SOME, MORE,
      #endif
      	ALL,
      #if IS_ENABLED(CONFIG_DEMO)
      	CHOSEN = 40,
      #endif
      	BEHIND,
      	SURE = 9,
      	LAST
      };
      struct counted { u8 one[ALL]; };
      enum tiny { A, B } __packed;
      typedef unsigned int demo_u32;
      typedef demo_u32 demo_id_t[4];
      typedef struct { u64 a; u8 b; } demo_pair_t;
      typedef u64 __attribute__((aligned(4))) demo_compat_t;
      struct lowered { u32 a; demo_compat_t b; };
      struct plain { u8 a; u32 b; u16 c; };
      struct packed { u8 a; u32 b; u16 c; } __packed;
      struct packed4 { u8 a; u64 b; } __attribute__((packed, aligned(4)));
      struct bits { u32 a:3, b:30; u8 c:1; unsigned long d:1; };
      struct zero { u8 a:3; u8 :0; u8 b:1; u32 :0; u8 c; };
      struct nested { u8 a; struct plain p; union { u64 x; u8 y[9]; }; };
      struct arrays { u8 a[COUNT]; u16 b[2][SECOND + 1]; void *p[3]; demo_id_t ids; };
      struct tail { u32 n; struct plain *next; struct plain items[]; };
      struct aligned { u8 a __aligned(16); u8 b; };
      struct pointers { int (*fn)(void); char *s; enum colour c; demo_pair_t pair; };
      struct grouped { u8 a; struct_group(both, u32 x; u32 y; ); };
      struct maps { DECLARE_BITMAP(map, 65); DECLARE_FLEX_ARRAY(u16, rest); };
      struct conditional {
      	u32 a;
      #ifdef CONFIG_DEMO
      	u64 b;
      #endif
      	u8 c;
      };
      struct wide {
      #ifdef CONFIG_64BIT
      	u64 b;
      #else
      	u32 b;
      #endif
      };
      #ifdef CONFIG_ONE
      struct either { u32 a; };
      #else
      struct either { u64 a[4]; };
      #endif
      struct lines { u8 a; u8 b ____cacheline_aligned_in_smp; };
      struct shuffled { u8 a; u64 b; u8 c; } __randomize_layout;
      struct callbacks { void (*one)(void); void (*two)(void); } __randomize_layout;
      struct strange { u32 a; demo_unknown_t b; u32 c; };
      struct odd { u32 a __demo_attribute; };
      struct big { u8 a[3 * PAGE_SIZE]; u64 b; };
      extern struct plain many[7];
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sizeof(int)                                | 4
          sizeof(unsigned long)                      | 8
          sizeof(long long unsigned)                 | 8
          sizeof(char *)                             | 8
          sizeof(short[3])                           | 6
          sizeof(void (*)(int))                      | 8
          sizeof(struct plain)                       | 12
          sizeof(const struct plain)                 | 12
          sizeof(struct packed)                      | 7
          sizeof(struct packed4)                     | 12
          sizeof(struct bits)                        | 8
          sizeof(struct zero)                        | 5
          sizeof(struct nested)                      | 32
          sizeof(struct arrays)                      | 64
          sizeof(struct tail)                        | 16
          sizeof(struct aligned)                     | 16
          sizeof(struct pointers)                    | 40
          sizeof(struct grouped)                     | 12
          sizeof(struct maps)                        | 16
          sizeof(struct wide)                        | 8
          sizeof(struct callbacks)                   | 16
          sizeof(struct big)                         | 12296
          sizeof(enum colour)                        | 4
          sizeof(demo_id_t)                          | 16
          sizeof(demo_pair_t)                        | 16
          sizeof(struct list_head)                   | 16
          sizeof(struct lowered)                     | 12
          sizeof(*p)                                 | 12
          sizeof(p)                                  | 8
          sizeof(*t)                                 | 16
          sizeof(t->next->b)                         | 4
          sizeof(*t->next)                           | 12
          sizeof(t->items[0])                        | 12
          sizeof(t->items[0].c)                      | 2
          sizeof(((struct nested *)0)->p)            | 12
          sizeof(*(struct nested *)t)                | 32
          sizeof(buffer)                             | 65
          sizeof(buffer[0])                          | 1
          sizeof buffer                              | 65
          sizeof(many)                               | 84
          sizeof(table[1])                           | 24
          sizeof_field(struct nested, p)             | 12
          COUNT                                      | 10
          BYTES                                      | 4216
          LAST                                       | 10
          SHIFTED                                    | 16384
          SIXTH                                      | 6
          SECOND << 4                                | 16
          SZ_64K                                     | 65536
          PAGE_SIZE * 2                              | 8192
          ARRAY_SIZE(buffer)                         | 65
          ARRAY_SIZE(many) * sizeof(many[0])         | 84
          array_size(4, sizeof(*p))                  | 48
          array3_size(2, 3, 4)                       | 24
          struct_size(t, items, 3)                   | 52
          struct_size_t(struct tail, items, 3)       | 52
          flex_array_size(t, items, 3)               | 36
          size_add(size_mul(3, 4), 5)                | 17
          size_sub(30, 12)                           | 18
          min(100, 200)                              | 100
          max_t(size_t, 100, sizeof(*p))             | 100
          clamp(5, 10, 20)                           | 10
          ALIGN(13, 8)                               | 16
          round_up(4097, PAGE_SIZE)                  | 8192
          PAGE_ALIGN(4097)                           | 8192
          DIV_ROUND_UP(17, 8)                        | 3
          BITS_TO_LONGS(65) * sizeof(long)           | 16
          roundup_pow_of_two(100)                    | 128
          1 << get_order(3 * PAGE_SIZE)              | 4
          1 << ilog2(100)                            | 64
          true ? 16 : 32                             | 16
          local                                      | 48
          """)
  void exactSizes(String expression, long bytes) {
    assertThat(size(expression)).isEqualTo(AllocationSize.exactly(bytes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sizeof(struct conditional)                 |     8 | 24
          sizeof(struct either)                      |     4 | 32
          sizeof(struct lines)                       |     2 | 512
          sizeof(struct shuffled)                    |    16 | 24
          sizeof(enum tiny)                          |     1 | 8
          min_t(size_t, n, 64)                       |     0 | 64
          clamp_val(n, 16, 64)                       |    16 | 64
          sizeof(*p) + small                         |    12 | 267
          sizeof(*p) * (small & 15)                  |     0 | 180
          CONFIGURED                                 |     8 | 16
          ALL                                        |     1 | 3
          sizeof(struct counted)                     |     1 | 3
          """)
  void intervals(String expression, long min, long max) {
    assertThat(size(expression)).isEqualTo(new AllocationSize(min, max));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sizeof(struct strange)                     |     8
          sizeof(struct odd)                         |     0
          sizeof(struct nowhere)                     |     0
          sizeof(*nobody)                            |     0
          sizeof(typeof(*p))                         |     0
          max(n, 64)                                 |    64
          struct_size(t, items, n)                   |    16
          sizeof(*p) + unsigned_count                |    12
          size_add(PAGE_SIZE, n)                     |  4096
          strlen(p) + 10                             |    10
          sizeof(*p) * n                             |     0
          sizeof(*p) + n                             |     0
          sizeof(*p) + __alignof__(*p)               |     0
          n                                          |     0
          BEHIND                                     |     0
          twice                                      |     0
          """)
  void lowerBounds(String expression, long min) {
    assertThat(size(expression)).isEqualTo(new AllocationSize(min, Long.MAX_VALUE));
  }

  @Test
  void typesAndConstantsAreThoseOfTheNearestHeader() {
    Map<String, String> files = new TreeMap<>();
    files.put("include/linux/one.h", "#define N 1\nstruct priv { u8 a[N]; };\n");
    files.put("drivers/demo/two.h", "#define N 2\nstruct priv { u8 a[N]; };\n");
    files.put("drivers/other/three.h", "#define N 3\nstruct priv { u8 a[N]; };\n");
    files.put("drivers/demo/user.c", function("sizeof(struct priv) + 10 * N"));
    assertThat(sizes(files)).containsExactly(AllocationSize.exactly(22));
    files.put("drivers/demo/user.c", "#include <linux/one.h>\n" + function("sizeof(struct priv)"));
    assertThat(sizes(files)).containsExactly(AllocationSize.exactly(1));
  }

  @Test
  void aSizeIsFollowedThroughAWrapper() {
    assertThat(
            sizes(
                Map.of(
                    "a.c",
                    """
                    struct plain { u8 a; u32 b; };
                    static void *get(size_t size, gfp_t gfp)
                    {
                    	return kmalloc(size, gfp);
                    }
                    void user(struct plain *p)
                    {
                    	get(sizeof(*p) * 3, GFP_KERNEL);
                    }
                    """)))
        .containsExactly(AllocationSize.exactly(24));
  }

  private static String function(String expression) {
    return """
        #ifdef CONFIG_DEMO
        #define CONFIGURED 8
        #else
        #define CONFIGURED 16
        #endif
        struct plain *table[2][3];
        void user(struct plain *p, struct tail *t, int n, u8 small, size_t unsigned_count)
        {
        	unsigned char buffer[64 + 1];
        	size_t local = 4 * sizeof(struct plain);
        	int twice;
        	long twice;

        	kmalloc(@, GFP_KERNEL | __GFP_NOFAIL);
        }
        """
        .replace("@", expression);
  }

  private static AllocationSize size(String expression) {
    List<AllocationSize> sizes =
        sizes(Map.of("include/demo.h", HEADER, "a.c", function(expression)));
    assertThat(sizes).hasSize(1);
    return sizes.get(0);
  }

  private static List<AllocationSize> sizes(Map<String, String> files) {
    Program.Builder builder = new Program.Builder();
    try (FactsExtractor extractor = new FactsExtractor()) {
      files.forEach(
          (path, source) -> {
            byte[] original = source.getBytes(StandardCharsets.UTF_8);
            byte[] text = Arrays.copyOf(original, original.length);
            new MacroNormalizer(MacroDictionary.builtIn()).normalize(text, text.length);
            builder.add(path, extractor.extract(text, text.length, original));
          });
    }
    AllocatorModel model = AllocatorModel.forVersion(KernelVersion.parse("6.12"));
    return FlowAnalysis.analyze(builder.link(), model, 1, () -> {}).requests().stream()
        .map(Request::size)
        .toList();
  }
}
