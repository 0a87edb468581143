package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.junit.jupiter.api.Test;

class FactsExtractorTest {
  @Test
  void functionsHaveNameTypesLinkageAndPlace() {
    FunctionFacts f =
        onlyFunction(
            """
            /* one line above */
            static inline struct page *demo_page(struct inode *inode, gfp_t gfp, int order)
            {
            	return alloc_pages(gfp, order);
            }
            """);
    assertThat(f.name()).isEqualTo("demo_page");
    assertThat(f.linkage()).isEqualTo(Linkage.STATIC);
    assertThat(f.returnType()).isEqualTo("struct page*");
    assertThat(f.parameters())
        .containsExactly(
            new Variable("inode", "struct inode*"),
            new Variable("gfp", "gfp_t"),
            new Variable("order", "int"));
    assertThat(f.span()).isEqualTo(new Span(2, 28, 5, 2));
  }

  @Test
  void controlFlowFollowsGotoLoopsAndShortCircuits() {
    assertThat(
            shape(
                onlyFunction(
                    """
                    int f(int a, int b)
                    {
                    	if (a && !b)
                    		goto out;
                    	while (more())
                    		step();
                    out:
                    	return done();
                    }
                    """)))
        .isEqualTo(
            """
            0: BRANCH a -> 1 3
            1: BRANCH b -> 3 2
            2: RETURN done()
            3: BRANCH more() -> 4 2
            4: step(); JUMP -> 3
            """);
  }

  @Test
  void switchCasesFallThrough() {
    assertThat(
            shape(
                onlyFunction(
                    """
                    void f(int a)
                    {
                    	switch (a) {
                    	case 1:
                    		one();
                    		fallthrough;
                    	case 2:
                    		two();
                    		break;
                    	}
                    	end();
                    }
                    """)))
        .isEqualTo(
            """
            0: CHOICE -> 2 3 1
            1: end(); RETURN
            2: one(); JUMP -> 3
            3: two(); JUMP -> 1
            """);
  }

  @Test
  void bothSidesOfConditionalCompilationAreAlternatives() {
    assertThat(
            shape(
                onlyFunction(
                    """
                    void f(void)
                    {
                    #ifdef CONFIG_A
                    	one();
                    #else
                    	two();
                    #endif
                    #if 0
                    	never();
                    #endif
                    }
                    """)))
        .isEqualTo(
            """
            0: BRANCH #CONFIG_A -> 1 2
            1: one(); JUMP -> 3
            2: two(); JUMP -> 3
            3: RETURN
            """);
  }

  @Test
  void macrosThatCallAreFunctionsAndMasksAreConstants() {
    FileFacts facts =
        extract(
            """
            #define DEMO_GFP (GFP_NOFS | __GFP_ZERO)
            #define DEMO_SIZE 16
            #define demo_alloc(n, flags) kmalloc((n) * sizeof(u32), flags)
            #define DEMO_NAME "name"
            enum { DEMO_A, DEMO_B = 7 };
            """);
    assertThat(facts.constants().stream().map(c -> c.name() + " = " + c.value().text()))
        .containsExactlyInAnyOrder(
            "DEMO_GFP = GFP_NOFS | __GFP_ZERO", "DEMO_SIZE = 16", "DEMO_A = 0", "DEMO_B = 7");
    FunctionFacts macro = facts.functions().get(0);
    assertThat(macro.name()).isEqualTo("demo_alloc");
    assertThat(macro.linkage()).isEqualTo(Linkage.MACRO);
    assertThat(macro.span().line()).isEqualTo(3);
    assertThat(shape(macro)).contains("kmalloc(n * sizeof(u32), flags)");
  }

  @Test
  void aTableOfDefinitionsIsReadLikeAnyOtherFile() {
    String table =
        """
        #include <linux/demo.h>
        #define DEMO_REG\t0x10
        #define DEMO_LONG \\
        	0x20
        """;
    FileFacts alone = extract(table);
    FileFacts withCode = extract(table + "void f(void) { }\n");
    assertThat(alone.constants()).isEqualTo(withCode.constants()).hasSize(2);
    assertThat(alone.includes()).isEqualTo(withCode.includes()).containsExactly("linux/demo.h");
  }

  @Test
  void operationsTablesAndInitFunctionsAreNoted() {
    FileFacts facts =
        extract(
            """
            static int __init demo_init(void) { return 0; }
            static const struct file_operations demo_fops = {
            	.open = demo_open,
            	.llseek = &demo_seek,
            	.flags = DEMO_FLAG,
            };
            """);
    assertThat(facts.functions().get(0).init()).isTrue();
    assertThat(facts.stored())
        .containsExactly(
            new StoredFunction("file_operations", "open", "demo_open", 3),
            new StoredFunction("file_operations", "llseek", "demo_seek", 4));
  }

  @Test
  void columnsAreTheFilesOwnWhereTextMovedForASemicolonOrABracket() {
    String source =
        """
        HANDLER(demo_count)
        {
        \tDEMO_ALLOC(size, GFP_NOFS)
        \tdemo_other(1);
        \treturn demo_last();
        }
        """;
    byte[] original = source.getBytes(StandardCharsets.UTF_8);
    byte[] text = original.clone();
    new MacroNormalizer(MacroDictionary.builtIn()).normalize(text, text.length);
    assertThat(new String(text, StandardCharsets.UTF_8))
        .as("moved")
        .contains(" demo_count()", "\nDEMO_ALLOC(size, GFP_NOFS);");
    try (FactsExtractor extractor = new FactsExtractor()) {
      FunctionFacts function = extractor.extract(text, text.length, original).functions().get(0);
      assertThat(function.span()).isEqualTo(new Span(1, 9, 6, 2));
      assertThat(function.blocks().get(0).events())
          .extracting(e -> e.span().line() + ":" + e.span().column())
          .containsExactly("3:2", "4:2");
    }
  }

  private static FileFacts extract(String source) {
    byte[] original = source.getBytes(StandardCharsets.UTF_8);
    // What the normaliser does to annotations; the rest of these sources needs none.
    byte[] text = source.replace("__init ", "       ").getBytes(StandardCharsets.UTF_8);
    try (FactsExtractor extractor = new FactsExtractor()) {
      return extractor.extract(text, text.length, original);
    }
  }

  private static FunctionFacts onlyFunction(String source) {
    List<FunctionFacts> functions = extract(source).functions();
    assertThat(functions).hasSize(1);
    return functions.get(0);
  }

  /** Blocks, one a line: what happens, how it ends, where it goes. */
  private static String shape(FunctionFacts function) {
    StringBuilder out = new StringBuilder();
    for (int b = 0; b < function.blocks().size(); b++) {
      Block block = function.blocks().get(b);
      out.append(b).append(": ");
      block.events().forEach(e -> out.append(e.text()).append("; "));
      out.append(block.exit().kind());
      if (block.exit().condition() != null) {
        out.append(' ').append(block.exit().condition().text());
      }
      if (!block.exit().targets().isEmpty()) {
        out.append(
            block.exit().targets().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" ", " -> ", "")));
      }
      out.append('\n');
    }
    return out.toString();
  }
}
