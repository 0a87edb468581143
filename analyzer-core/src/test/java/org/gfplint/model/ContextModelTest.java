package org.gfplint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks contexts and entries against the table typed from the kernel's source, row by row. */
class ContextModelTest {
  private static final Path TABLE =
      Path.of(System.getProperty("gfplint.testdata")).resolve("model").resolve("contexts.csv");

  static List<String> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.startsWith("#") && !line.startsWith("kernel,"))
        .toList();
  }

  @Test
  void theTableHasEveryKindOfQuestion() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(120).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theModelSaysSo(String row) {
    String[] fields = row.split(",", -1);
    assertThat(fields).hasSize(4);
    ContextModel model = AllocatorModel.forVersion(KernelVersion.parse(fields[0])).contexts();
    String name = fields[2];
    for (String expected : fields[3].split(" ")) {
      switch (fields[1]) {
        case "op" -> operation(model.contextOperation(name), expected);
        case "guard" -> operation(model.guard(name), expected);
        case "question" -> question(model.contextQuestion(name), expected);
        case "sleeper" -> sleeper(model.sleepsByItself(name), expected);
        case "call" -> entry(model.registrations(name), expected);
        case "slot" -> {
          String[] slot = name.split("\\.");
          List<EntryContext> entries = model.slots(slot[0], slot[1]);
          assertThat(entries).hasSizeLessThan(2);
          entry(entries, expected);
        }
        default -> throw new AssertionError(fields[1]);
      }
    }
  }

  private static void operation(Optional<ContextOperation> found, String expected) {
    if (expected.equals("absent")) {
      assertThat(found).isEmpty();
      return;
    }
    ContextOperation o = found.orElseThrow();
    assertThat(o.facts()).isNotEmpty();
    String[] parts = expected.split(":");
    switch (parts[0]) {
      case "enter" -> assertThat(o.enters()).isTrue();
      case "leave" -> assertThat(o.enters()).isFalse();
      case "lock" -> assertThat(o.lock().spelling()).isEqualTo(parts[1]);
      case "in" -> assertThat(o.contexts(false)).isEqualTo(contexts(parts[1]));
      case "rt" -> assertThat(o.contexts(true)).isEqualTo(contexts(parts[1]));
      case "arg" -> assertThat(o.lockArgument()).isEqualTo(argument(parts[1]));
      case "flags" -> assertThat(o.flagsArgument()).isEqualTo(argument(parts[1]));
      case "field" -> assertThat(o.lockField()).isEqualTo(parts[1]);
      case "shared" -> assertThat(o.shared()).isTrue();
      case "if" ->
          assertThat(o.taken().name().toLowerCase(Locale.ROOT).replace('_', '-'))
              .isEqualTo("if-" + parts[1]);
      default -> throw new AssertionError(expected);
    }
  }

  private static void question(Optional<ContextQuestion> found, String expected) {
    if (expected.equals("absent")) {
      assertThat(found).isEmpty();
    } else if (expected.startsWith("proves:")) {
      assertThat(spelled(found.orElseThrow().proves())).isEqualTo(expected.substring(7));
    } else {
      String[] parts = expected.split("=");
      ContextQuestion.Answer answer = found.orElseThrow().answer(contexts(parts[0]));
      assertThat(answer)
          .as(expected)
          .isEqualTo(
              switch (parts[1]) {
                case "true" -> ContextQuestion.Answer.NON_ZERO;
                case "false" -> ContextQuestion.Answer.ZERO;
                default -> ContextQuestion.Answer.EITHER;
              });
    }
  }

  private static void sleeper(Optional<Sleeper> found, String expected) {
    String[] parts = expected.split(":");
    switch (parts[0]) {
      case "absent" -> assertThat(found).isEmpty();
      case "vmalloc-only" -> assertThat(found.orElseThrow().onlyVmalloc()).isTrue();
      case "sleeps" -> assertThat(found.orElseThrow().sleepsIn(contexts(parts[1]))).isTrue();
      case "defers" -> assertThat(found.orElseThrow().sleepsIn(contexts(parts[1]))).isFalse();
      default -> throw new AssertionError(expected);
    }
  }

  private static void entry(List<EntryContext> found, String expected) {
    if (expected.equals("absent")) {
      assertThat(found).isEmpty();
      return;
    }
    assertThat(found).isNotEmpty();
    EntryContext first = found.get(0);
    if (Character.isDigit(expected.charAt(0))) {
      String[] parts = expected.split("=");
      assertThat(found)
          .filteredOn(e -> e.argument().equals(argument(parts[0])))
          .extracting(EntryContext::contexts)
          .containsExactly(contexts(parts[1]));
      return;
    }
    String[] parts = expected.split(":");
    switch (parts[0]) {
      case "in" -> assertThat(first.contexts(false)).isEqualTo(contexts(parts[1]));
      case "rt" -> assertThat(first.contexts(true)).isEqualTo(contexts(parts[1]));
      case "reclaim" -> assertThat(first.reclaim().spelling()).isEqualTo(parts[1]);
      case "sleepable" -> assertThat(first.isSleepableEntry()).isTrue();
      case "certain", "convention" -> assertThat(spelled(first.certainty())).isEqualTo(expected);
      default -> throw new AssertionError(expected);
    }
  }

  private static OptionalInt argument(String fromOne) {
    return OptionalInt.of(Integer.parseInt(fromOne) - 1);
  }

  private static String spelled(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Set<AtomicContext> contexts(String text) {
    if (text.equals("process")) {
      return Set.of();
    }
    return Arrays.stream(text.split("\\+"))
        .map(word -> AtomicContext.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')))
        .collect(Collectors.toSet());
  }

  // ---- the data files

  private static Map<String, byte[]> edited(String file, String before, String after)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : ContextData.FILES) {
      try (InputStream in = ModelData.class.getResourceAsStream(name)) {
        files.put(name, in.readAllBytes());
      }
    }
    String text = new String(files.get(file), StandardCharsets.UTF_8);
    assertThat(text).contains(before);
    files.put(file, text.replace(before, after).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "contexts.yaml; lock: \"rwlock\", argument: 1, flags: 2; lock: \"rwlocks\", argument: 1, flags: 2; read_lock_irqsave; lock has 'rwlocks', expected one of spinlock",
        "contexts.yaml; contexts: \"rcu-read-sched\"; contexts: \"rcu-sched\"; rcu_read_lock_sched; contexts has 'rcu-sched'",
        "contexts.yaml; facts: \"context.rcu-sched\"; facts: \"context.rcu-shed\"; rcu_read_lock_sched; did you mean context.rcu-sched",
        "contexts.yaml; nonzero: \"xa_trylock\"; nonzero: \"xa_lock\"; xa_lock; overlaps another row",
        "contexts.yaml; nonzero: \"xa_trylock\"; tries: \"xa_trylock\"; xa-lock; unknown field 'tries'",
        "contexts.yaml; enter: \"local_lock\", leave: \"local_unlock\", since: \"5.8\"; enter: \"local_lock\", leave: \"local_unlock\", since: \"5.7\"; local_lock; none of its facts holds in 5.7",
        "contexts.yaml; as: \"read_lock_irq\"; as: \"read_lockirq\"; read_lock_irq; enters nothing in 6.1",
        "contexts.yaml; otherwise: \"true\"; otherwise: \"yes\"; in_task; otherwise is not",
        "contexts.yaml; when: \"vmalloc\"; when: \"kmalloc\"; kvfree; when is not vmalloc",
        "contexts.yaml; guards: [; guard: [; guard; unknown section 'guard'; did you mean guards",
        "entries.yaml; call: \"call_srcu\", argument: 3; call: \"call_srcu\"; call_srcu; has no argument",
        "entries.yaml; call: \"call_srcu\", argument: 3, contexts: \"bh-off\"; call: \"call_srcu\", argument: 3; call_srcu; has no contexts",
        "entries.yaml; until: \"4.15\", argument: 2; until: \"4.x\", argument: 2; setup_timer; not a kernel version",
        "entries.yaml; reclaim: \"io\", where: \"Documentation; reclaim: \"swap\", where: \"Documentation; swap_rw; expected one of none, direct, io, fs",
        "entries.yaml; struct: \"irqaction\", fields: \"handler\"; struct: \"irqaction\", fields: \"handler handler\"; irqaction.handler; overlaps another row",
        "entries.yaml; says: \"drop_inode() is called under i_lock.\"; says: \"drop_inode() is called under i_lock\"; drop_inode; not one sentence"
      })
  void badDataIsNamedInOneLine(
      String file, String before, String after, String entry, String problem) throws IOException {
    Map<String, byte[]> files = edited(file, before, after);
    assertThatThrownBy(() -> ContextData.read(files))
        .isInstanceOf(ModelDataException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(entry)
        .hasMessageContaining(problem)
        .message()
        .doesNotContain("\n");
  }

  /** A maintainer adds a primitive in the file, and it is one; no code is involved. */
  @Test
  void anAddedNameIsKnown() throws IOException {
    ContextData data =
        ContextData.read(
            edited("contexts.yaml", "enter: \"task_lock\"", "enter: \"task_lock demo_lock\""));
    ContextModel model = new ContextModel(KernelVersion.parse("6.1"), data);
    assertThat(model.contextOperation("demo_lock")).isEqualTo(model.contextOperation("task_lock"));
  }

  @Test
  void workIsHandedOverAndWaitedFor() {
    ContextModel model = ContextModel.forVersion(KernelVersion.parse("6.1"));
    Handover queue = model.handover("queue_work").orElseThrow();
    assertThat(queue.step()).isEqualTo(Handover.Step.START);
    assertThat(queue.queue()).hasValue(0);
    assertThat(queue.work()).hasValue(1);
    assertThat(model.handover("flush_work").orElseThrow().work()).hasValue(0);
    assertThat(model.handover("kthread_stop").orElseThrow().thread()).hasValue(0);
    assertThat(model.handover("disable_work_sync")).isEmpty();
    assertThat(ContextModel.forVersion(KernelVersion.parse("6.12")).handover("disable_work_sync"))
        .isPresent();
  }

  @Test
  void everyFactReadsAsOneSentenceWithItsSource() throws IOException {
    for (Fact fact : ContextData.read(edited("contexts.yaml", "{", "{")).facts()) {
      assertThat(fact.id() + ": " + fact.sentence())
          .matches("(context|question|sleeper|handover)\\.[a-z0-9-]+: [A-Za-z].*\\.")
          .hasSizeLessThan(300);
      assertThat(fact.source()).matches("(mm|include|kernel|lib|net)/[^ :]+:\\w+");
    }
  }
}
