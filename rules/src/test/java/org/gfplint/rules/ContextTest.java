package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gfplint.finding.Finding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of one file sees callers and callees in other files once the tree was indexed. */
class ContextTest {
  private static final String CALLER =
      """
      void *demo_load(size_t size)
      {
      	return demo_alloc(size, DEMO_GFP);
      }
      """;

  @TempDir private Path directory;
  private Path tree;
  private Path cache;

  @BeforeEach
  void makeTree() throws IOException {
    tree = directory.resolve("tree");
    cache = directory.resolve("cache");
    write("Makefile", "VERSION = 4\nPATCHLEVEL = 16\nSUBLEVEL = 0\n");
    write("Kconfig", "");
    write("Kbuild", "");
    write("include/linux/demo.h", "#define DEMO_GFP (GFP_NOFS | __GFP_ZERO)\n");
    write(
        "lib/demo.c", "void *demo_alloc(size_t n, gfp_t gfp)\n{\n\treturn demo_get(n, gfp);\n}\n");
    write(
        "mm/demo.c",
        "void *demo_get(size_t n, gfp_t gfp)\n{\n\treturn vmalloc_it(n, gfp);\n}\n"
            + "void *vmalloc_it(size_t n, gfp_t gfp)\n{\n\treturn __vmalloc(n, gfp, PAGE_KERNEL);\n}\n");
    write("fs/demo.c", CALLER);
    write("fs/clean.c", "int demo_clean(void)\n{\n\treturn 0;\n}\n");
  }

  @Test
  void theContextGivesTheFindingsOfTheWholeTree() {
    List<Finding> whole = check(List.of()).findings();
    assertThat(whole).hasSize(1);
    assertThat(check(List.of("fs/demo.c")).findings()).isEqualTo(whole);
    assertThat(check(List.of("fs/clean.c")).findings()).isEmpty();
  }

  @Test
  void withoutAnIndexOtherSourceFilesAreNotRead() {
    assertThat(check(List.of("fs/demo.c")).findings()).isEmpty();
  }

  @Test
  void changesAfterTheIndexAreSeen() throws IOException {
    check(List.of());
    write("fs/demo.c", CALLER.replace("DEMO_GFP", "GFP_KERNEL"));
    assertThat(check(List.of("fs/demo.c")).findings()).isEmpty();
    write("fs/demo.c", CALLER.replace("DEMO_GFP", "GFP_NOIO"));
    assertThat(check(List.of("fs/demo.c")).findings()).hasSize(1);
    write("lib/demo.c", "void *demo_alloc(size_t n, gfp_t gfp)\n{\n\treturn kmalloc(n, gfp);\n}\n");
    assertThat(check(List.of("fs/demo.c")).findings()).isEmpty();
  }

  @Test
  void anUnrestrictedRequestIsFoundFromItsCaller() throws IOException {
    write(
        "fs/caller.c",
        """
        void demo_commit(struct demo *d)
        {
        	void *p = kmalloc(16, GFP_NOFS);

        	demo_note(d, p);
        }
        """);
    write(
        "lib/note.c",
        """
        void demo_note(struct demo *d, void *p)
        {
        	d->note = kmalloc(32, GFP_KERNEL);
        }
        """);
    List<Finding> whole = check(List.of()).findings();
    assertThat(whole).extracting(Finding::ruleId).contains("GFP303");
    assertThat(check(List.of("lib/note.c")).findings())
        .isEqualTo(whole.stream().filter(f -> f.location().path().equals("lib/note.c")).toList());
  }

  @Test
  void sizesComeFromHeadersElsewhere() throws IOException {
    write(
        "include/linux/slots.h", "#define SLOTS 4000\nstruct slots { demo_slot_t all[SLOTS]; };\n");
    write("include/linux/slot.h", "typedef struct { u64 stamp; } demo_slot_t;\n");
    write("include/linux/table.h", "struct table {\n\tstruct slots *slots;\n};\n");
    write(
        "fs/slots.c",
        """
        void demo_slots(struct table *t)
        {
        	t->slots = kmalloc(sizeof(*t->slots), GFP_KERNEL | __GFP_NOFAIL);
        }
        """);
    List<Finding> whole = check(List.of()).findings();
    List<Finding> sizes = whole.stream().filter(f -> f.ruleId().equals("GFP103")).toList();
    assertThat(sizes).hasSize(1);
    assertThat(sizes.get(0).message()).contains("32000 bytes");
    assertThat(check(List.of("fs/slots.c")).findings()).isEqualTo(sizes);
  }

  @Test
  void anIndexThatIsNoIndexIsAsGoodAsNone() throws IOException {
    check(List.of());
    try (var files = Files.list(cache.resolve("trees"))) {
      for (Path index : files.toList()) {
        Files.writeString(index, "not a database at all, only text that is long enough");
      }
    }
    assertThat(check(List.of("fs/demo.c")).findings()).isEmpty();
    assertThat(check(List.of()).findings()).hasSize(1);
    assertThat(check(List.of("fs/demo.c")).findings()).hasSize(1);
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Check.Result check(List<String> paths) {
    return Check.run(
        new Check.Request(
            tree,
            paths.stream().map(tree::resolve).toList(),
            Optional.empty(),
            "all",
            Set.of(),
            false,
            1,
            Optional.of(cache)),
        new Check.Progress() {
          @Override
          public void phase(String name, long total) {}

          @Override
          public void step() {}
        });
  }
}
