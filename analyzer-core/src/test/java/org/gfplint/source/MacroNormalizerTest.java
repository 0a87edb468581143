package org.gfplint.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroNormalizerTest {
  static String normalize(String text) {
    SourceBuffer buffer = new SourceBuffer();
    buffer.set(text);
    new MacroNormalizer(MacroDictionary.builtIn()).normalize(buffer.bytes(), buffer.length());
    return buffer.text();
  }

  /** What is left, without regard to the width of white space. */
  static String squeezed(String text) {
    return normalize(text).replaceAll("[ \\t]+", " ").strip();
  }

  @Test
  void annotationsVanish() {
    assertThat(squeezed("static int __init foo(void __user *p) __releases(&l)\n{\n}\n"))
        .isEqualTo("static int foo(void *p) \n{\n}");
    assertThat(squeezed("struct s { int a; } __attribute__((packed, aligned(4)));"))
        .isEqualTo("struct s { int a; } ;");
  }

  @Test
  void typesAsMacroArgumentsBecomeNames() {
    assertThat(squeezed("void f(void)\n{\n\tx = container_of(p, struct t, m);\n}\n"))
        .contains("x = container_of(p, t, m);");
    assertThat(squeezed("void f(void)\n{\n\tx = va_arg(ap, struct t *);\n}\n"))
        .contains("x = va_arg(ap, t );");
    assertThat(squeezed("void f(void)\n{\n\tx = get(ap, unsigned long);\n}\n"))
        .contains("x = get(ap, Unsigned );");
    assertThat(squeezed("void f(void)\n{\n\tx = sizeof(struct t *);\n}\n"))
        .contains("x = sizeof(struct t *);");
  }

  @Test
  void iteratorsBecomeLoops() {
    assertThat(squeezed("void f(void)\n{\n\tlist_for_each_entry(p, &head, list) {\n\t}\n}\n"))
        .contains("while (p, &head, list) {");
    assertThat(squeezed("void f(void)\n{\n\tfor_each_thing(p)\n\t\tuse(p);\n}\n"))
        .contains("while (p)\n use(p);");
    assertThat(squeezed("void f(void)\n{\n\tfor_each_thing() {\n\t}\n}\n")).contains("while(1) {");
  }

  @Test
  void valuesInBracesAsAnArgumentBecomeParenthesised() {
    assertThat(squeezed("struct s a[] = {\n\tENTRY(\"X{\", 1, { M(\"}\"), /* } */ M(2), }),\n};\n"))
        .contains("ENTRY(\"X{\", 1, ( M(\"}\"), /* } */ M(2) )),");
  }

  @Test
  void aJumpAtTheEndOfAMacrosArgumentsBecomesConditional() {
    assertThat(squeezed("int f(void)\n{\n\tCHECK(x == 1, \"; goto\", r = -1; goto out);\n}\n"))
        .contains("if (x == 1, \"; goto\", r = -1) goto out;;");
    assertThat(squeezed("int f(void)\n{\n\tDEBUG(a(); b(););\n}\n")).contains("{a(); b();};");
  }

  @Test
  void scopesStayRecognisable() {
    assertThat(normalize("void f(void)\n{\n\tscoped_guard(mutex, &m) {\n\t}\n}\n"))
        .contains("\twhile(guard, mutex, &m) {");
  }

  @Test
  void systemCallsBecomeFunctions() {
    assertThat(squeezed("SYSCALL_DEFINE2(thing, int, fd, const char __user *, name)\n{\n}\n"))
        .isEqualTo("long __do_sys_thing( int fd, const char * name)\n{\n}");
    assertThat(squeezed("SYSCALL_DEFINE0(thing)\n{\n}\n")).isEqualTo("long __do_sys_thing()\n{\n}");
  }

  @Test
  void caseRangesBecomeExpressions() {
    assertThat(squeezed("void f(void)\n{\n\tswitch (c) {\n\tcase 'a'...'z':\n\t\tg();\n\t}\n}\n"))
        .contains("case 'a' | 'z':");
  }

  @Test
  void wholeBranchesStay() {
    String text = "void f(void)\n{\n#ifdef A\n\ta();\n#else\n\tb();\n#endif\n}\n";
    assertThat(normalize(text)).isEqualTo(text);
  }

  @Test
  void branchesThatCutAStatementAreResolved() {
    assertThat(
            squeezed(
                "void f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t\tg();\n\t}\n}\n"))
        .contains("if (a) {")
        .doesNotContain("if (b)")
        .doesNotContain("#");
    assertThat(
            squeezed(
                "void f(void)\n{\n\tif (a)\n\t\tg();\n#ifdef A\n\telse if (b)\n\t\th();\n#endif\n}\n"))
        .contains("else if (b)")
        .doesNotContain("#");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int f(int a)\n{\n\tfor (;;) {\n\t\tif (a)\n\t\t\treturn g(a, &b, \"c\" D \"e\");\n\t}\n}\n",
        "struct s {\n\tint a : 3;\n\tint (*f)(struct s *, int);\n};\n",
        "static const struct ops o = {\n\t.a = f,\n\t[B] = { 1, 2 },\n};\n",
        "enum e { A, B = 3 };\ntypedef int (*fn_t)(struct s *s);\n",
        "",
      })
  void plainCodeIsLeftAlone(String text) {
    assertThat(normalize(text)).isEqualTo(text);
  }

  @Test
  void noBytesMakeItFailOrChangeTheLayout() {
    Random random = new Random(20260101);
    String[] words = {
      "(",
      ")",
      "{",
      "}",
      "[",
      "]",
      ";",
      ",",
      ":",
      "?",
      "*",
      "&&",
      "...",
      "\"",
      "'",
      "/*",
      "*/",
      "//",
      "\\\n",
      "\n",
      "\n#if 0\n",
      "\n#ifdef A\n",
      "\n#else\n",
      "\n#endif\n",
      "\n#define X(a) for (;;)\n",
      "struct ",
      "int ",
      "x",
      "list_for_each_entry",
      "__init ",
      "__printf(1, 2)",
      "asm goto(",
      "typeof(",
      "case ",
      "return ",
      "goto *",
      "scoped_guard(",
      "SYSCALL_DEFINE2(",
      "=",
      "\0",
      "\u00e4",
      " ",
      "\t",
      "do ",
      "else ",
      "TRACE_EVENT(",
      "struct_group(",
      "static ",
      "sizeof",
    };
    for (int round = 0; round < 3000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(60); i >= 0; i--) {
        text.append(words[random.nextInt(words.length)]);
      }
      String before = text.toString();
      String after = normalize(before);
      assertThat(after.replaceAll("[^\n]", "")).isEqualTo(before.replaceAll("[^\n]", ""));
    }
    byte[] bytes = new byte[4096];
    for (int round = 0; round < 200; round++) {
      random.nextBytes(bytes);
      byte[] copy = bytes.clone();
      new MacroNormalizer(MacroDictionary.builtIn()).normalize(copy, 4000);
      for (int i = 0; i < copy.length; i++) {
        assertThat(copy[i] == '\n').isEqualTo(bytes[i] == '\n');
      }
      assertThat(java.util.Arrays.equals(copy, 4000, 4096, bytes, 4000, 4096)).isTrue();
    }
  }
}
