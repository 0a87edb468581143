package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.facts.ParseRun.ParsedFunction;
import org.gfplint.facts.ParseRun.Statistics;
import org.gfplint.source.ArchSelection;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParseRunTest {
  private static final Path TREE = Path.of(System.getProperty("gfplint.testdata"), "parse");
  private static final Pattern NOTE = Pattern.compile("/\\* (begin|end|error)(?:: (\\w+))? \\*/");

  /** What the comments of the files say. */
  private static Map<String, List<ParsedFunction>> expected(List<SourceFile> files)
      throws IOException {
    Map<String, List<ParsedFunction>> expected = new LinkedHashMap<>();
    for (SourceFile file : files) {
      List<ParsedFunction> functions = new ArrayList<>();
      Map<String, Integer> open = new LinkedHashMap<>();
      boolean error = false;
      int line = 0;
      for (String text : Files.readAllLines(file.file())) {
        line++;
        Matcher note = NOTE.matcher(text);
        while (note.find()) {
          switch (note.group(1)) {
            case "begin" -> open.put(note.group(2), line);
            case "error" -> error = true;
            default -> {
              functions.add(
                  new ParsedFunction(note.group(2), open.remove(note.group(2)), line, error));
              error = false;
            }
          }
        }
      }
      expected.put(file.path(), functions);
    }
    return expected;
  }

  private record Parsed(Statistics statistics, Map<String, List<ParsedFunction>> functions) {}

  private static Parsed parse(List<SourceFile> files, int threads) {
    Map<String, List<ParsedFunction>> functions = new LinkedHashMap<>();
    Statistics statistics =
        ParseRun.run(
            files,
            MacroDictionary.of(KernelTree.open(TREE), ArchSelection.X86),
            threads,
            functions::put,
            () -> {});
    return new Parsed(statistics, functions);
  }

  private static List<SourceFile> files() {
    return KernelTree.open(TREE).discover(ArchSelection.X86).files();
  }

  @Test
  void findsEachFunctionWithItsLines() throws IOException {
    Map<String, List<ParsedFunction>> expected = expected(files());
    assertThat(expected.values().stream().mapToInt(List::size).sum()).isGreaterThan(15);
    assertThat(parse(files(), 1).functions()).isEqualTo(expected);
  }

  @Test
  void countsWhatItFinds() throws IOException {
    Statistics statistics = parse(files(), 2).statistics();
    Map<String, List<ParsedFunction>> expected = expected(files());
    assertThat(statistics.files()).isEqualTo(expected.size()).isGreaterThan(4);
    assertThat(statistics.functions())
        .isEqualTo(expected.values().stream().mapToInt(List::size).sum());
    assertThat(statistics.functionsWithErrors()).isEqualTo(1);
    assertThat(statistics.errorsElsewhere()).isZero();
    long bytes = 0;
    for (SourceFile file : files()) {
      bytes += Files.size(file.file());
    }
    assertThat(statistics.bytes()).as("headers without functions count").isEqualTo(bytes);
    assertThat(statistics.skipped()).isEmpty();
  }

  @Test
  void hearsOfFilesInOrderOnAnyNumberOfThreads(@TempDir Path directory) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      // The first files are the longest, so that later ones are done before.
      texts.put(
          String.format("f%02d.c", i),
          "int f" + i + "(void) { return 0; }\n".repeat(1 + 3000 / (i + 1)));
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(directory.resolve(text.getKey()), text.getValue());
    }
    List<SourceFile> files = KernelTree.open(directory).discover(ArchSelection.X86).files();
    Parsed parsed = parse(files, 4);
    assertThat(parsed.functions().keySet()).containsExactlyElementsOf(texts.keySet());
    assertThat(parsed.functions()).isEqualTo(parse(files, 1).functions());
  }

  @Test
  void skipsWhatCannotBeReadAndGoesOn(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("a.c"), new byte[] {'i', 'n', 't', 0});
    Files.writeString(directory.resolve("b.c"), "int b(void)\n{\n}\n", StandardCharsets.UTF_8);
    Parsed parsed = parse(KernelTree.open(directory).discover(ArchSelection.X86).files(), 1);
    assertThat(parsed.statistics().skipped())
        .extracting(Object::toString)
        .containsExactly("a.c: skipped: binary content");
    assertThat(parsed.statistics().files()).isEqualTo(1);
    assertThat(parsed.functions().get("b.c")).containsExactly(new ParsedFunction("b", 1, 3, false));
  }

  @Test
  void countsTextBetweenFunctionsThatIsNotC(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("a.c"), "int a(void)\n{\n}\n] ] )\nint b(void)\n{\n}\n");
    Statistics statistics =
        parse(KernelTree.open(directory).discover(ArchSelection.X86).files(), 1).statistics();
    assertThat(statistics.errorsElsewhere()).isPositive();
    assertThat(statistics.functionsWithErrors()).isZero();
  }
}
