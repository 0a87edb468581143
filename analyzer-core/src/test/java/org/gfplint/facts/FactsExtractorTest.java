package org.gfplint.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.MacroNormalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Most constants are not read by the C parser, which reads functions. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(-29)",
        "- 1",
        "NULL",
        "((1 << 11) - 1)",
        "1 << 3 | X & ~Y ^ 2",
        "A + B * C - D % 3 / 2 >> 1",
        "(A == B || C != D && !E)",
        "A <= B < C >= D > 1",
        "BIT(3) | GENMASK(7, 0)",
        "DEMO() + 0x10UL",
        "(A /* one of them */ | B) // the other",
        "\\\n\tA | \\\n\tB"
      })
  void constantsMeanWhatTheyWouldInAFunction(String written) {
    MacroConstant constant = onlyElement(extract("#define DEMO " + written + "\n").constants());
    FunctionFacts function =
        onlyFunction("int f(void)\n{\n\treturn " + written.replace("\\", "") + "\n;\n}\n");
    Expr returned = onlyElement(function.blocks()).exit().condition();
    assertThat(withoutPlaces(constant.value())).isEqualTo(withoutPlaces(returned));
  }

  private static <T> T onlyElement(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  private static String withoutPlaces(Expr e) {
    return e.toString().replaceAll("Span\\[[^]]*]|span=null", "");
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

  @Test
  void aGuardHoldsUntilItsBlockEndsOrIsLeft() {
    assertThat(
            shape(
                onlyNormalized(
                    """
                    int f(struct x *x)
                    {
                    	guard(spinlock_irqsave)(&x->lock);
                    	for (;;) {
                    		guard(preempt)();
                    		if (one())
                    			continue;
                    		if (two())
                    			break;
                    		if (three())
                    			goto out;
                    		if (four())
                    			return -1;
                    		step();
                    	}
                    	after();
                    out:
                    	return last(x);
                    }
                    """)))
        .isEqualTo(
            """
            0: __guard_enter(spinlock_irqsave, &x->lock); JUMP -> 1
            1: __guard_enter(preempt); BRANCH one() -> 2 3
            2: __guard_leave(preempt); JUMP -> 1
            3: BRANCH two() -> 4 5
            4: __guard_leave(preempt); after(); JUMP -> 8
            5: BRANCH three() -> 6 7
            6: __guard_leave(preempt); JUMP -> 8
            7: BRANCH four() -> 9 10
            8: __guarded_value = last(x); __guard_leave(spinlock_irqsave, &x->lock); RETURN __guarded_value
            9: __guard_leave(preempt); __guard_leave(spinlock_irqsave, &x->lock); RETURN -1
            10: step(); __guard_leave(preempt); JUMP -> 1
            """);
  }

  @Test
  void aScopedGuardHoldsForItsStatement() {
    FunctionFacts f =
        onlyNormalized(
            """
            void f(struct x *x)
            {
            	scoped_guard(rcu)
            		one();
            	scoped_guard (spinlock, &x->lock) {
            		if (bad())
            			break;
            		two();
            	}
            	scoped_guard(mutex_try, &x->mutex) {
            		three();
            	}
            	switch (x->kind) {
            	case 1: {
            		guard(srcu)(&x->srcu);
            		break;
            	}
            	}
            }
            """);
    assertThat(shape(f))
        .isEqualTo(
            """
            0: __guard_enter(rcu); one(); __guard_leave(rcu); __guard_enter(spinlock, &x->lock); BRANCH bad() -> 1 2
            1: __guard_leave(spinlock, &x->lock); BRANCH __guard_enter(mutex_try, &x->mutex) -> 4 3
            2: two(); JUMP -> 1
            3: CHOICE -> 6 5
            4: three(); __guard_leave(mutex_try, &x->mutex); JUMP -> 3
            5: RETURN
            6: __guard_enter(srcu, &x->srcu); __guard_leave(srcu, &x->srcu); JUMP -> 5
            """);
    assertThat(f.blocks().get(0).events())
        .extracting(e -> e.span().line() + ":" + e.span().column() + " to " + e.span().endColumn())
        .containsExactly("3:2 to 19", "4:3 to 8", "3:2 to 19", "5:2 to 35");
  }

  @Test
  void aConditionalGuardRunsItsBodyIfTakenAndItsFailStatementOtherwise() {
    assertThat(
            shape(
                onlyNormalized(
                    """
                    int f(struct x *x)
                    {
                    	scoped_cond_guard(mutex_intr, return -EINTR, &x->mutex)
                    		one();
                    	while (more()) {
                    		scoped_cond_guard(rwsem_read_try, continue, &x->sem) {
                    			two();
                    		}
                    		guard(rcu)();
                    		scoped_cond_guard(mutex_try, goto out,
                    				  &x->mutex) {
                    			return three();
                    		}
                    	}
                    out:
                    	scoped_cond_guard(mutex_try, fail(x), &x->mutex)
                    		four();
                    	return 0;
                    }
                    """)))
        .isEqualTo(
            """
            0: BRANCH __guard_enter(mutex_intr, &x->mutex) -> 1 2
            1: one(); __guard_leave(mutex_intr, &x->mutex); JUMP -> 3
            2: RETURN -EINTR
            3: BRANCH more() -> 4 8
            4: BRANCH __guard_enter(rwsem_read_try, &x->sem) -> 5 3
            5: two(); __guard_leave(rwsem_read_try, &x->sem); __guard_enter(rcu); BRANCH __guard_enter(mutex_try, &x->mutex) -> 6 7
            6: __guarded_value = three(); __guard_leave(mutex_try, &x->mutex); __guard_leave(rcu); RETURN __guarded_value
            7: __guard_leave(rcu); JUMP -> 8
            8: BRANCH __guard_enter(mutex_try, &x->mutex) -> 10 11
            9: RETURN 0
            10: four(); __guard_leave(mutex_try, &x->mutex); JUMP -> 9
            11: fail(x); JUMP -> 9
            """);
  }

  @Test
  void aGuardOfOneConfigurationEndsWithIt() {
    assertThat(
            shape(
                onlyNormalized(
                    """
                    void f(struct x *x)
                    {
                    #ifdef CONFIG_A
                    	guard(mutex)(&x->lock);
                    	one();
                    #endif
                    	two();
                    }
                    """)))
        .isEqualTo(
            """
            0: BRANCH #CONFIG_A -> 1 2
            1: __guard_enter(mutex, &x->lock); one(); __guard_leave(mutex, &x->lock); JUMP -> 2
            2: two(); RETURN
            """);
  }

  @Test
  void aGuardInAStatementExpressionEndsWithIt() {
    assertThat(shape(onlyNormalized("void f(void)\n{\n\tx = ({ guard(rcu)(); get(1); });\n}\n")))
        .isEqualTo(
            "0: __guard_enter(rcu); __guarded_value = get(1); __guard_leave(rcu);"
                + " x = __guarded_value; RETURN\n");
  }

  private static FunctionFacts onlyNormalized(String source) {
    byte[] original = source.getBytes(StandardCharsets.UTF_8);
    byte[] text = original.clone();
    new MacroNormalizer(MacroDictionary.builtIn()).normalize(text, text.length);
    try (FactsExtractor extractor = new FactsExtractor()) {
      List<FunctionFacts> functions = extractor.extract(text, text.length, original).functions();
      assertThat(functions).hasSize(1);
      return functions.get(0);
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
