package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/** Functions that tables and assignments store in fields, from where others call them. */
final class StoredFunctions {
  /** A field that holds more than these can mean anything. */
  static final int MOST_CANDIDATES = 8;

  /** Marks the key of a static call, where a field's name is expected. */
  private static final String KEY = "()";

  /** Where a function is stored: in a table of a file, or by an assignment in a function. */
  record Place(int unit, int function, Span span, String struct, String field) {}

  /**
   * What an assignment in a function stores: {@code target} is the field; {@code parameter} is
   * which parameter that is, or -1.
   */
  record Assignment(Expr target, String function, int parameter, Span span) {}

  /** A function that is given as an argument to one that stores it, where the call stands. */
  private record Given(String function, Place place) {}

  /** Callers of one function that are looked at for what they have it store. */
  private static final int MOST_CALLERS = 100;

  private final Knowledge knowledge;
  private final Map<String, Set<Integer>> byStructAndField = new HashMap<>();
  private static final int MOST_FILES_OF_A_DRIVER = 20;

  private final List<List<StoredFunction>> tables;

  /** Numbers of files by the directory they are in. */
  private final Map<String, List<Integer>> byDirectory = new HashMap<>();

  private final Map<String, Set<Integer>> byField = new HashMap<>();
  private final List<Stored> all = new ArrayList<>();

  /** The same of those that are given to functions that store them. */
  private final Map<String, Set<Integer>> givenByStructAndField = new HashMap<>();

  private final Map<String, Set<Integer>> givenByField = new HashMap<>();
  private final List<Stored> given = new ArrayList<>();

  /** A function and where it is stored; {@code place.function} is -1 for a table. */
  record Stored(int function, Place place) {}

