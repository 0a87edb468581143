package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.EntryContext;
import org.gfplint.program.Program;

/**
 * Every way to a function, if every one is known. That takes a function which is static in a file
 * of its own, whose callers are all like that in turn, up to callbacks and initialisers of which it
 * is known where the kernel calls them. Anything else that names the function makes it unknown.
 */
final class KnownWays {
  private static final int MAX_DEPTH = 6;

  /** More ways than these are not followed. */
  private static final int MOST_WAYS = 64;

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final CallGraph graph;

  /** What tables hold, by function. */
  private final Map<Integer, List<Start>> tables = new HashMap<>();

  /** Functions of which a table, or a file in some other way, says nothing that is understood. */
  private final Set<Integer> unknown = new HashSet<>();

  /** Functions that a file names outside of tables, maybe in bodies only. */
  private final Set<Integer> mentioned = new HashSet<>();

  /** Of each file that was asked about: what bodies do with the names of its functions. */
  private final Map<Integer, Map<Integer, List<Start>>> bodies = new HashMap<>();

  private final Map<Integer, Optional<List<Way>>> known = new HashMap<>();

  /**
   * A place from where the kernel calls a function.
   *
   * @param entry null for what runs once, when its module is loaded
   * @param in the function that the place lies in, or the first of its file
   */
  record Start(int function, EntryContext entry, int in, Span place) {}

  /**
   * A way.
   *
   * @param calls from the callback down, all but the function itself
   */
  record Way(Start start, List<Request.Hop> calls) {}

