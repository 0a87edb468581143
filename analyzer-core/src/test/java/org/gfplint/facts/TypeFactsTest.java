package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.junit.jupiter.api.Test;

class TypeFactsTest {
  @Test
  void fieldsHaveTypesArraysAndWidths() {
    assertThat(
            structs(
                """
                struct demo {
                	const char *name;
                	long unsigned int flags, mask;
                	unsigned char kind:3, more:5, :0;
                	struct list_head list;
                	int (*open)(struct demo *d, int how);
                	u32 table[4][SIZE + 1];
                	enum demo_state state;
                	long long big;
                	u8 tail[];
                };
                """))
        .isEqualTo(
            """
            struct demo
              char* name
              unsigned long flags
              unsigned long mask
              unsigned char kind :3
              unsigned char more :5
              unsigned char  :0
              struct list_head list
              int()* open
              u32 table [4][SIZE + 1]
              enum demo_state state
              long long big
              u8 tail [0]
            """);
  }

  @Test
  void bodiesInPlaceAreKeptWithTheMember() {
    assertThat(
            structs(
                """
                struct outer {
                	union {
                		u32 one;
                		struct { u16 low, high; };
                	};
                	struct { int x; } here, there[2];
                	struct inner { int y; } *named;
                };
                """))
        .isEqualTo(
            """
            struct inner
              int y
            struct outer
              union\s
                u32 one
                struct\s
                  u16 low
                  u16 high
              struct here
                int x
              struct there [2]
                int x
              struct inner* named
            """);
  }

  @Test
  void attributesAreReadFromTheFileItself() {
    assertThat(
            structs(
                """
                struct one { u8 a; u32 b; } __packed;
                struct __attribute__((packed, aligned(4))) two { u8 a; };
                struct three { u8 a __aligned(16); u32 b ____cacheline_aligned_in_smp; };
                struct four { struct { u8 c; } __packed in; void __user *p; } __randomize_layout;
                struct five { u8 a; __strange(7) u32 b; };
                enum small { A, B } __packed;
                enum usual { C, D };
                enum wide { E = 1ULL << 40 };
                """))
        .isEqualTo(
            """
            struct one packed
              u8 a
              u32 b
            struct two packed aligned=4
              u8 a
            struct three
              u8 a aligned=16
              u32 b cache-aligned
            struct four reordered
              struct in
                packed
                u8 c
              void* p
            struct five uncertain
              u8 a conditional
               b conditional
            enum small packed
            enum wide uncertain
            """);
  }

  @Test
  void conditionalMembersAreMarkedUnlessTheAnswerIsKnown() {
    assertThat(
            structs(
                """
                struct demo {
                	int always;
                #ifdef CONFIG_DEMO
                	int some;
                #elif defined(CONFIG_OTHER)
                	int other;
                #else
                	int rest;
                #endif
                #ifdef CONFIG_64BIT
                	u64 wide;
                #else
                	u32 narrow;
                #endif
                #if defined(__BIG_ENDIAN_BITFIELD)
                	u8 high:4, low:4;
                #elif defined(__LITTLE_ENDIAN_BITFIELD)
                	u8 low:4, high:4;
                #else
                #error order
                #endif
                };
                """))
        .isEqualTo(
            """
            struct demo
              int always
              int some conditional
              int other conditional
              int rest conditional
              u64 wide
              u8 low :4
              u8 high :4
            """);
  }

  @Test
  void macrosThatDeclareMembersAreUnderstood() {
    assertThat(
            structs(
                """
                struct demo {
                	DECLARE_BITMAP(map, 130);
                	DECLARE_HASHTABLE(table, BITS);
                	struct_group(both,
                		int a;
                		int b;
                	);
                	DECLARE_FLEX_ARRAY(u16, tail);
                };
                """))
        .isEqualTo(
            """
            struct demo
              unsigned long map [130 + 63 / 64]
              struct hlist_head table [1 << BITS]
              struct\s
                int a
                int b
              u16 tail [0]
            """);
  }

  @Test
  void pragmaPackHoldsUntilItIsTakenBack() {
    assertThat(
            structs(
                """
                #pragma pack(push, 1)
                struct one { u8 a; };
                #pragma pack(pop)
                struct two { u8 a; };
                """))
        .isEqualTo("struct one packed\n  u8 a\nstruct two\n  u8 a\n");
  }

