package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallgraphCommandTest {
  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write(
        "drivers/demo/core.c",
        """
        void *demo_new(struct demo *demo, gfp_t gfp)
        {
        	return kmalloc(64, gfp);
        }

        static int demo_note(struct demo *demo)
        {
        	demo->note = demo_new(demo, GFP_ATOMIC);
        	return 0;
        }

        static int demo_open(struct inode *inode, struct file *file)
        {
        	return demo_note(file->private_data);
        }

        static irqreturn_t demo_irq(int irq, void *data)
        {
        	struct demo *demo = data;

        	spin_lock(&demo->lock);
        	demo_note(demo);
        	spin_unlock(&demo->lock);
        	return IRQ_HANDLED;
        }

        static const struct file_operations demo_fops = {
        	.open = demo_open,
        };

        int demo_start(struct demo *demo)
        {
        	demo->misc.fops = &demo_fops;
        	return request_irq(demo->irq, demo_irq, 0, "demo", demo);
        }
        """);
  }

  private RunResult callgraph(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "callgraph";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return RunResult.of(tree.root(), all);
  }

  @Test
  void showsWhoReachesAFunctionAndInWhichContexts() {
    RunResult run = callgraph("-q", "demo_new");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            """
            demo_new(), drivers/demo/core.c:1
              reached in: process, spinlock+hardirq
              by demo_note(), drivers/demo/core.c:8: demo_new(demo, GFP_ATOMIC), with GFP_ATOMIC
                by demo_open(), drivers/demo/core.c:14: demo_note(file->private_data)
                  called back as file_operations.*: process, see drivers/demo/core.c:28
                by demo_irq(), drivers/demo/core.c:22: demo_note(demo), inside spin_lock() of &demo->lock [spinlock]
                  called back as request_irq: hardirq, see drivers/demo/core.c:34
            """);
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(callgraph("-q", "demo_start").out())
        .contains("reached in: unknown\n")
        .contains("may have callers that are not seen\n");
    RunResult cut = callgraph("--depth", "1", "demo_new");
    assertThat(cut.err()).contains("note: there are more callers; --depth and --most show them");
    assertThat(cut.out()).contains("reached in: unknown\n").doesNotContain("demo_irq");
  }

  @Test
  void findsTheWayToAFunction() {
    assertThat(callgraph("-q", "--to", "demo_new", "demo_irq").out())
        .isEqualTo(
            """
            demo_irq(), drivers/demo/core.c:22: demo_note(demo), inside spin_lock() of &demo->lock [spinlock]
            demo_note(), drivers/demo/core.c:8: demo_new(demo, GFP_ATOMIC), with GFP_ATOMIC
            demo_new(), drivers/demo/core.c:1
            """);
    RunResult none = callgraph("-q", "--to", "demo_irq", "demo_new");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no call is seen that leads from demo_new() to demo_irq()");
  }

  @Test
  void writesJson() throws IOException {
    JsonNode root =
        JsonMapper.builder()
            .build()
            .readTree(callgraph("-q", "--format", "json", "demo_note", "drivers/demo").out());
    assertThat(root.get("complete").asBoolean()).isTrue();
    JsonNode asked = root.get("functions").get(0);
    assertThat(asked.get("name").asText()).isEqualTo("demo_note");
    assertThat(asked.get("contexts")).hasToString("[\"process\",\"spinlock+hardirq\"]");
    assertThat(root.get("calls")).hasSize(2);
    JsonNode call = root.get("calls").get(1);
    assertThat(root.get("functions").get(call.get("from").asInt()).get("name").asText())
        .isEqualTo("demo_irq");
    assertThat(call.get("to").asInt()).isZero();
    assertThat(call.get("inside").get(0).asText()).contains("[spinlock]");
  }

  @Test
  void writesDot() {
    assertThat(callgraph("-q", "--format", "dot", "demo_note").out())
        .startsWith("digraph callers {\n")
        .contains("f0 [label=\"demo_note()\\ndrivers/demo/core.c:6\\nprocess, spinlock+hardirq\"];")
        .containsPattern("f2 -> f0 \\[label=\"spin_lock\\(\\) of &demo->lock \\[spinlock]\"];")
        .endsWith("}\n");
  }

  @Test
  void namesLikeTheOneThatIsNotThereAreOffered() {
    RunResult run = callgraph("-q", "demo_n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("there is no function demo_n() in what was read; there is demo_new, demo_note");
  }
}