  KnownWays(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      CallGraph graph,
      StoredFunctions stored,
      List<List<StoredFunction>> tables) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.graph = graph;
    for (StoredFunctions.Stored each : stored.all()) {
      StoredFunctions.Place place = each.place();
      if (place.function() >= 0) {
        continue;
      }
      List<EntryContext> entries = knowledge.contexts().slots(place.struct(), place.field());
      if (entries.isEmpty()) {
        unknown.add(each.function());
      }
      for (EntryContext entry : entries) {
        int in = program.firstFunction(place.unit());
        this.tables
            .computeIfAbsent(each.function(), f -> new ArrayList<>(1))
            .add(new Start(each.function(), entry, in, place.span()));
      }
    }
    for (int unit = 0; unit < tables.size(); unit++) {
      for (StoredFunction each : tables.get(unit)) {
        if (each.field().isEmpty()) {
          mentioned.addAll(program.resolve(unit, each.function()));
        }
      }
    }
  }

  /** All ways to a function; empty if one of them is not known, or nobody calls it. */
  Optional<List<Way>> to(int function) {
    return to(function, new HashSet<>(), 0);
  }

  private Optional<List<Way>> to(int function, Set<Integer> below, int depth) {
    Optional<List<Way>> before = known.get(function);
    if (before != null) {
      return before;
    }
    if (depth > MAX_DEPTH || !below.add(function)) {
      return Optional.empty();
    }
    Optional<List<Way>> ways = find(function, below, depth);
    below.remove(function);
    if (ways.isPresent() || depth == 0) {
      known.put(function, ways);
    }
    return ways;
  }

  private Optional<List<Way>> find(int function, Set<Integer> below, int depth) {
    int unit = program.unitOf(function);
    if (program.linkage(function) != Linkage.STATIC
        || program.path(unit).endsWith(".h")
        || unknown.contains(function)
        || summaries[function].bounded()) {
      return Optional.empty();
    }
    Optional<List<Start>> starts = starts(function);
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    List<Way> ways = new ArrayList<>();
    starts.get().forEach(s -> ways.add(new Way(s, List.of())));
    for (int caller : graph.callers(function)) {
      Optional<List<Way>> above = to(caller, below, depth + 1);
      if (above.isEmpty() || ways.size() + above.get().size() > MOST_WAYS) {
        return Optional.empty();
      }
      Request.Hop hop = graph.hop(caller, function);
      for (Way way : above.get()) {
        List<Request.Hop> calls = new ArrayList<>(way.calls);
        calls.add(hop);
        ways.add(new Way(way.start, List.copyOf(calls)));
      }
    }
    return ways.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(ways));
  }

  /** What makes it a callback; empty if something does that is not understood. */
  private Optional<List<Start>> starts(int function) {
    int unit = program.unitOf(function);
    List<Start> starts = new ArrayList<>(tables.getOrDefault(function, List.of()));
    List<Start> inBodies =
        bodies.computeIfAbsent(unit, this::namings).getOrDefault(function, List.of());
    if (inBodies == null) {
      return Optional.empty();
    }
    starts.addAll(inBodies);
    if (mentioned.contains(function) && inBodies.isEmpty()) {
      // By a macro outside of any body. Of what only runs once, that can only be an initcall.
      if (!program.isInit(function)) {
        return Optional.empty();
      }
      starts.add(new Start(function, null, function, program.facts(function).span()));
    }
    return Optional.of(starts);
  }

  /** Null for functions that are named in a way that is not understood. */
  private Map<Integer, List<Start>> namings(int unit) {
    Map<Integer, List<Start>> found = new HashMap<>();
    int first = program.firstFunction(unit);
    Map<String, Integer> own = new HashMap<>();
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      if (program.linkage(f) == Linkage.STATIC) {
        own.putIfAbsent(program.name(f), f);
      }
    }
    for (int f = first; f < first + program.functionsIn(unit); f++) {
      for (Block block : program.facts(f).blocks()) {
        for (Expr event : block.events()) {
          look(event, f, own, found);
        }
        if (block.exit().condition() != null) {
          look(block.exit().condition(), f, own, found);
        }
      }
    }
    return found;
  }

  private void look(Expr e, int in, Map<String, Integer> own, Map<Integer, List<Start>> found) {
    if (e.is(Expr.Kind.NAME)) {
      Integer named = e.span() == null ? own.get(e.name()) : null;
      if (named != null && !isVariable(in, e.name())) {
        found.put(named, null);
      }
      return;
    }
    if (e.is(Expr.Kind.CALL)) {
      registered(e, in, own, found);
      return;
    }
    if (e.is(Expr.Kind.ASSIGN) && stored(e, in, own, found)) {
      look(e.operand(0), in, own, found);
      return;
    }
    e.operands().forEach(o -> look(o, in, own, found));
  }

  private boolean isVariable(int function, String name) {
    return program.facts(function).parameter(name) >= 0
        || program.facts(function).locals().stream().anyMatch(v -> v.name().equals(name));
  }

  private void registered(
      Expr call, int in, Map<String, Integer> own, Map<Integer, List<Start>> found) {
    if (call.callee().isEmpty()) {
      look(call.operand(0), in, own, found);
    }
    List<EntryContext> entries = knowledge.contexts().registrations(call.callee());
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr argument = call.arguments().get(i);
      int at = i;
      Integer named = function(argument, own);
      Optional<EntryContext> entry =
          entries.stream()
              .filter(c -> c.argument().orElse(-1) == at && c.field().isEmpty())
              .findFirst();
      if (named != null && entry.isPresent() && call.span() != null) {
        add(found, new Start(named, entry.get(), in, call.span()));
      } else {
        look(argument, in, own, found);
      }
    }
  }

  private boolean stored(
      Expr assignment, int in, Map<String, Integer> own, Map<Integer, List<Start>> found) {
    Integer named = function(assignment.operand(1), own);
    Expr target = assignment.operand(0);
    if (named == null || !target.is(Expr.Kind.FIELD)) {
      return false;
    }
    OperandTypes types =
        new OperandTypes(program.types(), knowledge.sizes(), program.unitOf(in), program.facts(in));
    OperandTypes.Typed typed = types.typeOf(target.operand(0));
    if (typed == null || !typed.type().startsWith("struct ")) {
      return false;
    }
    String struct = typed.type().replace("*", "").substring("struct ".length());
    List<EntryContext> entries = knowledge.contexts().slots(struct, target.name());
    Span span = assignment.span() == null ? program.facts(in).span() : assignment.span();
    entries.forEach(entry -> add(found, new Start(named, entry, in, span)));
    return !entries.isEmpty();
  }

  private static void add(Map<Integer, List<Start>> found, Start start) {
    if (!found.containsKey(start.function) || found.get(start.function) != null) {
      found.computeIfAbsent(start.function, f -> new ArrayList<>(1)).add(start);
    }
  }

  private static Integer function(Expr e, Map<String, Integer> own) {
    Expr named = e.behindAddress();
    return named.is(Expr.Kind.NAME) ? own.get(named.name()) : null;
  }

  /** Whether a name means a function in a file. */
  boolean means(int unit, String name, int function) {
    return graph.resolve(unit, name) == function;
  }
}
