package org.gfplint.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.AtomicContext;
import org.gfplint.model.Effect;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.Fact;
import org.gfplint.model.GfpFlag;
import org.gfplint.model.GfpMask;
import org.gfplint.model.InternalRequest;
import org.gfplint.model.ModelAnswer;
import org.gfplint.model.ModelWarning;
import org.gfplint.model.Outcome;
import org.gfplint.model.Returns;
import org.gfplint.model.ScopeKind;
import org.gfplint.model.Violation;
import org.gfplint.report.Reason;

/** An answer of the model as text to read on a screen. */
final class ModelText {
  private static final int WIDTH = 90;
  private static final int LABEL = 11;

  private final boolean colour;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param colour whether to use terminal colours
   */
  ModelText(boolean colour) {
    this.colour = colour;
  }

  String of(ModelAnswer answer) {
    AllocatorModel model = answer.model();
    Outcome outcome = answer.outcome();
    text.append(paint(call(answer) + " on Linux " + model.version(), "1"));
    text.append(where(answer)).append("\n\n");
    masks(answer);
    section("may", effects(outcome.may()));
    section("never", effects(others(outcome.may())));
    section("returns", List.of(returns(outcome.returns())));
    section("warnings", outcome.warnings().stream().map(ModelText::warning).toList());
    text.append('\n');
    List<String> wrong = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Violation violation : answer.violations()) {
      // Narrowing a mask is what scopes are for.
      boolean intended = violation.kind() == Violation.Kind.SCOPE_NARROWS;
      (intended ? notes : wrong).add(violation(violation));
    }
    notes.addAll(answer.notes());
    section(wrong.isEmpty() ? "wrong" : paint("wrong", "1;31"), wrong);
    if (!notes.isEmpty()) {
      section("note", notes);
    }
    section("because", facts(answer).stream().map(Reason::of).toList());
    return text.toString();
  }

  /** What the answer rests on, first what decides that something is wrong. */
  static List<Fact> facts(ModelAnswer answer) {
    return Stream.concat(
            answer.violations().stream().flatMap(violation -> violation.facts().stream()),
            answer.outcome().facts().stream())
        .distinct()
        .toList();
  }

  /** "kmalloc(GFP_KERNEL) of 8192 bytes"; an implicit mask is named as such. */
  static String call(ModelAnswer answer) {
    AllocatorApi api = answer.request().api();
    boolean implicit =
        api.implicitMask().isPresent()
            && (api.maskArgument().isEmpty() || answer.query().mask().isEmpty());
    AllocationSize size = answer.request().size();
    return api.name()
        + "("
        + (implicit ? "implicit " : "")
        + answer.model().describe(answer.outcome().requested())
        + ")"
        + switch (api.size().kind()) {
          case CACHE -> "";
          case ONE_PAGE -> ", one page,";
          default -> size.isKnown() || size.minBytes() > 0 ? " of " + size + order(size) : "";
        };
  }

  private static String order(AllocationSize size) {
    return size.isExact() && size.minBytes() > AllocationSize.PAGE_SIZE
        ? " (order " + size.minOrder() + ")"
        : "";
  }

  private static String where(ModelAnswer answer) {
    ExecutionContext context = answer.query().context();
    List<String> places = new ArrayList<>();
    if (!context.scopes().isEmpty()) {
      places.add(
          "in a "
              + context.scopes().stream()
                  .map(ScopeKind::spelling)
                  .collect(Collectors.joining(" scope, in that a ", "", " scope")));
    }
    if (context.isAtomic()) {
      places.add(
          "where "
              + context.atomic().stream()
                  .sorted()
                  .map(AtomicContext::reason)
                  .collect(Collectors.joining(" and ")));
    }
    if (context.realtime()) {
      places.add("on PREEMPT_RT");
    }
    return places.isEmpty() ? "" : ", " + String.join(", ", places);
  }

  private void masks(ModelAnswer answer) {
    AllocatorModel model = answer.model();
    Outcome outcome = answer.outcome();
    GfpMask effective = outcome.effective();
    String flags = outcome.requested().toString();
    String spoken = model.describe(outcome.requested());
    section("asked", List.of(spoken.equals(flags) ? spoken : spoken + " = " + flags));
    section("effective", List.of(spelled(model, outcome.requested(), effective)));
    int widest = outcome.internal().stream().mapToInt(i -> i.what().length()).max().orElse(0);
    List<String> internal = new ArrayList<>();
    for (InternalRequest inner : outcome.internal()) {
      internal.add(
          String.format("%-" + widest + "s  ", inner.what())
              + spelled(model, effective, inner.effective()));
    }
    section("internal", internal, widest + 2);
  }

  /** A mask, and what it has more and less than another one, where that is not plain to see. */
  private static String spelled(AllocatorModel model, GfpMask from, GfpMask mask) {
    String spelled = model.describe(mask);
    List<String> named = List.of(spelled.split("\\|"));
    List<String> differences = new ArrayList<>();
    String more =
        mask.minus(from).flags().stream()
            .map(GfpFlag::spelling)
            .filter(flag -> !named.contains(flag))
            .collect(Collectors.joining("|"));
    if (!more.isEmpty()) {
      differences.add("with " + more);
    }
    if (!from.minus(mask).isEmpty()) {
      differences.add("without " + from.minus(mask));
    }
    return differences.isEmpty() ? spelled : spelled + "  (" + String.join(", ", differences) + ")";
  }

  /** What it will not do; going without a fallback is only of interest where it happens. */
  private static Set<Effect> others(Set<Effect> effects) {
    Set<Effect> others = EnumSet.complementOf(EnumSet.of(Effect.NO_FALLBACK));
    others.removeAll(effects);
    return others;
  }

  private static List<String> effects(Set<Effect> effects) {
    return effects.isEmpty()
        ? List.of()
        : List.of(effects.stream().sorted().map(Effect::phrase).collect(Collectors.joining(", ")));
  }

  static String returns(Returns returns) {
    return switch (returns) {
      case NEVER_NULL -> "never NULL";
      case MAY_BE_NULL -> "NULL is possible";
      case NULL -> "always NULL";
    };
  }

  private static String warning(ModelWarning warning) {
    String function = warning.function();
    return function
        + (function.contains("/") ? "" : "()")
        + (warning.condition().isEmpty() ? ", always" : ", when " + warning.condition());
  }

  private String violation(Violation violation) {
    return paint(violation.kind().spelling() + ":", "1")
        + (violation.certain() ? " " : " possibly: ")
        + violation.why();
  }

  private void section(String label, List<String> items) {
    section(label, items, 2);
  }

  /** A label and items, each on lines of its own; "nothing" without any. */
  private void section(String label, List<String> items, int hanging) {
    String name = label;
    for (String item : items.isEmpty() ? List.of("nothing") : items) {
      text.append(name).append(" ".repeat(Math.max(1, LABEL - visible(name))));
      text.append(wrap(item, LABEL, hanging)).append('\n');
      name = "";
    }
  }

  /** Breaks a line at spaces and after '|', where it gets too long. */
  private static String wrap(String line, int indent, int hanging) {
    StringBuilder wrapped = new StringBuilder();
    int column = indent;
    int start = 0;
    while (start < line.length()) {
      int end = start;
      while (end < line.length() && line.charAt(end) == ' ') {
        end++;
      }
      while (end < line.length() && line.charAt(end) != ' ') {
        end++;
        if (line.charAt(end - 1) == '|') {
          break;
        }
      }
      String word = line.substring(start, end);
      if (column + visible(word) > WIDTH && column > indent + hanging) {
        wrapped.append('\n').append(" ".repeat(indent + hanging));
        column = indent + hanging;
        word = word.stripLeading();
      }
      wrapped.append(word);
      column += visible(word);
      start = end;
    }
    return wrapped.toString();
  }

  private static int visible(String painted) {
    return painted.replaceAll("\u001b\\[[0-9;]*m", "").length();
  }

  private String paint(String plain, String code) {
    return colour ? "\u001b[" + code + "m" + plain + "\u001b[0m" : plain;
  }

  // ---- list

  /** The allocators of a version by family; those that take a mask with its argument number. */
  static String list(AllocatorModel model) {
    Map<String, List<String>> families = new LinkedHashMap<>();
    List<String> wrappers = new ArrayList<>();
    for (AllocatorApi api : model.apis()) {
      List<String> family =
          api.family().equals("wrapper")
              ? wrappers
              : families.computeIfAbsent(api.family(), f -> new ArrayList<>());
      family.add(
          api.name()
              + (api.maskArgument().isPresent() ? "/" + (api.maskArgument().getAsInt() + 1) : ""));
    }
    families.put("wrapper", wrappers);
    ModelText list = new ModelText(false);
    int count = families.values().stream().mapToInt(List::size).sum();
    list.text.append(count + " allocators of Linux " + model.version());
    list.text.append("; kmalloc/2 takes its mask as argument 2, vmalloc has one of its own\n");
    model.versionNote().ifPresent(note -> list.text.append("note: ").append(note).append('\n'));
    families.forEach(
        (family, names) -> {
          list.text.append('\n');
          names.sort(null);
          list.section(family, List.of(String.join(" ", names)), 0);
        });
    return list.text.toString();
  }

  // ---- for comparisons

  /** A line of a list, broken where it gets too long. */
  static String item(String line) {
    return wrap(line, 0, 2);
  }
}
