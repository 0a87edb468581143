package org.gfplint.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MacroDictionaryTest {
  private static void read(MacroLearner learner, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    learner.read(bytes, bytes.length);
  }

  private static MacroDictionary learn(String... headers) {
    MacroLearner learner = new MacroLearner();
    for (String header : headers) {
      read(learner, header);
    }
    return learner.finish();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__quick __attribute__((hot))|ANNOTATION",
        "__quick noinline __section(\".a\")|ANNOTATION",
        "__quick|MAYBE_ANNOTATION",
        "__quick(x) __attribute__((section(x)))|ANNOTATION_CALL",
        "LOCAL static|STORAGE",
        "LOCAL static inline __other|STORAGE",
        "each(p) for (p = first(); p; p = next(p))|ITERATOR",
        "each(p) for (;;) if (skip(p)) {} else|ITERATOR",
        "each(p) list_for_each_entry(p, &all, list)|ITERATOR",
        "each(p) while ((p = next(p)))|ITERATOR",
        "when(x) if (debug > (x))|CONDITION",
        "enter() do { int saved = 0|OPENS_BRACE",
        "leave() } while (0)|CLOSES_BRACE",
        "PTR *|POINTER",
      })
  void theReplacementTellsTheKind(String definition, MacroKind kind) {
    String name = definition.split("[ (]")[0];
    assertThat(learn("#define " + definition + "\n").kind(name)).contains(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call(x) other(x)",
        "call(x) do { other(x); } while (0)",
        "call(x) ({ other(x); })",
        "VALUE 3",
        "VALUE (1 << 3)",
        "NAME other",
        "TYPE struct thing",
        "TEXT \"a\" \"b\"",
        "stub(x)",
      })
  void callsAndValuesAreNotInIt(String definition) {
    String name = definition.split("[ (]")[0];
    assertThat(learn("#define " + definition + "\n").kind(name)).isEmpty();
  }

  @Test
  void namesThatAreDefinedByOneAnother() {
    MacroDictionary dictionary =
        learn(
            "#define __a __b\n",
            "#define each_a(p) each_b(p, 0)\n#define each_b(p, n) each_c(p)\n",
            "#define each_c(p) \\\n\tfor (p = 0; p; p++)\n#define __b __attribute__((cold))\n");
    assertThat(dictionary.kind("__a")).contains(MacroKind.ANNOTATION);
    assertThat(dictionary.kind("each_a")).contains(MacroKind.ITERATOR);
  }

  @Test
  void definitionsThatDisagreeCountForNothing() {
    assertThat(learn("#define X __attribute__((cold))\n", "#define X\n").kind("X"))
        .contains(MacroKind.ANNOTATION);
    assertThat(learn("#define X __attribute__((cold))\n", "#define X other(1)\n").kind("X"))
        .isEmpty();
  }

  @Test
  void theOrderOfHeadersDoesNotMatter() {
    String[] headers = {
      "#define X\n#define each(p) each2(p)\n", "#define X 3\n", "#define each2(p) for (; p;)\n"
    };
    MacroLearner one = new MacroLearner();
    MacroLearner two = new MacroLearner();
    read(one, headers[2]);
    read(two, headers[1]);
    read(two, headers[0]);
    one.merge(two);
    for (MacroDictionary d : new MacroDictionary[] {learn(headers), one.finish()}) {
      assertThat(d.kind("X")).isEmpty();
      assertThat(d.kind("each")).contains(MacroKind.ITERATOR);
    }
  }

  @Test
  void builtInEntriesStay() {
    assertThat(learn("#define __init 3\n").kind("__init")).contains(MacroKind.ANNOTATION);
  }

  @Test
  void theFingerprintCoversJustTheNamesThatOccur() {
    String text = "static int LOCALLY f(void)\n{\n\teach_thing(p)\n\t\tg();\n}\n";
    long before = fingerprint(text, MacroDictionary.builtIn());
    long unrelated = fingerprint(text, learn("#define each_other(p) for (; p;)\n"));
    long related = fingerprint(text, learn("#define each_thing(p) for (; p;)\n"));
    assertThat(unrelated).isEqualTo(before);
    assertThat(related).isNotEqualTo(before);
  }

  @Test
  void theFingerprintTellsNamesThatTradeTheirKinds() {
    String text = "void f(void)\n{\n\tp->each_thing = p->note_thing;\n}\n";
    String iterator = " for (;;)\n";
    String annotation = " __attribute__((used))\n";
    assertThat(
            fingerprint(
                text, learn("#define each_thing" + iterator + "#define note_thing" + annotation)))
        .isNotEqualTo(
            fingerprint(
                text, learn("#define note_thing" + iterator + "#define each_thing" + annotation)));
  }

  private static long fingerprint(String text, MacroDictionary dictionary) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new MacroNormalizer(dictionary).normalize(bytes, bytes.length);
  }

  @Test
  void aFilesOwnDefinitionsCountInIt() {
    String text =
        "#define each_one(p) for (p = a; p; p = p->n)\nvoid f(void)\n{\n\teach_one(p)\n\t\tg(p);\n}\n";
    assertThat(MacroDictionary.builtIn().kind("each_one")).isEqualTo(Optional.empty());
    assertThat(MacroNormalizerTest.squeezed(text)).contains("while (p)\n g(p);");
  }
}
