package org.gfplint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.Variable;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Reads a way that was found once more, by the conditions that each of its calls stands under, and
 * says what speaks against it. Only what was found is read, so it costs nothing elsewhere.
 */
final class WayConditions {
  /** What speaks against a way. */
  enum Doubt {
    NONE,
    /** It takes something that often is not so. */
    SOME,
    /** Two of its conditions contradict each other. */
    CONTRADICTION;

    Doubt or(Doubt other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  /** Functions with more blocks than these are not read. */
  private static final int MOST_BLOCKS = 400;

  /** Callers whose arguments are compared. */
  private static final int MOST_CALLERS = 12;

  private static final Pattern LOOKS_UP =
      Pattern.compile(".*(find|lookup|search).*|(xa|idr|radix_tree)_load|get_drvdata");

  private static final Pattern TAKES_IF_THERE =
      Pattern.compile(".*(inc_not_zero|get_unless_zero|get_live|tryget).*");

  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final Pattern FLAG = Pattern.compile("(?!GFP_)([A-Z]\\w*|[a-z]{1,5}[A-Z]+)");

  private final Knowledge knowledge;
  private final Program program;
  private final CallGraph graph;

  /** Whether a function is named other than to call it. */
  private final Predicate<Integer> named;

  /** What is known of a place: its truth, or which constant it is or is not. */
  private record Fact(String place, String constant, boolean holds, boolean lasting) {
    boolean contradicts(Fact other) {
      if (!place.equals(other.place)) {
        return false;
      }
      if (constant.equals(other.constant)) {
        return holds != other.holds;
      }
      return isCompared() && other.isCompared() && holds && other.holds;
    }

    /** Whether it is about equality with a constant, not about truth or about flags. */
    private boolean isCompared() {
      return !constant.isEmpty() && !constant.startsWith("|") && !constant.startsWith("&");
    }
  }

  WayConditions(Knowledge knowledge, CallGraph graph, Predicate<Integer> named) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.graph = graph;
    this.named = named;
  }

  /** What speaks against the way of a request. */
  Doubt doubt(Request request) {
    List<Request.Hop> way = new ArrayList<>(request.approach());
    way.add(new Request.Hop(request.function(), request.call()));
    way.addAll(request.path());
    Doubt doubt = isUnused(way.get(0).function()) ? Doubt.SOME : Doubt.NONE;
    List<Fact> known = new ArrayList<>(fromCallers(way.get(0).function()));
    for (Request.Context context : request.held()) {
      if (context.function() == way.get(0).function()) {
        known.addAll(given(context));
      }
    }
    boolean shared = false;
    for (int i = 0; i < way.size(); i++) {
      int function = way.get(i).function();
      FunctionFacts facts = program.facts(function);
      if (facts.blocks().size() > MOST_BLOCKS) {
        return doubt;
      }
      shared |= i > 0 && graph.callers(function).length > 1;
      Place place = place(facts, way.get(i).call());
      if (place == null) {
        return doubt;
      }
      List<Expr> held = new ArrayList<>();
      List<Answer> answers = conditions(facts, place, held);
      List<Fact> here = answers.stream().map(Answer::fact).toList();
      boolean last = i == way.size() - 1;
      doubt = doubt.or(contradiction(withAliases(known, facts), answers, facts));
      doubt = doubt.or(isDebugging(here) ? Doubt.SOME : Doubt.NONE);
      if (isSwitchedOff(program.unitOf(function), here)) {
        doubt = Doubt.CONTRADICTION;
      }
      if (last && shared && isFirstUse(facts, held)) {
        doubt = doubt.or(Doubt.SOME);
      }
      if (last && isSurplus(way.get(i).call(), here)) {
        doubt = Doubt.CONTRADICTION;
      }
      if (!last) {
        List<Fact> all = new ArrayList<>(known);
        all.removeIf(f -> !f.place.contains("#") && isSet(facts, root(f.place)));
        answers.stream().filter(Answer::stillHolds).map(Answer::fact).forEach(all::add);
        known = atCall(all, way.get(i).call(), program.facts(way.get(i + 1).function()), facts);
      }
    }
    return doubt;
  }

  // ---- what is known where

  /**
   * What a condition on the way was answered.
   *
   * @param asPassed whether nothing before it changed what it is about, since the function began
   * @param stillHolds whether nothing between it and the call changed that
   */
  private record Answer(Fact fact, boolean asPassed, boolean stillHolds) {}