  /** Collects what each file's tables store, and what each function assigns. */
  StoredFunctions(
      Knowledge knowledge,
      List<List<StoredFunction>> tables,
      FunctionSummary[] summaries,
      CallGraph graph) {
    this.knowledge = knowledge;
    this.tables = tables;
    Program program = knowledge.program();
    for (int unit = 0; unit < tables.size(); unit++) {
      byDirectory.computeIfAbsent(directory(unit), d -> new ArrayList<>()).add(unit);
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
        if (struct.isEmpty()) {
          struct = structByUse(summary.function(), a.target().operand(0).text());
        }
        Place place = new Place(unit, summary.function(), a.span(), struct, a.target().name());
        if (a.parameter() < 0) {
          add(a.function(), place);
        } else if (isFunctionPointer(summary.function(), a.parameter())) {
          givenBy(graph, summary.function(), a.parameter(), place);
        }
      }
    }
  }

  /** Whether a type is that of a pointer to a function, or has a name of its own. */
  static boolean mayPointToFunction(String type) {
    return type.endsWith("()*")
        || type.indexOf(' ') < 0 && !type.endsWith("**") && !TypeSizes.isScalar(named(type));
  }

  /** What its name may stand for: a function or a pointer to one. */
  private static String named(String type) {
    return type.endsWith("*") ? type.substring(0, type.length() - 1) : type;
  }

  private boolean isFunctionPointer(int function, int parameter) {
    Program program = knowledge.program();
    String type = program.facts(function).parameters().get(parameter).type();
    return type.endsWith("()*")
        || program.types().typedefs(program.unitOf(function), named(type)).stream()
            .anyMatch(t -> t.what().type().contains("()"));
  }

  /** Functions that a field holds which a function names, in some object. */
  Set<Integer> inFieldNamed(int function, Expr field) {
    String struct = structOf(function, field.operand(0));
    return struct.isEmpty() ? Set.of() : few(byStructAndField.get(struct + "." + field.name()));
  }

  /** What the callers of a function give it to store. */
  private void givenBy(CallGraph graph, int function, int parameter, Place stored) {
    Program program = knowledge.program();
    for (Request.Hop hop : graph.callsTo(function, MOST_CALLERS)) {
      Expr call = hop.call();
      if (parameter >= call.arguments().size()) {
        continue;
      }
      int caller = hop.function();
      Expr named = call.arguments().get(parameter).behindAddress();
      if (named.is(Expr.Kind.NAME) && !program.facts(caller).declares(named.name())) {
        int unit = program.unitOf(caller);
        int callback = graph.resolve(unit, named.name());
        if (callback >= 0) {
          Place place = new Place(unit, caller, call.span(), stored.struct, stored.field);
          given.add(new Stored(callback, place));
          note(callback, place, givenByField, givenByStructAndField);
        }
      }
    }
  }

  private static void note(
      int function,
      Place place,
      Map<String, Set<Integer>> byField,
      Map<String, Set<Integer>> byStructAndField) {
    byField.computeIfAbsent(place.field, f -> new LinkedHashSet<>()).add(function);
    if (!place.struct.isEmpty()) {
      byStructAndField
          .computeIfAbsent(place.struct + "." + place.field, f -> new LinkedHashSet<>())
          .add(function);
    }
  }

  private void add(String name, Place place) {
    List<Integer> candidates = knowledge.program().resolve(place.unit, name);
    if (candidates.isEmpty() && place.field.equals("queuecommand")) {
      // DEF_SCSI_QCMD() makes the function that is stored, and has it call this one.
      candidates = knowledge.program().resolve(place.unit, name + "_lck");
    }
    if (!candidates.isEmpty()) {
      int function = candidates.get(0);
      all.add(new Stored(function, place));
      note(function, place, byField, byStructAndField);
    }
  }

  /** The struct of an object, by what the function passes it to; "" if that does not tell. */
  private String structByUse(int function, String object) {
    for (Expr call : Calls.of(knowledge.program().facts(function))) {
      Optional<String> struct = knowledge.contexts().structPassedTo(call.callee());
      if (struct.isPresent()) {
        for (Expr argument : call.arguments()) {
          Expr given = argument.behindAddress();
          if (given.text().equals(object)) {
            return struct.get();
          }
        }
      }
    }
    return "";
  }

  /** The function that a table holds in another field beside this one, or -1. */
  int beside(Stored one, String field) {
    int at = all.indexOf(one);
    for (int step : new int[] {-1, 1}) {
      for (int i = at + step; i >= 0 && i < all.size(); i += step) {
        Place place = all.get(i).place;
        boolean same =
            place.unit == one.place.unit
                && place.function < 0
                && place.struct.equals(one.place.struct)
                && !place.field.equals(one.place.field);
        if (!same) {
          break;
        }
        if (place.field.equals(field)) {
          return all.get(i).function;
        }
      }
    }
    return -1;
  }

  /** Functions that tables of a file hold in a field. */
  List<Integer> inTables(int unit, String field) {
    List<Integer> found = new ArrayList<>();
    for (StoredFunction each : tables.get(unit)) {
      if (each.field().equals(field)) {
        List<Integer> candidates = knowledge.program().resolve(unit, each.function());
        if (!candidates.isEmpty()) {
          found.add(candidates.get(0));
        }
      }
    }
    return found;
  }

  /** Every function that is stored somewhere, tables first. */
  List<Stored> all() {
    return all;
  }

  /** Functions that are given to others which store them, and where they are given. */
  List<Stored> given() {
    return given;
  }

  /**
   * Whether a file, or another of the same driver, names one of the constants, fields or functions
   * that make a callback something else than it is elsewhere.
   */
  boolean mentionsOneOf(int unit, Set<String> names) {
    return !names.isEmpty()
        && driver(unit).stream()
            .anyMatch(file -> names.stream().anyMatch(name -> mentions(file, name)));
  }

  /** The files of a directory that has no more than one driver's; else the file alone. */
  private List<Integer> driver(int unit) {
    List<Integer> files = byDirectory.get(directory(unit));
    return files.size() > MOST_FILES_OF_A_DRIVER ? List.of(unit) : files;
  }

  private String directory(int unit) {
    String path = knowledge.program().path(unit);
    return path.substring(0, path.lastIndexOf('/') + 1);
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
    if (!field.startsWith(KEY)) {
      return fewOf(byField.get(field), givenByField.get(field));
    }
    for (int at = field.indexOf('_'); at >= 0; at = field.indexOf('_', at + 1)) {
      Set<Integer> functions = byField.get(field.substring(at + 1));
      if (functions != null) {
        return few(functions);
      }
    }
    return Set.of();
  }

  /**
   * Functions that a call through a pointer can mean; none if that is not known or they are many.
   */
  Set<Integer> calledBy(int function, Expr call) {
    return calledBy(function, call, Map.of());
  }

  /** The same with those that are given to functions which store them. */
  Set<Integer> calledByOrGiven(int function, Expr call) {
    return calledBy(function, call, givenByStructAndField);
  }

  private Set<Integer> calledBy(int function, Expr call, Map<String, Set<Integer>> more) {
    Expr field = pointer(call);
    if (field == null) {
      return Set.of();
    }
    if (field.name().startsWith(KEY)) {
      return inField(field.name());
    }
    // Of a union in a struct, tables know the struct.
    for (Expr object = field.operand(0); ; object = object.operand(0)) {
      String struct = structOf(function, object);
      String key = struct + "." + field.name();
      Set<Integer> found = struct.isEmpty() ? null : byStructAndField.get(key);
      Set<Integer> others = struct.isEmpty() ? null : more.get(key);
      if (found != null || others != null || !object.is(Expr.Kind.FIELD)) {
        return fewOf(found, others);
      }
    }
  }

  /** Functions that hang in the list of a hook that security modules have. */
  Set<Integer> inHook(Expr call) {
    boolean hook = call.callee().equals("call_int_hook") || call.callee().equals("call_void_hook");
    return hook && !call.arguments().isEmpty() && call.arguments().get(0).is(Expr.Kind.NAME)
        ? few(byStructAndField.get("security_hook_list." + call.arguments().get(0).name()))
        : Set.of();
  }

  /** Both together if they are few, else the first ones. */
  private static Set<Integer> fewOf(Set<Integer> functions, Set<Integer> others) {
    if (others == null) {
      return few(functions);
    }
    Set<Integer> both = new LinkedHashSet<>(functions == null ? Set.of() : functions);
    both.addAll(others);
    return both.size() > MOST_CANDIDATES ? few(functions) : both;
  }

  private static Set<Integer> few(Set<Integer> functions) {
    return functions == null || functions.size() > MOST_CANDIDATES ? Set.of() : functions;
  }

  /**
   * The field that a call goes through, or null. {@code static_call(demo_start)(...)} is told by
   * its key, which ends with the name of the field of an operations table.
   */
  static Expr pointer(Expr call) {
    Expr callee = call.operand(0);
    if (callee.callee().equals("static_call")
        && callee.arguments().size() == 1
        && callee.arguments().get(0).is(Expr.Kind.NAME)) {
      return Expr.of(Expr.Kind.FIELD, KEY + callee.arguments().get(0).name(), Expr.UNKNOWN);
    }
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
