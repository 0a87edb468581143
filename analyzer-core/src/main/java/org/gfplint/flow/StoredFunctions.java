package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.program.Program;

/** Functions that tables and assignments store in fields, from where others call them. */
final class StoredFunctions {
  /** A field that holds more than these can mean anything. */
  static final int MOST_CANDIDATES = 8;

  /** Where a function is stored: in a table of a file, or by an assignment in a function. */
  record Place(int unit, int function, Span span, String struct, String field) {}

  /** What an assignment in a function stores: {@code target} is the field. */
  record Assignment(Expr target, String function, Span span) {}

  private final Knowledge knowledge;
  private final Map<String, Set<Integer>> byStructAndField = new HashMap<>();
  private final List<List<StoredFunction>> tables;
  private final Map<String, Set<Integer>> byField = new HashMap<>();
  private final List<Stored> all = new ArrayList<>();

  /** A function and where it is stored; {@code place.function} is -1 for a table. */
  record Stored(int function, Place place) {}

  /** Collects what each file's tables store, and what each function assigns. */
  StoredFunctions(
      Knowledge knowledge, List<List<StoredFunction>> tables, FunctionSummary[] summaries) {
    this.knowledge = knowledge;
    this.tables = tables;
    Program program = knowledge.program();
    for (int unit = 0; unit < tables.size(); unit++) {
      for (StoredFunction stored : tables.get(unit)) {
        if (stored.field().isEmpty()) {
          continue;
        }
        Span span = new Span(stored.line(), 1, stored.line(), 1);
        add(stored.function(), new Place(unit, -1, span, stored.struct(), stored.field()));
      }
    }
    for (FunctionSummary summary : summaries) {
      int unit = program.unitOf(summary.function());
      for (Assignment a : summary.stored()) {
        String struct = structOf(summary.function(), a.target().operand(0));
        add(a.function(), new Place(unit, summary.function(), a.span(), struct, a.target().name()));
      }
    }
  }

  private void add(String name, Place place) {
    List<Integer> candidates = knowledge.program().resolve(place.unit, name);
    if (!candidates.isEmpty()) {
      int function = candidates.get(0);
      all.add(new Stored(function, place));
      byField.computeIfAbsent(place.field, f -> new LinkedHashSet<>()).add(function);
      if (!place.struct.isEmpty()) {
        byStructAndField
            .computeIfAbsent(place.struct + "." + place.field, f -> new LinkedHashSet<>())
            .add(function);
      }
    }
  }

  /** Every function that is stored somewhere, tables first. */
  List<Stored> all() {
    return all;
  }

  /**
   * Whether a file names one of the constants, fields or functions that make a callback something
   * else than it is elsewhere.
   */
  boolean mentionsOneOf(int unit, Set<String> names) {
    return names.stream().anyMatch(name -> mentions(unit, name));
  }

  private boolean mentions(int unit, String name) {
    return tables.get(unit).stream().anyMatch(s -> s.function().equals(name))
        || knowledge.program().fileFacts(unit).functions().stream()
            .flatMap(f -> f.blocks().stream())
            .flatMap(b -> b.events().stream())
            .anyMatch(e -> names(e, name));
  }

  private static boolean names(Expr e, String constant) {
    boolean field = e.is(Expr.Kind.FIELD) && e.name().equals(constant);
    return field || e.isName(constant) || e.anyOperand(o -> names(o, constant));
  }

  /** Functions that a field of that name holds, whatever the struct; none if they are many. */
  Set<Integer> inField(String field) {
    return few(byField.get(field));
  }

  /**
   * Functions that a call through a pointer can mean; none if that is not known or they are many.
   */
  Set<Integer> calledBy(int function, Expr call) {
    Expr field = pointer(call);
    if (field == null) {
      return Set.of();
    }
    String struct = structOf(function, field.operand(0));
    return struct.isEmpty() ? Set.of() : few(byStructAndField.get(struct + "." + field.name()));
  }

  private static Set<Integer> few(Set<Integer> functions) {
    return functions == null || functions.size() > MOST_CANDIDATES ? Set.of() : functions;
  }

  /** The field that a call goes through, or null. */
  static Expr pointer(Expr call) {
    Expr callee = call.operand(0);
    Expr field = callee.isUnary("*") ? callee.operand(0) : callee;
    return field.is(Expr.Kind.FIELD) ? field : null;
  }

  /** The tag of the struct that an expression is or points to, or "". */
  private String structOf(int function, Expr e) {
    Program program = knowledge.program();
    FunctionFacts facts = program.facts(function);
    OperandTypes types =
        new OperandTypes(program.types(), knowledge.sizes(), program.unitOf(function), facts);
    OperandTypes.Typed typed = types.typeOf(e);
    if (typed == null) {
      return "";
    }
    String type = typed.type().replace("*", "");
    return type.startsWith("struct ") ? type.substring("struct ".length()) : "";
  }
}
