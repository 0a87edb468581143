package org.gfplint.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfplint.finding.Finding;
import org.gfplint.model.KernelVersion;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes that leave the meaning of C code as it is leave the findings as they are: the same
 * fingerprints. On the fixtures, and on files of a real kernel where Debian's package of its source
 * is installed.
 */
class MetamorphicTest {
  private static final Path KERNEL = Path.of("/usr/src/linux-source-6.12");

  private static final List<String> KERNEL_FILES =
      List.of(
          "drivers/md/dm-bufio.c",
          "drivers/md/raid5.c",
          "fs/ext4/mballoc.c",
          "fs/gfs2/quota.c",
          "fs/jbd2/journal.c",
          "fs/nfsd/vfs.c",
          "fs/xfs/xfs_buf.c",
          "mm/slub.c",
          "net/core/skbuff.c");

  /**
   * About what lies behind a call: a promise that a helper takes back, a request some calls away,
   * so without the call there is nothing to report, and many calls away nobody is told.
   */
  private static final Set<String> ABOUT_CALLS = Set.of("nofail-checked", "nofs-inconsistent");

  /** A function as the kernel's style has it: from the line of its name to its closing brace. */
  private static final Pattern FUNCTION =
      Pattern.compile(
          "^(?<head>(?!struct \\w+ \\{|union|enum|typedef)[a-z_][\\w *\\n\\t(),]*?\\b\\w+"
              + "\\((?<parameters>[^(){};]*)\\)\\n)"
              + "\\{\\n(?<body>(?:(?:[ \\t#/].*)?\\n|\\w+:.*\\n)*)\\}\\n",
          Pattern.MULTILINE);

  private static final Pattern LOCAL =
      Pattern.compile(
          "^\\t(?!return|goto|case)(?:(?:const|unsigned|struct|enum|static) )*[a-z_]\\w* \\**(?<name>[a-z_]\\w*)"
              + "(?: = [^;]*)?;$",
          Pattern.MULTILINE);

