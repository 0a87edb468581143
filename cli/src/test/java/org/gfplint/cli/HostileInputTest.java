package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files made to hang or to crash whoever reads them. Each ends in time, with every report whole;
 * the file is analysed, or one line says why not, and the file beside it is analysed all the same.
 */
@Timeout(300)
class HostileInputTest {
  private static final int MANY = 100_000;
  private static final Path KEPT = Path.of(System.getProperty("gfplint.testdata"), "fuzz");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> filesThatAreAnalysed() {
    return inputs(
        Map.ofEntries(
            Map.entry("if in if", "void f(void) { " + "if (x) ".repeat(MANY) + "g(); }\n"),
            Map.entry(
                "else after else", "void f(void) {" + "if (x) g(); else ".repeat(MANY) + ";}"),
            Map.entry("operands below the deepest", each(300, HostileInputTest::deep)),
            Map.entry("negations", "int f(void) { return " + "!".repeat(MANY) + "c; }\n"),
            Map.entry("sums", "int f(void) { return " + "a + ".repeat(MANY) + "c; }\n"),
            Map.entry("choices", "int f(void) { return " + "a ? b : ".repeat(MANY) + "c; }\n"),
            Map.entry("one long name", "int " + "a".repeat(8 << 20) + ";\n"),
            Map.entry("one long comment", "/*" + "a".repeat(8 << 20) + "*/\n"),
            Map.entry("quotes", "\"\n".repeat(MANY)),
            Map.entry("functions", each(MANY, i -> "void f" + i + "(void) { g(" + i + "); }\n")),
            Map.entry("enumerators", "enum e { " + each(MANY, i -> "A" + i + ", ") + "};\n"),
            Map.entry(
                "macros in macros", each(60, i -> doubled(i, "A%d (A%d + A%d)")) + use("A59")),
            Map.entry("macros of masks", each(60, i -> doubled(i, "A%d (A%d | A%d)")) + use("A59")),
            Map.entry(
                "macros of calls",
                each(60, i -> doubled(i, "A%d(x) (A%d(x) + A%d(x))")) + "A59(1)"),
            Map.entry(
                "macros of themselves",
                "#define A B\n#define B A\n#define F(x) F(F(x))\n" + use("F(A)")),
            Map.entry("a file of itself", "#include \"input.c\"\n#include <../fs/input.c>\n"),
            Map.entry(
                "types of types",
                each(MANY, i -> typedef(i + 1, i)) + use("sizeof(t" + MANY + ")")),
            Map.entry(
                "structs in structs",
                each(MANY, i -> twice(i + 1, i)) + use("sizeof(struct s" + MANY + ")")),
            Map.entry(
                "structs in themselves",
                each(60, i -> twice(i, (i + 1) % 60)) + use("sizeof(struct s0)")),
            Map.entry(
                "conditions in conditions",
                "void *f(void) { return kmalloc(8, "
                    + "(".repeat(150)
                    + "x"
                    + " ? b : c)".repeat(150)
                    + "); }\n"),
            Map.entry(
                "masks by parts",
                "void *f(void) { gfp_t m = 0;\n"
                    + each(80, i -> "if (a" + i + ") m |= __GFP_IO << " + i + ";\n")
                    + "return kmalloc(8, m); }\n"),
            Map.entry(
                "functions that open scopes, all of one another",
                each(
                    8,
                    i ->
                        "void f%d(struct d *d) { d->f%d = memalloc_nofs_save();\n".formatted(i, i)
                            + each(8, j -> "f" + j + "(d->n" + j + ");\n")
                            + "}\n")),
            Map.entry(
                "functions that take and release locks, all of one another",
                each(
                    8,
                    i ->
                        "void f%d(struct d *d) { spin_%slock(&d->l%d);\n"
                                .formatted(i, i % 2 == 0 ? "" : "un", i)
                            + each(8, j -> "f" + j + "(d->n" + j + ");\n")
                            + "kmalloc(8, GFP_KERNEL); }\n")),
            Map.entry("comments without an end", "void f(void) { g(); }\n" + "/* ".repeat(MANY)),
            Map.entry("the same in a macro", "#define X " + "/* ".repeat(MANY)),
            Map.entry("the same in a condition", "#if X\n#endif\n#if Y " + "/* ".repeat(MANY)),
            Map.entry(
                "brackets in a condition", "#if " + "(".repeat(MANY) + ")".repeat(MANY) + "\n")),
        "");
  }

