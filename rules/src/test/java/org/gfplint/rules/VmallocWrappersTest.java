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

/** Where a mask goes wrong in a wrapper that others use, they and the wrapper get a note. */
class VmallocWrappersTest {
  @TempDir private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    write("Makefile", "VERSION = 4\nPATCHLEVEL = 16\nSUBLEVEL = 0\n");
    write("Kconfig", "");
    write("Kbuild", "");
  }

  @Test
  void aWrapperThatManyFilesHandMasksToIsThePlaceToMend() throws IOException {
    write(
        "lib/demo.c",
        "void *demo_get(size_t n, gfp_t gfp)\n{\n\treturn __vmalloc(n, gfp, PAGE_KERNEL);\n}\n");
    write("fs/one.c", caller("demo_one", "GFP_NOFS") + caller("demo_two", "GFP_NOIO"));
    write("fs/two.c", caller("demo_three", "GFP_NOFS") + caller("demo_four", "GFP_KERNEL"));

    assertThat(check())
        .containsExactly(
            "fs/one.c:3 error", "fs/one.c:7 error", "fs/two.c:3 error", "lib/demo.c:3 note");
  }

  @Test
  void callersInOneFileAreMendedThere() throws IOException {
    write(
        "lib/demo.c",
        "void *demo_get(size_t n, gfp_t gfp)\n{\n\treturn __vmalloc(n, gfp, PAGE_KERNEL);\n}\n");
    write(
        "fs/one.c",
        caller("demo_one", "GFP_NOFS")
            + caller("demo_two", "GFP_NOIO")
            + caller("demo_three", "GFP_NOFS"));

    assertThat(check())
        .containsExactly("fs/one.c:3 error", "fs/one.c:7 error", "fs/one.c:11 error");
  }

  @Test
  void whoUsesAHeadersFunctionIsToldWhatItAsksFor() throws IOException {
    write(
        "fs/demo/malloc.h",
        "static inline void *demo_malloc_nofs(unsigned long n)\n"
            + "{\n\treturn __vmalloc(n, GFP_NOFS, PAGE_KERNEL);\n}\n");
    write(
        "fs/demo/runlist.c",
        "#include \"malloc.h\"\nvoid *demo_grow(unsigned long n)\n{\n\treturn demo_malloc_nofs(n);\n}\n");

    assertThat(check()).containsExactly("fs/demo/malloc.h:3 error", "fs/demo/runlist.c:4 note");
  }

  private static String caller(String name, String mask) {
    return "void *" + name + "(size_t n)\n{\n\treturn demo_get(n, " + mask + ");\n}\n";
  }

  private List<String> check() throws IOException {
    Check.Result result =
        Check.run(
            new Check.Request(
                tree, List.of(tree), Optional.empty(), "x86", Set.of(), false, 1, Optional.empty()),
            Silent.PROGRESS);
    return result.findings().stream().map(VmallocWrappersTest::line).toList();
  }

  private static String line(Finding f) {
    return f.location().path() + ":" + f.location().line() + " " + f.level().label();
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
