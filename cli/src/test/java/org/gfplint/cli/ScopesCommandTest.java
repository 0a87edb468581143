package org.gfplint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps of the scopes of a small tree. */
class ScopesCommandTest {
  /** Cookies that stay in a function, go to the caller, into an object, and nowhere. */
  private static final String SCOPES =
      """
      static inline int demo_down(struct demo_fs *fs)
      {
      	down_read(&fs->rwsem);
      	return memalloc_nofs_save();
      }

      static inline void demo_up(struct demo_fs *fs, int flags)
      {
      	memalloc_nofs_restore(flags);
      	up_read(&fs->rwsem);
      }

      static void demo_begin(struct demo_trans *tp)
      {
      	tp->pflags = memalloc_nofs_save();
      }

      static void demo_end(struct demo_trans *tp)
      {
      	memalloc_nofs_restore(tp->pflags);
      }

      static void *demo_copy(struct demo_fs *fs)
      {
      	return kmalloc(fs->len, GFP_NOFS);
      }

      int demo_write(struct demo_fs *fs, struct demo_trans *tp)
      {
      	int flags = demo_down(fs);

      	fs->copy = demo_copy(fs);
      	demo_up(fs, flags);
      	demo_begin(tp);
      	fs->map = vmalloc(fs->len);
      	demo_end(tp);
      	return 0;
      }

      int demo_read(struct demo_fs *fs)
      {
      	unsigned int noio = memalloc_noio_save();

      	fs->buffer = kmalloc(fs->len, GFP_KERNEL);
      	memalloc_noio_restore(noio);
      	return 0;
      }

      static int demo_thread(void *data)
      {
      	memalloc_noreclaim_save();
      	demo_run(data);
      	return 0;
      }

      int demo_start(struct demo_fs *fs)
      {
      	fs->task = kthread_run(demo_thread, fs, "demo");
      	return PTR_ERR_OR_ZERO(fs->task);
      }
      """;

  private static final String MASKS =
      """
      static void *demo_name(struct demo_fs *fs)
      {
      	return kstrdup(fs->name, GFP_NOFS);
      }

      static int demo_lookup(struct inode *dir)
      {
      	return demo_name(dir->i_private) ? 0 : -ENOMEM;
      }

      const struct inode_operations demo_dir_ops = {
      	.lookup = demo_lookup,
      };

      void *demo_public(struct demo_fs *fs)
      {
      	return kmalloc(fs->len, GFP_NOFS);
      }

      void demo_commit(struct demo_fs *fs)
      {
      	unsigned int nofs = memalloc_nofs_save();

      	fs->page = demo_public(fs);
      	memalloc_nofs_restore(nofs);
      }
      """;

