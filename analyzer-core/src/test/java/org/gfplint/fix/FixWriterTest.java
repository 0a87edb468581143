package org.gfplint.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Location;
import org.gfplint.finding.Remedy;
import org.gfplint.model.ScopeKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of code that fixes are made in; '@' marks the place of the remedy. */
class FixWriterTest {
  private static final String INCLUDED = "#include <linux/sched/mm.h>\n";

  @Test
  void aStatementIsWrapped() {
    assertThat(wrapped("void f(void)\n{\n\tvoid *p;\n\n\tp = (u8 *)@vmalloc_it(n, GFP_NOFS);\n}\n"))
        .isEqualTo(
            """
            void f(void)
            {
            	unsigned int nofs_flag;
            	void *p;

            	/*
            	 * Why.
            	 */
            	nofs_flag = memalloc_nofs_save();
            	p = (u8 *)vmalloc_it(n, GFP_KERNEL);
            	memalloc_nofs_restore(nofs_flag);
            }
            """);
  }

  @Test
  void aBodyWithoutBracesGetsThem() {
    assertThat(
            wrapped(
                """
                int f(int n)
                {
                	if (n &&
                	    g(n)) /* why */
                		x->p[n] = @vmalloc_it(n,
                				     GFP_NOFS);
                	else if (n)
                		*q = 2;
                	return 0;
                }
                """))
        .isEqualTo(
            """
            int f(int n)
            {
            	unsigned int nofs_flag;

            	if (n &&
            	    g(n)) { /* why */
            		/*
            		 * Why.
            		 */
            		nofs_flag = memalloc_nofs_save();
            		x->p[n] = vmalloc_it(n,
            				     GFP_KERNEL);
            		memalloc_nofs_restore(nofs_flag);
            	} else if (n)
            		*q = 2;
            	return 0;
            }
            """);
  }

  @Test
  void whatIsReturnedGoesThroughAVariable() {
    assertThat(
            wrapped(
                """
                static inline struct foo *f(int p)
                {
                	list_for_each_entry(a, b, c)
                		if (a)
                			return @vmalloc_it(p, GFP_NOFS);
                	return NULL;
                }
                """))
        .isEqualTo(
            """
            static inline struct foo *f(int p)
            {
            	struct foo *ptr;
            	unsigned int nofs_flag;

            	list_for_each_entry(a, b, c)
            		if (a) {
            			/*
            			 * Why.
            			 */
            			nofs_flag = memalloc_nofs_save();
            			ptr = vmalloc_it(p, GFP_KERNEL);
            			memalloc_nofs_restore(nofs_flag);
            			return ptr;
            		}
            	return NULL;
            }
            """);
  }

  @Test
  void aNameThatIsTakenIsNotTakenAgain() {
    assertThat(wrapped("void f(int nofs_flag)\n{\n\tint nofs_flags;\n\n\t@v(GFP_NOFS);\n}\n"))
        .contains("\tunsigned int nofs_cookie;\n\tint nofs_flags;\n")
        .contains("\tnofs_cookie = memalloc_nofs_save();\n\tv(GFP_KERNEL);\n");
    assertThat(wrapped("int nofs_flag;\nvoid f(void)\n{\n\t@v(GFP_NOFS);\n}\n"))
        .contains("nofs_flag = memalloc_nofs_save()");
  }

  @Test
  void underOtherConditionsTheVariableIsDeclaredWhereTheyHold() {
    assertThat(
            wrapped(
                """
                void f(void)
                {
                #ifdef CONFIG_X
                	if (a) {
                		p = @v(GFP_NOFS);
                	}
                #endif
                }
                """))
        .contains("\tif (a) {\n\t\tunsigned int nofs_flag;\n\n\t\t/*\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tif (@v(GFP_NOFS))\n\t\tg();",
        "\tp = g(@v(GFP_NOFS));",
        "\tp = a ? @v(GFP_NOFS) : NULL;",
        "\tp = @v(GFP_NOFS) + 1;",
        "\tvoid *p = @v(GFP_NOFS);",
        "\tif (a) p = @v(GFP_NOFS);",
        "\tp = @v(GFP_NOFS); g();",
        "\tp = @v(n,\n#ifdef X\n\t\tGFP_NOFS\n#else\n\t\tGFP_NOIO\n#endif\n\t\t);",
        "\tp = @v(GFP_KERNEL);",
        "\tp = @v(g(GFP_NOFS));",
        "\tdo\n\t\tp = @v(GFP_NOFS);\n\twhile (!p);",
        "\tif (a)\n#ifdef X\n\t\tb = 1;\n\telse\n#endif\n\t\tp = @v(GFP_NOFS);",
        "#ifdef X\n\tp = @v(GFP_NOFS);\n#endif",
        "\tp = @v(GFP_NOFS); /* more\n\tto come */",
        "\tswitch (a) {\n#ifdef X\n\tcase 1:\n\t\tp = @v(GFP_NOFS);\n#endif\n\t}",
        "\tdelete @v(GFP_NOFS);"
      })
  void otherFormsAreLeftAlone(String body) {
    assertThat(fix("void f(void)\n{\n" + body + "\n}\n", FixWriterTest::wrap)).isEmpty();
  }