  @Test
  void typedefsAndVariablesOfTheFile() {
    TypeFacts types =
        extract(
            """
            typedef struct { int counter; } demo_atomic_t;
            typedef unsigned long demo_t, *demo_p;
            typedef void (*demo_fn)(struct demo *d);
            static const struct demo_ops ops = { .open = demo_open };
            extern struct demo *current_demo, demos[DEMOS];
            static DEFINE_MUTEX(demo_lock);
            static DEFINE_PER_CPU(struct demo *, demo_of_cpu);
            int demo_open(struct demo *d);
            static struct { spinlock_t lock; } state;
            int (*hook)(void);
            """);
    assertThat(types.typedefs().stream().map(m -> show(m, "")).collect(Collectors.joining()))
        .isEqualTo(
            """
            struct demo_atomic_t
              int counter
            unsigned long demo_t
            unsigned long* demo_p
            void()* demo_fn
            """);
    assertThat(types.variables().stream().map(m -> show(m, "")).collect(Collectors.joining()))
        .isEqualTo(
            """
            struct demo_ops ops
            struct demo* current_demo
            struct demo demos [DEMOS]
            struct mutex demo_lock
            struct demo* demo_of_cpu
            struct state
              spinlock_t lock
            int()* hook
            """);
  }

  @Test
  void typesComeBackAsTheyWereAndTheirNamesWithoutTheRest() {
    String source =
        "struct a { int x[2], y:3; struct { u8 z; } __packed in; };\n"
            + "typedef struct a a_t;\nstruct a one;\n";
    FileFacts facts = facts(source);
    FileFacts read = FactsCodec.decode(FactsCodec.encode(facts));
    assertThat(read.types().nameHashes())
        .containsExactly(
            TypeFacts.hashOfTag("a"),
            TypeFacts.hashOfTypedef("a_t"),
            TypeFacts.hashOfVariable("one"))
        .isEqualTo(facts.types().nameHashes());
    assertThat(read).isEqualTo(facts);
    assertThat(FactsCodec.types(FactsCodec.encode(read))).isEqualTo(facts.types());
  }

  private static String structs(String source) {
    return extract(source).structs().stream()
        .map(s -> s.name() + attributes(s.attributes()) + "\n" + members(s, "  "))
        .collect(Collectors.joining());
  }

  private static String members(StructType type, String indent) {
    return type.members().stream().map(m -> show(m, indent)).collect(Collectors.joining());
  }

  private static String show(Member m, String indent) {
    String dimensions =
        m.dimensions().stream().map(d -> "[" + d.text() + "]").collect(Collectors.joining());
    String inner =
        m.nested() == null
            ? ""
            : (m.nested().attributes() == 0
                    ? ""
                    : indent + " " + attributes(m.nested().attributes()) + "\n")
                + members(m.nested(), indent + "  ");
    return indent
        + m.type()
        + " "
        + m.name()
        + (dimensions.isEmpty() ? "" : " " + dimensions)
        + (m.bits() == Member.NO_BITS ? "" : " :" + m.bits())
        + attributes(m.attributes())
        + "\n"
        + inner;
  }

  private static String attributes(int attributes) {
    StringBuilder out = new StringBuilder();
    String[] names = {
      "packed", "conditional", "uncertain", "reordered", "aligned", "cache-aligned"
    };
    for (int i = 0; i < names.length; i++) {
      out.append(Attributes.has(attributes, 1 << i) ? " " + names[i] : "");
    }
    long alignment = Attributes.alignment(attributes);
    return out.append(alignment == 0 ? "" : " aligned=" + alignment).toString();
  }

  private static TypeFacts extract(String source) {
    return facts(source).types();
  }

  private static FileFacts facts(String source) {
    byte[] original = source.getBytes(StandardCharsets.UTF_8);
    byte[] text = Arrays.copyOf(original, original.length);
    new MacroNormalizer(MacroDictionary.builtIn()).normalize(text, text.length);
    try (FactsExtractor extractor = new FactsExtractor()) {
      return extractor.extract(text, text.length, original);
    }
  }
}