  @TempDir private Path directory;
  private SmallTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = SmallTree.in(directory);
    tree.write("fs/scopes.c", SCOPES);
    tree.write("fs/masks.c", MASKS);
  }

  private String scopes(String... arguments) {
    List<String> all = new ArrayList<>(List.of("scopes"));
    all.addAll(List.of(arguments));
    RunResult result = RunResult.of(tree.root(), all.toArray(String[]::new));
    assertThat(result.exit()).as(result.err()).isZero();
    return result.out();
  }

  private JsonNode json(String... paths) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--format", "json"));
    arguments.addAll(List.of(paths));
    return new ObjectMapper().readTree(scopes(arguments.toArray(String[]::new)));
  }

  private static List<String> texts(JsonNode array, String... pointers) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(
            node -> {
              List<String> parts = new ArrayList<>();
              for (String pointer : pointers) {
                parts.add(node.at(pointer).asText());
              }
              return String.join(" ", parts);
            })
        .toList();
  }

  @Test
  void everySaveIsPairedWithItsRestore() throws IOException {
    JsonNode map = json("fs/scopes.c");
    assertThat(
            texts(
                map.get("scopes"),
                "/place/function",
                "/kind",
                "/cookie",
                "/restores/0/function",
                "/restores/0/line",
                "/unpaired"))
        .containsExactly(
            "demo_down nofs  demo_up 9 ",
            "demo_begin nofs tp->pflags demo_end 20 ",
            "demo_read noio noio demo_read 45 ",
            "demo_thread noreclaim    the scope lasts as long as the thread that runs"
                + " demo_thread()");
    assertThat(map.at("/totals/here").asInt()).isEqualTo(4);
    assertThat(map.at("/totals/paired").asInt()).isEqualTo(3);
    assertThat(map.at("/totals/across").asInt()).isEqualTo(2);
  }

  @Test
  void whatRunsInsideIsListed() throws IOException {
    JsonNode scopes = json("fs/scopes.c").get("scopes");
    JsonNode down = scopes.get(0);
    assertThat(texts(down.get("holders"), "/function")).containsExactly("demo_write");
    assertThat(texts(down.at("/holders/0/calls"), "/callee", "/line"))
        .containsExactly("demo_copy 32", "demo_up 33");
    assertThat(texts(down.get("requests"), "/place/function", "/mask", "/effect"))
        .containsExactly("demo_copy GFP_NOFS redundant");
    assertThat(texts(scopes.get(1).get("requests"), "/call", "/effect"))
        .containsExactly("vmalloc narrowed");
    assertThat(texts(scopes.get(2).get("requests"), "/place/line", "/effect"))
        .containsExactly("44 narrowed");
  }

  @Test
  void masksAreRemovableOrSayWhyNot() throws IOException {
    JsonNode map = json("fs");
    assertThat(texts(map.get("masks"), "/place/function", "/status", "/why"))
        .containsExactly(
            "demo_name needed reached without a scope from demo_lookup(), which others call as"
                + " inode_operations.lookup",
            "demo_public inside as read demo_public(), which is not static; 1 of 1 callers that"
                + " were read are inside a scope",
            "demo_copy removable always inside the nofs scope opened by demo_down() in"
                + " demo_write() (fs/scopes.c:30)");
    assertThat(texts(map.at("/masks/0/way"), "/place/line", "/call"))
        .containsExactly("8 demo_name(dir->i_private)");
  }

  @Test
  void ofAWholeTreeAllCallersAreKnownUnlessAFunctionIsExportedOrHandedOn() throws IOException {
    assertThat(texts(json().get("masks"), "/place/function", "/status"))
        .contains("demo_public removable");
    tree.write("fs/masks.c", MASKS + "EXPORT_SYMBOL_GPL(demo_public);\n");
    assertThat(texts(json().get("masks"), "/place/function", "/status", "/why"))
        .contains("demo_public needed demo_public(), which others get to call");
    tree.write("fs/masks.c", MASKS);
    tree.write("fs/other.c", "void demo_other(void)\n{\n\tdemo_call_back(demo_public, 1);\n}\n");
    assertThat(texts(json().get("masks"), "/place/function", "/status"))
        .contains("demo_public needed");
  }

  @Test
  void removableMasksAreThoseThatCheckReports() throws IOException {
    RunResult check =
        tree.check("--rules", "scope-redundant", "--confidence", "low", "--fail-on", "none");
    List<String> reported =
        check.out().lines().filter(l -> l.contains("GFP202")).map(l -> l.split(":")[1]).toList();
    List<String> removable =
        StreamSupport.stream(json().get("masks").spliterator(), false)
            .filter(m -> m.get("status").asText().equals("removable"))
            .map(m -> m.at("/place/line").asText())
            .toList();
    assertThat(removable).isNotEmpty().isEqualTo(reported);
  }

  @Test
  void areasThatOnlyTheScopeMakesSafeAreListed() throws IOException {
    assertThat(texts(json().get("areas"), "/call", "/mask", "/scope", "/needed"))
        .containsExactly("vmalloc GFP_KERNEL nofs true");
  }

  @Test
  void scopesThatAreOpenedElsewhereAreListedWhereTheyAreHeld() throws IOException {
    tree.write(
        "include/linux/demo.h",
        """
        static inline void demo_group_lock(struct demo_group *group)
        {
        	mutex_lock(&group->mutex);
        	group->flags = memalloc_nofs_save();
        }

        static inline void demo_group_unlock(struct demo_group *group)
        {
        	memalloc_nofs_restore(group->flags);
        	mutex_unlock(&group->mutex);
        }
        """);
    tree.write(
        "fs/user.c",
        """
        #include <linux/demo.h>

        void demo_use(struct demo_group *group)
        {
        	demo_group_lock(group);
        	demo_mark(group);
        	demo_group_unlock(group);
        }
        """);
    JsonNode map = json("fs/user.c");
    assertThat(texts(map.get("scopes"), "/place/path", "/listed", "/restores/0/function"))
        .containsExactly("include/linux/demo.h false demo_group_unlock");
    assertThat(map.at("/totals/here").asInt()).isZero();
  }

  @Test
  void aFlagThatIsSetByHandIsListed() throws IOException {
    tree.write(
        "fs/hand.c",
        """
        void demo_set(struct demo_trans *trans)
        {
        	current->flags |= PF_MEMALLOC_NOFS;
        }

        void demo_clear(struct demo_trans *trans)
        {
        	current->flags &= ~PF_MEMALLOC_NOFS;
        }
        """);
    JsonNode map = json("fs/hand.c");
    assertThat(texts(map.get("scopes"), "/byHand", "/kind", "/restores/0/function"))
        .containsExactly("true nofs demo_clear");
    assertThat(map.at("/totals/byHand").asInt()).isOne();
  }

  @Test
  void theTextSaysItInWords() {
    assertThat(scopes("fs/scopes.c"))
        .startsWith(
            """
            Task scopes, Linux 4.16: 4 places open a scope, 3 of them paired with their restore \
            (75.0 %), 2 across functions; 1 restricted mask, 1 removable

            fs/scopes.c:4: demo_down(): nofs scope, memalloc_nofs_save()
                the cookie is returned to the caller:
                    fs/scopes.c:9: in demo_up()
                calls in demo_write(): demo_copy(), demo_up()
                requests inside: 1 redundant
                    fs/scopes.c:25: demo_copy(): kmalloc() with GFP_NOFS, redundant
            """)
        .contains("    no restore known: the scope lasts as long as the thread")
        .contains("Removable: always inside a scope that says as much (1):\n")
        .contains("demo_write(): vmalloc() with GFP_KERNEL in a nofs scope, which");
  }

  @Test
  void aNameCannotBreakOutOfAnyForm() throws IOException {
    tree.write("fs/<script>|`x`&.c", SCOPES);
    String html = scopes("--format", "html", "fs");
    assertThat(html).contains("fs/&lt;script&gt;|`x`&amp;.c:4").doesNotContain("<script");
    assertThat(html).doesNotContain("http://", "https://", "src=", "<link");
    assertThat(scopes("--format", "md", "fs")).contains("`` fs/<script>\\|`x`&.c:4 demo_down() ``");
  }

  @Test
  void aFileGetsAllOfItAndTheScreenNothing() throws IOException {
    assertThat(scopes("--format", "md", "-o", "map.md", "fs/masks.c")).isEmpty();
    assertThat(Files.readString(tree.root().resolve("map.md")))
        .startsWith("# Task scopes, Linux 4.16\n\n`fs/masks.c`: 1 place opens a scope")
        .endsWith("|\n");
    RunResult unwritable = RunResult.of(tree.root(), "scopes", "-o", "no/map.md", "fs");
    assertThat(unwritable.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unwritable.err()).contains("cannot write no/map.md");
  }

  @Test
  void theResultDoesNotDependOnTheNumberOfThreads() {
    assertThat(scopes("--threads", "4", "--format", "json"))
        .isEqualTo(scopes("--threads", "1", "--format", "json"));
  }
}