  record Place(int block, int event) {}

  /** Where a call stands; the condition of a block counts as the event after its last. */
  static Place place(FunctionFacts facts, Expr call) {
    for (int b = 0; b < facts.blocks().size(); b++) {
      Block block = facts.blocks().get(b);
      for (int e = 0; e < block.events().size(); e++) {
        if (contains(block.events().get(e), call)) {
          return new Place(b, e);
        }
      }
      if (block.exit().condition() != null && contains(block.exit().condition(), call)) {
        return new Place(b, block.events().size());
      }
    }
    return null;
  }

  private static boolean contains(Expr e, Expr part) {
    return e == part || e.equals(part) || e.anyOperand(o -> contains(o, part));
  }

  /**
   * What every path to a place has found.
   *
   * @param asked gets the conditions that were found false, as they stand
   */
  private static List<Answer> conditions(FunctionFacts facts, Place place, List<Expr> asked) {
    List<Answer> found = new ArrayList<>();
    List<Block> blocks = facts.blocks();
    BitSet after = leadingTo(blocks, place.block);
    for (int b = 0; b < blocks.size(); b++) {
      Block.Exit exit = blocks.get(b).exit();
      if (exit.kind() != Block.ExitKind.BRANCH || !after.get(b)) {
        continue;
      }
      for (int side = 0; side < 2; side++) {
        if (exit.targets().get(0).equals(exit.targets().get(1))
            || isReachable(blocks, b, side, place.block)) {
          continue;
        }
        BitSet between = reachable(blocks, exit.targets().get(side), b);
        between.and(after);
        List<Fact> told = new ArrayList<>();
        read(exit.condition(), side == 0, told, asked);
        BitSet before = leadingTo(blocks, b);
        Place asking = new Place(b, blocks.get(b).events().size());
        for (Fact fact : told) {
          found.add(
              new Answer(
                  fact,
                  !isChanged(facts, before, asking, fact.place),
                  !isChanged(facts, between, place, fact.place)));
        }
      }
    }
    return found;
  }

  /**
   * What every path to a block has found.
   *
   * @param told gets each condition of a branch that all of them take to the same side, and which
   */
  static void decided(List<Block> blocks, int place, BiConsumer<Expr, Boolean> told) {
    BitSet after = leadingTo(blocks, place);
    for (int b = 0; b < blocks.size(); b++) {
      Block.Exit exit = blocks.get(b).exit();
      if (exit.kind() != Block.ExitKind.BRANCH
          || !after.get(b)
          || exit.targets().get(0).equals(exit.targets().get(1))) {
        continue;
      }
      for (int side = 0; side < 2; side++) {
        if (!isReachable(blocks, b, side, place)) {
          told.accept(exit.condition(), side == 0);
        }
      }
    }
  }

  /** Whether control only gets to a block through another. */
  static boolean passes(List<Block> blocks, int through, int place) {
    if (through == 0 || through == place) {
      return true;
    }
    BitSet reached = reachable(blocks, 0, through);
    return !reached.get(place);
  }

