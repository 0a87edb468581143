package org.gfplint.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.gfplint.facts.FactsExtractor;
import org.gfplint.facts.StructType;
import org.junit.jupiter.api.Test;

class TypeTableTest {
  private final Map<String, String> files = new TreeMap<>();

  @Test
  void fieldsAreFoundThroughTypedefsAndAnonymousMembers() {
    files.put(
        "include/linux/demo.h",
        """
        typedef struct { spinlock_t guard; } demo_lock_t;
        typedef struct demo demo_t;
        struct demo {
        	demo_lock_t lock;
        	union {
        		struct { struct inode *inode; };
        		const struct demo_ops *ops[2];
        	};
        	struct { struct list_head entry; } queue, *last;
        };
        """);
    files.put("fs/demo.c", "demo_t *current_demo;\nvoid f(void) {}\n");
    TypeTable types = types();
    int user = unit("fs/demo.c");
    assertThat(types.variableType(user, "current_demo")).hasValue("demo_t*");
    assertThat(types.fieldType(user, "demo_t*", "inode")).hasValue("struct inode*");
    assertThat(types.fieldType(user, "struct demo", "ops")).hasValue("struct demo_ops*");
    assertThat(types.fieldType(user, "struct demo*", "lock")).hasValue("demo_lock_t");
    assertThat(types.fieldType(user, "demo_lock_t", "guard")).hasValue("spinlock_t");
    assertThat(types.fieldType(user, "demo_t", "queue")).hasValue("struct demo.queue");
    assertThat(types.fieldType(user, "struct demo.queue", "entry")).hasValue("struct list_head");
    assertThat(types.fieldType(user, "demo_t", "last")).hasValue("struct demo.last*");
    assertThat(types.fieldType(user, "struct demo.last*", "entry")).hasValue("struct list_head");
    assertThat(types.fieldType(user, "struct demo", "none")).isEmpty();
    assertThat(types.fieldType(user, "struct nothing", "inode")).isEmpty();
  }

  @Test
  void theNearestDefinitionIsMeant() {
    files.put("include/linux/demo.h", "struct priv { int common; };\n");
    files.put("drivers/net/one/priv.h", "struct priv { int one; };\n");
    files.put("drivers/net/one/user.c", "int x;\n");
    files.put("drivers/net/two/own.c", "struct priv { int own; };\n");
    files.put("drivers/net/two/user.c", "int x;\n");
    files.put("drivers/net/two/includer.c", "#include \"../one/priv.h\"\nstruct a { int x; };\n");
    assertThat(field("drivers/net/one/user.c")).isEqualTo("one");
    assertThat(field("drivers/net/two/own.c")).isEqualTo("own");
    assertThat(field("drivers/net/two/user.c")).isEqualTo("common");
    assertThat(field("drivers/net/two/includer.c")).isEqualTo("one");
  }

  @Test
  void alternativesOfOneHeaderAreAllGiven() {
    files.put(
        "include/demo.h",
        "#ifdef CONFIG_X\nstruct d { int x; };\n#else\nstruct d { long y; };\n#endif\n");
    files.put("a.c", "int z;\n");
    assertThat(types().structs(unit("a.c"), "struct d"))
        .extracting(s -> s.members().get(0).name())
        .containsExactly("x", "y");
    assertThat(types().structs(unit("a.c"), "union d")).isEmpty();
  }

  private String field(String user) {
    StructType priv = types().struct(unit(user), "struct priv").orElseThrow();
    return priv.members().get(0).name();
  }

  private int unit(String path) {
    return files.keySet().stream().toList().indexOf(path);
  }

  private TypeTable types() {
    Program.Builder builder = new Program.Builder();
    try (FactsExtractor extractor = new FactsExtractor()) {
      files.forEach(
          (path, source) -> {
            byte[] text = source.getBytes(StandardCharsets.UTF_8);
            builder.add(path, extractor.extract(text, text.length, text));
          });
    }
    return builder.link().types();
  }
}