  @Test
  void aLabelOrACaseStaysBeforeTheScope() {
    assertThat(
            wrapped(
                """
                void f(int a)
                {
                	switch (a ? 1 : 2) {
                	case 1:
                		p = @v(GFP_NOFS);
                		break;
                	}
                }
                """))
        .startsWith("void f(int a)\n{\n\tunsigned int nofs_flag;\n\n\tswitch")
        .contains("\tcase 1:\n\t\t/*\n\t\t * Why.\n\t\t */\n\t\tnofs_flag = ");
  }

  @Test
  void theHeaderIsIncludedInItsPlace() {
    String code = "void f(void)\n{\n\tp = @v(GFP_NOFS);\n}\n";
    assertThat(patched("#include <linux/mm.h>\n#include <linux/slab.h>\n" + code))
        .startsWith("#include <linux/mm.h>\n" + INCLUDED + "#include <linux/slab.h>\n");
    assertThat(patched("#include <linux/slab.h>\n#include <linux/fs.h>\n#include \"x.h\"\n" + code))
        .startsWith("#include <linux/slab.h>\n#include <linux/fs.h>\n" + INCLUDED);
    assertThat(
            patched(
                "#ifndef X\n#define X\n#include <linux/fs.h>\n#ifdef Y\n#include <a.h>\n#endif\n"
                    + code
                    + "#endif\n"))
        .contains("#include <linux/fs.h>\n" + INCLUDED + "#ifdef Y");
    assertThat(patched("/* Licence. */\n\n/* What f does. */\n" + code))
        .startsWith("/* Licence. */\n\n" + INCLUDED + "\n/* What f does. */\n");
    assertThat(patched("#include \"x.h\"\n" + code)).startsWith(INCLUDED + "#include \"x.h\"\n");
    assertThat(patched("# include <linux/sched/mm.h> /* scopes */\n" + code))
        .doesNotContain(INCLUDED);
  }

  @Test
  void lineEndsAndBytesOfAnyEncodingStay() {
    byte[] text =
        "/* \u00e9 */\r\nvoid f(void)\r\n{\r\n  /* \u00e9 */ \r\n  p = v(\"\u00e9\", GFP_NOFS);\r\n}\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    Fix fix =
        new FixWriter("x.c", text)
            .write(
                new Remedy.Wrap(
                    "", new Location("x.c", 5, 7, 5, 20), ScopeKind.NOIO, "Why.", Map.of()))
            .orElseThrow();
    EditedText edited = new EditedText(text);
    edited.add(fix);
    assertThat(new String(edited.bytes(), StandardCharsets.ISO_8859_1))
        .isEqualTo(
            ("/* \u00e9 */\n#include <linux/sched/mm.h>\n\nvoid f(void)\n{\n  unsigned int noio_flag;\n\n"
                    + "  /* \u00e9 */ \n  /*\n   * Why.\n   */\n  noio_flag = memalloc_noio_save();\n"
                    + "  p = v(\"\u00e9\", GFP_NOFS);\n  memalloc_noio_restore(noio_flag);\n}\n")
                .replace("\n", "\r\n"));
  }

  @Test
  void columnsCountCodePoints() {
    assertThat(
            renamed("void f(void)\n{\n\tg(\"\u00e9\ud83d\ude00\", @GFP_KERNEL | GFP_NOFS@);\n}\n"))
        .contains("\tg(\"\u00e9\ud83d\ude00\", GFP_KERNEL);\n");
  }