  /** Blocks from which control can come to one, itself included. */
  private static BitSet leadingTo(List<Block> blocks, int target) {
    BitSet leading = new BitSet();
    leading.set(target);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = blocks.size() - 1; b >= 0; b--) {
        if (!leading.get(b) && blocks.get(b).exit().targets().stream().anyMatch(leading::get)) {
          leading.set(b);
          changed = true;
        }
      }
    }
    return leading;
  }

  /** Whether control can come to a block without leaving another by one of its sides. */
  private static boolean isReachable(List<Block> blocks, int branch, int side, int target) {
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(List.of(0));
    seen.set(0);
    while (!work.isEmpty()) {
      int b = work.poll();
      if (b == target) {
        return true;
      }
      List<Integer> targets = blocks.get(b).exit().targets();
      for (int i = 0; i < targets.size(); i++) {
        if ((b != branch || i != side) && !seen.get(targets.get(i))) {
          seen.set(targets.get(i));
          work.add(targets.get(i));
        }
      }
    }
    return false;
  }

  /** Blocks that control can come to from one, without going through another. */
  private static BitSet reachable(List<Block> blocks, int from, int without) {
    BitSet seen = new BitSet();
    Deque<Integer> work = new ArrayDeque<>(List.of(from));
    seen.set(from);
    while (!work.isEmpty()) {
      for (int target : blocks.get(work.poll()).exit().targets()) {
        if (target != without && !seen.get(target)) {
          seen.set(target);
          work.add(target);
        }
      }
    }
    return seen;
  }

  private static boolean isChanged(FunctionFacts facts, BitSet blocks, Place before, String place) {
    if (place.startsWith("#")) {
      return false;
    }
    for (int b = blocks.nextSetBit(0); b >= 0; b = blocks.nextSetBit(b + 1)) {
      List<Expr> events = facts.blocks().get(b).events();
      int end = b == before.block ? Math.min(before.event, events.size()) : events.size();
      for (int e = 0; e < end; e++) {
        if (sets(events.get(e), place)) {
          return true;
        }
      }
      Expr condition = facts.blocks().get(b).exit().condition();
      if (b != before.block && condition != null && sets(condition, place)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the place, or the object that it lies in, gets another value. */
  private static boolean sets(Expr e, String place) {
    if (e.is(Expr.Kind.ASSIGN)) {
      String target = spelled(e.operand(0));
      if (place.equals(target) || place.startsWith(target + ".")) {
        return true;
      }
      // The same member by another way.
      if (e.operand(0).is(Expr.Kind.FIELD) && place.endsWith("." + e.operand(0).name())) {
        return true;
      }
    }
    if (e.isUnary("&") && spelled(e.operand(0)).equals(place)) {
      return true;
    }
    return e.anyOperand(o -> sets(o, place));
  }

  /** Whether a function gives a variable another value anywhere. */
  private static boolean isSet(FunctionFacts facts, String variable) {
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        if (sets(event, variable)) {
          return true;
        }
      }
    }
    return false;
  }

  // ---- conditions

  private static void read(Expr condition, boolean truth, List<Fact> told, List<Expr> asked) {
    if (condition.isUnary("!")) {
      read(condition.operand(0), !truth, told, asked);
      return;
    }
    if (condition.isBinary("&&") && truth || condition.isBinary("||") && !truth) {
      condition.operands().forEach(o -> read(o, truth, told, asked));
      return;
    }
    if (condition.isBinary("==") || condition.isBinary("!=")) {
      boolean equal = condition.isBinary("==") == truth;
      Expr left = condition.operand(0);
      Expr right = condition.operand(1);
      if (isZero(right)) {
        read(left, !equal, told, asked);
      } else if (isPlace(left) && isConstant(right)) {
        told.add(new Fact(spelled(left), right.spelling(), equal, isVariable(left)));
      }
      return;
    }
    if (!truth) {
      asked.add(condition);
    }
    if (condition.is(Expr.Kind.ASSIGN)) {
      read(condition.operand(0), truth, told, asked);
    } else if (isPlace(condition)) {
      told.add(new Fact(spelled(condition), "", truth, isVariable(condition)));
    } else if (!condition.callee().isEmpty() && condition.arguments().isEmpty()) {
      told.add(new Fact("#" + condition.callee() + "()", "", truth, false));
    } else if (condition.isBinary("&")
        && isPlace(condition.operand(0))
        && isFlag(condition.operand(1))) {
      String flag = "&" + condition.operand(1).spelling();
      told.add(
          new Fact(spelled(condition.operand(0)), flag, truth, isVariable(condition.operand(0))));
    }
  }

  private static boolean isVariable(Expr e) {
    return e.is(Expr.Kind.NAME);
  }

  private static boolean isZero(Expr e) {
    return e.is(Expr.Kind.NUMBER) && e.number() == 0 || e.isName("NULL") || e.isName("false");
  }

  private static boolean isConstant(Expr e) {
    return e.is(Expr.Kind.NUMBER)
        || e.is(Expr.Kind.NAME) && CONSTANT.matcher(e.name()).matches() && !isZero(e);
  }

  private static boolean isPlace(Expr e) {
    return switch (e.kind()) {
      case NAME -> true;
      case FIELD -> isPlace(e.operand(0));
      case UNARY -> (e.isUnary("*") || e.isUnary("&")) && isPlace(e.operand(0));
      default -> false;
    };
  }

  /** A place by its words, whether it is reached by a pointer or not. */
  private static String spelled(Expr e) {
    return e.spelling().replace("->", ".").replace("&", "").replace("*", "");
  }

  private static String root(String place) {
    int dot = place.indexOf('.');
    return dot < 0 ? place : place.substring(0, dot);
  }

  // ---- from call to call

  /** What a callee can know of its parameters. */
  private static List<Fact> atCall(
      List<Fact> known, Expr call, FunctionFacts callee, FunctionFacts caller) {
    List<Fact> passed = new ArrayList<>();
    known.stream().filter(f -> f.place.startsWith("#")).forEach(passed::add);
    List<Expr> arguments = call.arguments();
    for (int i = 0; i < Math.min(arguments.size(), callee.parameters().size()); i++) {
      String parameter = callee.parameters().get(i).name();
      Expr argument = arguments.get(i);
      if (parameter.isEmpty()) {
        continue;
      }
      argument(parameter, argument, passed);
      if (isPlace(argument)) {
        String place = spelled(argument);
        boolean address = argument.isUnary("&");
        for (Fact fact : known) {
          if (fact.place.equals(place) && !address) {
            passed.add(new Fact(parameter, fact.constant, fact.holds, fact.lasting));
          } else if (fact.place.startsWith(place + ".")) {
            String member = parameter + fact.place.substring(place.length());
            passed.add(new Fact(member, fact.constant, fact.holds, false));
          }
        }
      }
    }
    return passed;
  }

  private static void argument(String parameter, Expr argument, List<Fact> passed) {
    if (isZero(argument)) {
      passed.add(new Fact(parameter, "", false, true));
    } else if (argument.isName("true")
        || argument.is(Expr.Kind.NUMBER)
        || argument.is(Expr.Kind.STRING)
        || argument.isUnary("&") && argument.operand(0).is(Expr.Kind.NAME)) {
      passed.add(new Fact(parameter, "", true, true));
    }
    if (isConstant(argument)) {
      passed.add(new Fact(parameter, argument.spelling(), true, true));
    }
    Set<String> flags = new HashSet<>();
    if (flags(argument, flags)) {
      flags.forEach(f -> passed.add(new Fact(parameter, "|" + f, true, true)));
    }
  }

  /** Whether an expression is made of named flags only. */
  private static boolean flags(Expr e, Set<String> flags) {
    if (e.isBinary("|")) {
      return flags(e.operand(0), flags) && flags(e.operand(1), flags);
    }
    flags.add(e.spelling());
    return isFlag(e);
  }

  private static boolean isFlag(Expr e) {
    return e.is(Expr.Kind.NAME) && FLAG.matcher(e.name()).matches() && !isZero(e);
  }

  /** What the kernel passes to a callback where it is called in that context. */
  private List<Fact> given(Request.Context context) {
    List<Variable> parameters = program.facts(context.function()).parameters();
    List<Fact> facts = new ArrayList<>();
    for (String each : context.given()) {
      String number = each.replaceFirst("[=&].*", "");
      int index = number.equals("last") ? parameters.size() : Integer.parseInt(number);
      if (index >= 1 && index <= parameters.size()) {
        String place = parameters.get(index - 1).name();
        String rest = each.substring(number.length());
        facts.add(
            rest.startsWith("&")
                ? new Fact(place, rest, true, true)
                : new Fact(place, "", rest.equals("=1"), true));
      }
    }
    return facts;
  }

  /** With what holds of local variables that only stand for parameters. */
  private static List<Fact> withAliases(List<Fact> known, FunctionFacts facts) {
    if (known.isEmpty()) {
      return known;
    }
    List<Fact> all = new ArrayList<>(known);
    Set<String> assigned = new HashSet<>();
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        if (event.is(Expr.Kind.ASSIGN) && event.operand(0).is(Expr.Kind.NAME)) {
          String target = event.operand(0).name();
          if (!assigned.add(target)) {
            all.removeIf(f -> f.place.equals(target));
          } else if (event.operand(1).is(Expr.Kind.NAME)) {
            for (Fact fact : known) {
              if (fact.place.equals(event.operand(1).name()) && !isSet(facts, fact.place)) {
                all.add(new Fact(target, fact.constant, fact.holds, fact.lasting));
              }
            }
          }
        }
      }
    }
    return all;
  }

  /** What all callers agree on, where all of them are seen. */
  private List<Fact> fromCallers(int function) {
    int[] callers = graph.callers(function);
    FunctionFacts facts = program.facts(function);
    boolean seen = facts.linkage() == Linkage.STATIC || program.isWhole();
    if (!seen || callers.length == 0 || callers.length > MOST_CALLERS || named.test(function)) {
      return List.of();
    }
    Set<Fact> common = null;
    for (int caller : callers) {
      for (Expr call : Calls.of(program.facts(caller))) {
        if (call.callee().equals(facts.name())) {
          List<Fact> passed = new ArrayList<>();
          for (int i = 0; i < Math.min(call.arguments().size(), facts.parameters().size()); i++) {
            argument(facts.parameters().get(i).name(), call.arguments().get(i), passed);
          }
          if (common == null) {
            common = new HashSet<>(passed);
          } else {
            common.retainAll(passed);
          }
        }
      }
    }
    return common == null ? List.of() : List.copyOf(common);
  }

  // ---- what speaks against it

  private static Doubt contradiction(List<Fact> known, List<Answer> answers, FunctionFacts facts) {
    Doubt doubt = Doubt.NONE;
    for (Answer answer : answers) {
      Fact fact = answer.fact;
      for (Fact before : known) {
        if (before.contradicts(fact)) {
          // What is known of a local variable, it has from a parameter and keeps.
          boolean asKnown = answer.asPassed || facts.parameter(fact.place) < 0;
          boolean lasting = before.lasting && fact.lasting && asKnown;
          doubt = doubt.or(lasting ? Doubt.CONTRADICTION : Doubt.SOME);
        }
      }
      if (fact.holds && fact.constant.startsWith("&") && isWithout(known, fact)) {
        doubt = doubt.or(Doubt.SOME);
      }
    }
    return doubt;
  }

  /** Whether flags were passed, and not the one that is asked for. */
  private static boolean isWithout(List<Fact> known, Fact asked) {
    boolean flags = false;
    for (Fact fact : known) {
      if (fact.place.equals(asked.place) && fact.constant.startsWith("|")) {
        flags = true;
        if (fact.constant.substring(1).equals(asked.constant.substring(1))) {
          return false;
        }
      }
    }
    return flags;
  }

  /** Whether the code is only compiled for somebody who looks for errors in it. */
  private static boolean isDebugging(List<Fact> here) {
    return here.stream()
        .anyMatch(
            f ->
                f.holds
                    && f.place.startsWith("#")
                    && !f.place.contains("CONFIG_")
                    && !f.place.endsWith("()")
                    && f.place.toUpperCase(Locale.ROOT).contains("DEBUG"));
  }

  /** Whether it is only compiled if a constant of the file is not the zero that it is. */
  private boolean isSwitchedOff(int unit, List<Fact> here) {
    Constants constants = new Constants(program, knowledge.model(), knowledge.sizes(), unit);
    return here.stream()
        .filter(f -> f.holds && f.place.matches("#\\w+"))
        .anyMatch(f -> constants.value(f.place.substring(1)).equals(Value.number(0)));
  }

  /**
   * Whether what is requested is kept, and requested again only while it is not there: whoever
   * comes first may have been allowed to sleep.
   */
  private static boolean isFirstUse(FunctionFacts facts, List<Expr> absent) {
    for (Expr e : absent) {
      if (e.is(Expr.Kind.CALL)) {
        if (TAKES_IF_THERE.matcher(e.callee()).matches()) {
          return true;
        }
      } else if (e.is(Expr.Kind.NAME) && facts.parameter(e.name()) < 0) {
        boolean local = facts.locals().stream().anyMatch(v -> v.name().equals(e.name()));
        if (local ? isLookedUp(facts, e.name()) : isSet(facts, e.name())) {
          return true;
        }
      } else if ((e.is(Expr.Kind.FIELD) || e.is(Expr.Kind.INDEX)) && isSet(facts, spelled(e))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLookedUp(FunctionFacts facts, String variable) {
    for (Block block : facts.blocks()) {
      for (Expr event : block.events()) {
        if (event.is(Expr.Kind.ASSIGN)
            && event.operand(0).isName(variable)
            && LOOKS_UP.matcher(event.operand(1).callee()).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  /** With nothing missing, xas_nomem() frees what was left over (lib/xarray.c:xas_nomem). */
  private static boolean isSurplus(Expr call, List<Fact> here) {
    return call.callee().equals("xas_nomem")
        && here.stream().anyMatch(f -> f.holds && f.place.endsWith(".xa_alloc"));
  }

  /** Whether nothing in a whole tree uses the function. */
  private boolean isUnused(int function) {
    return program.isWhole()
        && program.linkage(function) == Linkage.GLOBAL
        && graph.callers(function).length == 0
        && !named.test(function);
  }
}