  /** A statement by itself: neither a declaration nor below an if without braces. */
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?<=[;{}]\\n|\\n\\n)\\t(?<text>(?!guard|scoped|DE|return)(?:[\\w.\\->]+ = )?[a-z]\\w*"
              + "\\([^;{}\\n]*\\);)\\n(?!\\t\\t)",
          Pattern.MULTILINE);

  private static final Pattern CALL_OF_OWN =
      Pattern.compile(
          "(?<=[;{}]\\n|\\n\\n)\\t(?<callee>demo_\\w+)\\((?<arguments>(?:[a-z]\\w*(?:, )?)*)\\);\\n",
          Pattern.MULTILINE);

  /** A helper of one line. */
  private static final Pattern HELPER =
      Pattern.compile(
          "^static (?:inline )?(?!void \\w)[\\w *]*?(?<name>demo_\\w+)\\((?<parameters>[^(){};]*)\\)\\n"
              + "\\{\\n\\treturn (?<value>[^;\\n]*);(?: /\\*.*\\*/)?\\n\\}\\n",
          Pattern.MULTILINE);

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> commentsChangeNothing() {
    return same(f -> true, MetamorphicTest::comment);
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfFunctionsChangesNothing() {
    // A comment before a function stays where it is.
    return same(f -> !f.rule().equals("ignore-ineffective"), MetamorphicTest::reorder);
  }

  @TestFactory
  Stream<DynamicTest> namesOfLocalsChangeNothing() {
    return same(f -> true, MetamorphicTest::rename);
  }

  @TestFactory
  Stream<DynamicTest> whatIsAlwaysTrueChangesNothing() {
    return same(f -> true, MetamorphicTest::wrap);
  }

  @TestFactory
  Stream<DynamicTest> callsThroughOneMoreFunctionChangeNothing() {
    return same(f -> !ABOUT_CALLS.contains(f.rule()), MetamorphicTest::extract);
  }

  /** Who inlines a helper moves what is found, but does not lose it. */
  @TestFactory
  Stream<DynamicTest> aHelperInlinedKeepsItsFindings() {
    return Fixture.all().stream()
        .filter(f -> !ABOUT_CALLS.contains(f.rule()))
        .filter(f -> !f.kind().equals("ok") && !inline(text(f.path())).equals(text(f.path())))
        .map(
            f ->
                DynamicTest.dynamicTest(
                    f.name(),
                    () -> {
                      Set<String> before = rules(findings(text(f.path()), f));
                      assertThat(rules(findings(inline(text(f.path())), f)))
                          .as(inline(text(f.path())))
                          .isEqualTo(before);
                    }));
  }

  private Stream<DynamicTest> same(Predicate<Fixture> on, UnaryOperator<String> change) {
    Stream<DynamicTest> fixtures =
        Fixture.all().stream()
            .filter(on)
            .filter(f -> !change.apply(text(f.path())).equals(text(f.path())))
            .map(
                f ->
                    DynamicTest.dynamicTest(
                        f.name(),
                        () -> {
                          String text = text(f.path());
                          assertThat(fingerprints(findings(change.apply(text), f)))
                              .as(change.apply(text))
                              .isEqualTo(fingerprints(findings(text, f)));
                        }));
    Stream<DynamicTest> kernel =
        KERNEL_FILES.stream()
            .map(path -> DynamicTest.dynamicTest(path, () -> checkKernelFile(path, change)));
    return Stream.concat(fixtures, kernel);
  }

  private void checkKernelFile(String path, UnaryOperator<String> change) throws IOException {
    assumeTrue(Files.isRegularFile(KERNEL.resolve(path)), "needs Debian's linux-source-6.12");
    String text = text(KERNEL.resolve(path));
    List<Finding> before = findings(text, KernelVersion.parse("6.12"), false);
    List<Finding> after = findings(change.apply(text), KernelVersion.parse("6.12"), false);
    assertThat(fingerprints(after)).isEqualTo(fingerprints(before));
  }

  // ---- changes

  private static String comment(String text) {
    return text.replaceAll("(?m)^(\\t+[^#\\n]*;)$", "$1 /* not kmalloc(8, GFP_NOFS | GFP_ZERO) */")
        .replaceAll("(?m)^\\{\\n", "{\n\t// spin_lock(&lock);\n");
  }

  /** The functions of the file from the last to the first; what stands between stays in place. */
  private static String reorder(String text) {
    List<String> functions = new ArrayList<>();
    Matcher m = FUNCTION.matcher(text);
    while (m.find()) {
      functions.add(m.group());
    }
    Collections.reverse(functions);
    int[] next = {0};
    return text.contains("\n#if")
        ? text
        : FUNCTION
            .matcher(text)
            .replaceAll(f -> Matcher.quoteReplacement(functions.get(next[0]++)));
  }

  private static String rename(String text) {
    return FUNCTION
        .matcher(text)
        .replaceAll(f -> Matcher.quoteReplacement(renamed(f.group(), f.group(2))));
  }

  private static String renamed(String function, String parameters) {
    Set<String> names = new TreeSet<>();
    for (String parameter : parameters.split(",")) {
      Matcher m = Pattern.compile("\\w[ *]+([a-z_]\\w*)\\s*$").matcher(parameter);
      if (m.find()) {
        names.add(m.group(1));
      }
    }
    Matcher local = LOCAL.matcher(function);
    while (local.find()) {
      names.add(local.group("name"));
    }
    String result = function;
    for (String name : names) {
      // Not a name that is also a member's, a tag's, a function's, or in words.
      boolean else_ =
          Pattern.compile(
                  "(?:\\.|->|struct |\"[^\"\\n]*|//.*|/\\*.*)\\b" + name + "\\b|\\b" + name + "\\(")
              .matcher(function)
              .find();
      if (!else_) {
        result = result.replaceAll("\\b" + name + "\\b", name + "_renamed");
      }
    }
    return result;
  }

  private static String wrap(String text) {
    return inFunctions(text, STATEMENT, "\tif (1) {\n\t\t${text}\n\t}\n");
  }

  private static String extract(String text) {
    StringBuilder helpers = new StringBuilder();
    Set<String> done = new TreeSet<>();
    Matcher m = CALL_OF_OWN.matcher(text);
    while (m.find()) {
      if (done.add(m.group("callee"))) {
        List<String> parameters =
            m.group("arguments").isEmpty() ? List.of() : List.of(m.group("arguments").split(", "));
        helpers.append("static void extracted_").append(m.group("callee")).append('(');
        helpers.append(
            parameters.isEmpty()
                ? "void"
                : parameters.stream().map(p -> "void *" + p).collect(Collectors.joining(", ")));
        helpers.append(")\n{\n\t").append(m.group("callee")).append('(');
        helpers.append(m.group("arguments")).append(");\n}\n\n");
      }
    }
    return inFunctions(text, CALL_OF_OWN, "\textracted_${callee}(${arguments});\n") + helpers;
  }

  private static String inline(String text) {
    String result = text;
    Matcher helper = HELPER.matcher(text);
    while (helper.find()) {
      String[] parameters = helper.group("parameters").split(", *");
      String value = helper.group("value");
      String calls = "\\b" + helper.group("name") + "\\(";
      for (int i = 0; i < parameters.length; i++) {
        calls += (i > 0 ? ", *" : "") + "([^(),]*)";
        String name = parameters[i].replaceAll(".*[ *]", "");
        value = value.replaceAll("\\b" + Pattern.quote(name) + "\\b", "\\$" + (i + 1));
      }
      String by = value;
      // Its definition goes with the last call.
      String rest = result.replace(helper.group(), "");
      String inlined = rest.replaceAll(calls + "\\)", by);
      if (!inlined.equals(rest) && !inlined.matches("(?s).*\\b" + helper.group("name") + "\\b.*")) {
        result = inlined;
      }
    }
    return result;
  }

  private static String inFunctions(String text, Pattern pattern, String by) {
    return FUNCTION
        .matcher(text)
        .replaceAll(f -> Matcher.quoteReplacement(pattern.matcher(f.group()).replaceAll(by)));
  }

  // ---- runs

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> fingerprints(List<Finding> findings) {
    return findings.stream().map(f -> f.fingerprint().toString()).sorted().toList();
  }

  private static Set<String> rules(List<Finding> findings) {
    return findings.stream().map(Finding::ruleId).collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Finding> findings(String source, Fixture fixture) throws IOException {
    return findings(source, fixture.version(), fixture.realtime());
  }

  private List<Finding> findings(String source, KernelVersion version, boolean realtime)
      throws IOException {
    Path file = directory.resolve("input.c");
    Files.writeString(file, source, StandardCharsets.ISO_8859_1);
    return Check.run(
            new Check.Request(
                directory,
                List.of(file),
                Optional.of(version),
                "x86",
                Set.of(),
                realtime,
                1,
                Optional.empty()),
            Silent.PROGRESS)
        .findings();
  }
}