  @Test
  void anOperandIsLeftOutWithItsSign() {
    assertThat(renamed("x = @GFP_NOFS | GFP_KERNEL@;")).isEqualTo("x = GFP_KERNEL;");
    assertThat(renamed("x = @a |\n\tGFP_NOFS | b@;")).isEqualTo("x = a | b;");
    assertThat(renamed("x = @(GFP_NOFS |\n\t GFP_KERNEL)@;")).isEqualTo("x = (GFP_KERNEL);");
    assertThat(renamed("x = @a | (GFP_NOFS)@;")).isNull();
    assertThat(renamed("x = @a | /* really */ GFP_NOFS@;")).isNull();
    assertThat(renamed("x = @a | g(GFP_NOFS)@;")).isNull();
  }

  @Test
  void aScopeIsClosedBeforeTheReturn() {
    assertThat(
            restored(
                """
                int f(void)
                {
                	unsigned int nofs = memalloc_nofs_save();

                	for (;;)
                		if (g())
                			@return ERR_PTR(-EIO);
                }
                """))
        .contains(
            "\t\tif (g()) {\n\t\t\tmemalloc_nofs_restore(nofs);\n\t\t\treturn ERR_PTR(-EIO);\n\t\t}\n}");
    assertThat(restored("void f(int a)\n{\n\tint nofs = s();\n\n\tg();\n@}\n"))
        .endsWith("\tg();\n\tmemalloc_nofs_restore(nofs);\n}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\tint nofs = s();\n\n\treturn g();",
        "\tif (a) {\n\t\tint nofs = s();\n\t}\n\t@return 0;",
        "\t@return 0;",
        "\tint nofs = s();\n\n\tif (a) @return 0;"
      })
  void aScopeStaysOpenWhereClosingItTakesThought(String body) {
    String marked = body.contains("@") ? body : body.replace("return", "@return");
    assertThat(fix("int f(int a)\n{\n" + marked + "\n}\n", FixWriterTest::restore)).isEmpty();
  }

  // ---- running it

  private interface RemedyAt {
    Remedy at(Location place);
  }

  private static Remedy wrap(Location place) {
    return new Remedy.Wrap("d", place, ScopeKind.NOFS, "Why.", Map.of("GFP_NOFS", "GFP_KERNEL"));
  }

  private static Remedy restore(Location place) {
    return new Remedy.Restore("d", place, ScopeKind.NOFS, "nofs");
  }

  /** Without the header, which has a test of its own. */
  private static String wrapped(String marked) {
    return patched(marked).replaceFirst(INCLUDED + "\n?", "");
  }

  private static String patched(String marked) {
    return fix(marked, FixWriterTest::wrap).orElseThrow();
  }

  private static String restored(String marked) {
    return fix(marked, FixWriterTest::restore).orElseThrow();
  }

  /** Null if nothing is changed. */
  private static String renamed(String marked) {
    return fix(marked, place -> new Remedy.Rename("d", place, Map.of("GFP_NOFS", ""))).orElse(null);
  }

  private static Optional<String> fix(String marked, RemedyAt remedy) {
    int start = marked.indexOf('@');
    String rest = marked.replaceFirst("@", "");
    int end = rest.indexOf('@') < 0 ? start + 1 : rest.indexOf('@');
    byte[] text = rest.replaceFirst("@", "").getBytes(StandardCharsets.UTF_8);
    String before = marked.substring(0, start);
    Location place =
        new Location(
            "x.c",
            line(before),
            column(before),
            line(rest.substring(0, end)),
            column(rest.substring(0, end)));
    EditedText edited = new EditedText(text);
    return new FixWriter("x.c", text)
        .write(remedy.at(place))
        .map(
            fix -> {
              assertThat(edited.add(fix)).isEqualTo(EditedText.Outcome.ADDED);
              return new String(edited.bytes(), StandardCharsets.UTF_8);
            });
  }

  private static int line(String before) {
    return (int) before.chars().filter(c -> c == '\n').count() + 1;
  }

  private static int column(String before) {
    String last = before.substring(before.lastIndexOf('\n') + 1);
    return last.codePointCount(0, last.length()) + 1;
  }
}
