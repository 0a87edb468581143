package org.gfplint.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gfplint.model.Effect;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpMask;
import org.gfplint.model.InternalRequest;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAnswer;
import org.gfplint.model.ModelWarning;
import org.gfplint.model.Violation;
import org.gfplint.report.Reason;

/** The answers of several versions to one query, side by side. */
final class ModelComparison {
  private static final int WIDTH = 100;
  private static final int NARROWEST = 20;
  private static final String MARK = "* ";

  /** A version, with what it answers or why it does not. */
  private record Column(KernelVersion version, Optional<ModelAnswer> answer, String problem) {}

  private final boolean colour;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  /**
   * @param cells one for each column; null where the version has no answer
   */
  private record Row(String label, List<String> cells) {
    boolean differs() {
      return cells.stream().filter(cell -> cell != null).distinct().count() > 1;
    }
  }

  /**
   * @param colour whether to use terminal colours
   */
  ModelComparison(boolean colour) {
    this.colour = colour;
  }

  void add(ModelAnswer answer) {
    columns.add(new Column(answer.query().kernel(), Optional.of(answer), ""));
  }

  /** A version that has no answer. */
  void add(KernelVersion version, String problem) {
    columns.add(new Column(version, Optional.empty(), problem));
  }

  /** The table, then what it cannot hold: problems, and the facts that make the difference. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(ModelText.call(answers().get(0))).append("\n\n");
    row("", column -> column.version().toString());
    rows();
    layOut(text);
    boolean differs = rows.stream().skip(1).anyMatch(Row::differs);
    text.append(differs ? "\n* differs\n" : "\nNothing differs.\n");
    for (Column column : columns) {
      if (column.answer().isEmpty()) {
        text.append("\n").append(column.version()).append(": ").append(column.problem());
        text.append("\n");
      }
    }
    answers().stream()
        .flatMap(answer -> answer.notes().stream())
        .distinct()
        .forEach(note -> text.append('\n').append(ModelText.item("note: " + note)).append('\n'));
    List<Fact> deciding = deciding();
    if (!deciding.isEmpty()) {
      text.append("\nFacts that not all of them share:\n");
    }
    for (Fact fact : deciding) {
      text.append(ModelText.item("- " + Reason.of(fact))).append('\n');
    }
    return text.toString();
  }

  private List<ModelAnswer> answers() {
    return columns.stream().flatMap(column -> column.answer().stream()).toList();
  }

  /** Facts whose sentence is not behind every answer, wherever each kernel has it. */
  private List<Fact> deciding() {
    Set<Fact> all = new LinkedHashSet<>();
    answers().forEach(answer -> all.addAll(ModelText.facts(answer)));
    return all.stream().filter(fact -> !answers().stream().allMatch(a -> rests(a, fact))).toList();
  }

  private static boolean rests(ModelAnswer answer, Fact fact) {
    return ModelText.facts(answer).stream()
        .anyMatch(other -> other.sentence().equals(fact.sentence()));
  }

  private void rows() {
    masks("asked", answer -> List.of(answer.outcome().requested()));
    masks("effective", answer -> List.of(answer.outcome().effective()));
    Set<String> kinds = new LinkedHashSet<>();
    answers().forEach(a -> a.outcome().internal().forEach(inner -> kinds.add(inner.what())));
    for (String kind : kinds) {
      masks(
          kind,
          answer ->
              answer.outcome().internal().stream()
                  .filter(inner -> inner.what().equals(kind))
                  .map(InternalRequest::effective)
                  .toList());
    }
    for (Effect effect : Effect.values()) {
      if (answers().stream().anyMatch(answer -> answer.outcome().may().contains(effect))) {
        answered(
            "may " + effect.spelling(),
            answer -> answer.outcome().may().contains(effect) ? "yes" : "no");
      }
    }
    answered("returns", answer -> ModelText.returns(answer.outcome().returns()));
    if (answers().stream().anyMatch(answer -> !answer.outcome().warnings().isEmpty())) {
      answered(
          "warns",
          answer ->
              joined(answer.outcome().warnings().stream().map(ModelWarning::function).toList()));
    }
    answered(
        "wrong",
        answer ->
            joined(
                answer.violations().stream()
                    .map(Violation::kind)
                    .filter(kind -> kind != Violation.Kind.SCOPE_NARROWS)
                    .map(Violation.Kind::spelling)
                    .toList()));
  }

  private static String joined(List<String> items) {
    return items.isEmpty() ? "-" : items.stream().distinct().collect(Collectors.joining("\n"));
  }

  /** Masks by their shortest spelling, unless one spelling means different flags here. */
  private void masks(String label, Function<ModelAnswer, List<GfpMask>> masks) {
    boolean sameWords =
        answers().stream().map(a -> spelled(a, masks.apply(a))).distinct().count() == 1;
    boolean sameFlags = answers().stream().map(masks).distinct().count() == 1;
    answered(
        label,
        answer ->
            sameWords && !sameFlags
                ? joined(masks.apply(answer).stream().map(GfpMask::toString).toList())
                : spelled(answer, masks.apply(answer)));
  }

  private static String spelled(ModelAnswer answer, List<GfpMask> masks) {
    return joined(masks.stream().map(answer.model()::describe).toList());
  }

  private void answered(String label, Function<ModelAnswer, String> cell) {
    row(label, column -> column.answer().map(cell).orElse(null));
  }

  private void row(String label, Function<Column, String> cell) {
    rows.add(new Row(label, columns.stream().map(cell).collect(Collectors.toList())));
  }

  // ---- layout

  private void layOut(StringBuilder text) {
    int label = MARK.length() + rows.stream().mapToInt(r -> r.label().length()).max().orElse(0);
    int share = Math.max(NARROWEST, (WIDTH - label) / columns.size() - 2);
    int[] widths = new int[columns.size()];
    for (Row row : rows) {
      for (int c = 0; c < widths.length; c++) {
        for (String line : broken(row.cells().get(c), share)) {
          widths[c] = Math.max(widths[c], line.length());
        }
      }
    }
    boolean heading = true;
    for (Row row : rows) {
      List<List<String>> cells = row.cells().stream().map(c -> broken(c, share)).toList();
      int height = cells.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < height; line++) {
        StringBuilder printed = new StringBuilder();
        boolean marked = row.differs() && !heading;
        String name = line > 0 ? "" : (marked ? MARK : "  ") + row.label();
        printed.append(String.format("%-" + label + "s", name));
        for (int c = 0; c < widths.length; c++) {
          String cell = line < cells.get(c).size() ? cells.get(c).get(line) : "";
          printed.append("  ").append(String.format("%-" + widths[c] + "s", cell));
        }
        String plain = printed.toString().stripTrailing();
        boolean bold = colour && (marked || heading);
        text.append(bold ? "\u001b[1m" + plain + "\u001b[0m" : plain).append('\n');
      }
      heading = false;
    }
  }

  /** The lines of a cell, broken after '|' where they are too long; the rest is indented. */
  private static List<String> broken(String cell, int width) {
    List<String> lines = new ArrayList<>();
    for (String line : (cell == null ? "no answer" : cell).split("\n")) {
      String rest = line;
      while (rest.length() > width && rest.lastIndexOf('|', width - 1) > 0) {
        int cut = rest.lastIndexOf('|', width - 1) + 1;
        lines.add(rest.substring(0, cut));
        rest = " " + rest.substring(cut);
      }
      lines.add(rest);
    }
    return lines;
  }
}