  @TestFactory
  Stream<DynamicTest> filesThatAreSkipped() {
    return Stream.concat(
        inputs(
            Map.of(
                "brackets", "int x = " + "(".repeat(MANY) + "1" + ")".repeat(MANY) + ";\n",
                "open brackets", "void f(void) { int x = " + "(".repeat(MANY),
                "blocks", "void f(void) " + "{".repeat(MANY) + "}".repeat(MANY),
                "structs", "struct s { ".repeat(MANY)),
            "gfplint: skipped fs/input.c: brackets in brackets, 2000 deep\n"),
        inputs(
            Map.of(
                "groups", "#if X\n".repeat(MANY) + "#endif\n".repeat(MANY),
                "groups in a function",
                    "void f(void) {\n" + "#ifdef X\n g();\n".repeat(MANY) + "}"),
            "gfplint: skipped fs/input.c: #if in #if, 500 deep\n"));
  }

  /** What the fuzzer found: each once crashed gfplint, or kept it busy for ever. */
  @TestFactory
  Stream<DynamicTest> inputsThatTheFuzzerFound() throws IOException {
    try (Stream<Path> found = Files.list(KEPT)) {
      return found
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(), () -> run(Files.readAllBytes(file), "")))
          .toList()
          .stream();
    }
  }

  @Test
  void aLineOf200Megabytes() throws IOException {
    tree("".getBytes(StandardCharsets.UTF_8)).write(directory);
    Path file = directory.resolve("tree/fs/input.c");
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] piece = "int x = 1; ".repeat(100_000).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 200; i++) {
        huge.write(piece);
      }
    }
    RunResult result = RunResult.of(directory.resolve("tree"), "check", "--no-cache");
    assertThat(result.err()).startsWith("gfplint: skipped fs/input.c: larger than 32 MiB\n");
    assertThat(result.out()).contains("fs/sound.c:3:9: error: ");
  }

  private Stream<DynamicTest> inputs(Map<String, String> texts, String said) {
    return texts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(), () -> run(e.getValue().getBytes(StandardCharsets.UTF_8), said)));
  }

  private void run(byte[] text, String said) throws IOException {
    FuzzCase input = tree(text);
    input.write(directory);
    input.run(directory);
    assertThat(Files.readString(directory.resolve("one/report.text")))
        .contains("fs/sound.c:3:9: error: ");
    RunResult result = RunResult.of(directory.resolve("tree"), "check", "-q", "--no-cache");
    assertThat(result.err()).isEqualTo(said);
  }

  /** A tree with the text in a file, and something to find in another. */
  private static FuzzCase tree(byte[] text) {
    Map<String, byte[]> files = new HashMap<>();
    files.put("Makefile", "VERSION = 4\nPATCHLEVEL = 16\n".getBytes(StandardCharsets.UTF_8));
    files.put("Kbuild", new byte[0]);
    files.put("fs/input.c", text);
    files.put("fs/sound.c", SmallTree.VMALLOC.getBytes(StandardCharsets.UTF_8));
    List<String> check =
        Stream.concat(
                Stream.of("check", "-q", "--debug", "--no-cache", "--confidence", "low"),
                FuzzCase.everyReport("one").stream())
            .toList();
    return new FuzzCase(files, List.of(check));
  }

  private static String each(int n, IntFunction<String> text) {
    return IntStream.range(0, n).mapToObj(text).collect(Collectors.joining());
  }

  private static String doubled(int i, String form) {
    return "#define " + String.format(form, i, i - 1, i - 1) + "\n";
  }

  private static String deep(int i) {
    return "int f"
        + i
        + "(struct s *p) { return "
        + "!".repeat(i + 150)
        + "(p->x[p->y(1)] + 1); }\n";
  }

  private static String typedef(int name, int of) {
    return "typedef t" + of + " t" + name + ";\n";
  }

  private static String twice(int name, int of) {
    return "struct s" + name + " { struct s" + of + " a; struct s" + of + " b; };\n";
  }

  private static String use(String value) {
    return "void *f(void) { return kmalloc(" + value + ", " + value + "); }\n";
  }
}
