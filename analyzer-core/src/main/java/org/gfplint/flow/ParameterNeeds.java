package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.Block;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.program.Program;
import org.gfplint.program.TypeTable;

/**
 * What the parameters of functions have to be for control to get to a call, as far as branches tell
 * that every path there takes, and what that asks of those who call them. Whatever is not
 * understood asks for nothing.
 */
final class ParameterNeeds {
  /** Functions with more blocks than these are not read. */
  private static final int MOST_BLOCKS = 400;

  /** How deep constants are made of others. */
  private static final int MAX_DEPTH = 8;

  /** All bits: whether it is anything but zero. */
  static final long ANY = -1L;

  /**
   * A parameter has to have some of these bits, or none of them.
   *
   * @param parameter 0-based
   */
  record Need(int parameter, long bits, boolean set) implements Comparable<Need> {
    boolean contradicts(Need other) {
      if (parameter != other.parameter || set == other.set) {
        return false;
      }
      long wanted = set ? bits : other.bits;
      long forbidden = set ? other.bits : bits;
      return (wanted & ~forbidden) == 0;
    }

    @Override
    public int compareTo(Need other) {
      int by = Integer.compare(parameter, other.parameter);
      by = by != 0 ? by : Long.compare(bits, other.bits);
      return by != 0 ? by : Boolean.compare(set, other.set);
    }
  }

  private record Site(int function, Expr call) {}

  private record Use(int function, String variable, long bits) {}

  private final Program program;
  private final Map<Site, List<Need>> found = new HashMap<>();
  private final Map<Use, Boolean> changed = new HashMap<>();

  ParameterNeeds(Program program) {
    this.program = program;
  }

  /**
   * Both together.
   *
   * @return null if they contradict each other
   */
  static Set<Need> both(Set<Need> one, List<Need> more) {
    Set<Need> all = new TreeSet<>(one);
    for (Need need : more) {
      if (all.stream().anyMatch(need::contradicts)) {
        return null;
      }
      all.add(need);
    }
    return all;
  }

  // ---- where a call stands

  /** What control needs to get to a call. */
  List<Need> at(int function, Expr call) {
    return found.computeIfAbsent(new Site(function, call), this::find);
  }

  private List<Need> find(Site site) {
    FunctionFacts facts = program.facts(site.function);
    WayConditions.Place place =
        facts.blocks().size() > MOST_BLOCKS ? null : WayConditions.place(facts, site.call);
    if (place == null) {
      return List.of();
    }
    List<Need> needs = new ArrayList<>();
    WayConditions.decided(
        facts.blocks(),
        place.block(),
        (condition, truth) -> read(site.function, condition, truth, needs));
    return List.copyOf(needs);
  }

  private void read(int function, Expr condition, boolean truth, List<Need> needs) {
    if (condition.isUnary("!")) {
      read(function, condition.operand(0), !truth, needs);
    } else if (condition.isBinary("&&") && truth || condition.isBinary("||") && !truth) {
      condition.operands().forEach(o -> read(function, o, truth, needs));
    } else if ((condition.isBinary("==") || condition.isBinary("!="))
        && isZero(condition.operand(1))) {
      read(function, condition.operand(0), condition.isBinary("!=") == truth, needs);
    } else if (condition.is(Expr.Kind.NAME)) {
      note(function, condition, ANY, truth, needs);
    } else if (condition.isBinary("&")) {
      number(program.unitOf(function), condition.operand(1), 0)
          .ifPresent(bits -> note(function, condition.operand(0), bits, truth, needs));
    }
  }

  private void note(int function, Expr e, long bits, boolean set, List<Need> needs) {
    int parameter = e.is(Expr.Kind.NAME) ? program.facts(function).parameter(e.name()) : -1;
    if (parameter >= 0 && !isChanged(function, e.name(), bits)) {
      needs.add(new Need(parameter, bits, set));
    }
  }

  private static boolean isZero(Expr e) {
    return e.is(Expr.Kind.NUMBER) && e.number() == 0 || e.isName("NULL") || e.isName("false");
  }

  /** Whether a function changes these bits of a variable anywhere, or lets others do it. */
  private boolean isChanged(int function, String variable, long bits) {
    return changed.computeIfAbsent(
        new Use(function, variable, bits),
        use -> {
          FunctionFacts facts = program.facts(function);
          int unit = program.unitOf(function);
          for (Block block : facts.blocks()) {
            Expr condition = block.exit().condition();
            if (block.events().stream().anyMatch(e -> changes(unit, e, variable, bits))
                || condition != null && changes(unit, condition, variable, bits)) {
              return true;
            }
          }
          return false;
        });
  }

  private boolean changes(int unit, Expr e, String variable, long bits) {
    if (e.isUnary("&") && e.operand(0).isName(variable)) {
      return true;
    }
    if (e.is(Expr.Kind.ASSIGN) && e.operand(0).isName(variable)) {
      OptionalLong operand = number(unit, e.operand(1), 0);
      boolean others =
          operand.isPresent()
              && (e.name().equals("|=") && (operand.getAsLong() & bits) == 0
                  || e.name().equals("&=") && (~operand.getAsLong() & bits) == 0);
      return !others || changes(unit, e.operand(1), variable, bits);
    }
    return e.anyOperand(o -> changes(unit, o, variable, bits));
  }

  // ---- what a call hands on

  /**
   * What needs of a function ask of the one that calls it.
   *
   * @param zero parameters of the caller that are zero wherever control gets to this call
   * @return null if the call does not meet them
   */
  List<Need> before(int caller, Expr call, Set<Need> needs, Set<Integer> zero) {
    List<Need> before = new ArrayList<>();
    for (Need need : needs) {
      if (need.parameter < call.arguments().size()) {
        Expr argument = call.arguments().get(need.parameter);
        if (!ask(caller, argument, need.bits, need.set, zero, before)) {
          return null;
        }
      }
    }
    return before;
  }

  /** The answer is no if it cannot be. */
  private boolean ask(
      int caller, Expr e, long bits, boolean set, Set<Integer> zero, List<Need> before) {
    if (bits == 0) {
      return !set;
    }
    FunctionFacts facts = program.facts(caller);
    int unit = program.unitOf(caller);
    if (e.is(Expr.Kind.STRING)) {
      return bits != ANY || set;
    }
    if (e.isUnary("&")) {
      return bits != ANY || set || !e.operand(0).is(Expr.Kind.NAME);
    }
    OptionalLong known =
        e.is(Expr.Kind.NAME) && facts.declares(e.name())
            ? OptionalLong.empty()
            : number(unit, e, 0);
    if (known.isPresent()) {
      return (known.getAsLong() & bits) != 0 == set;
    }
    if (e.is(Expr.Kind.NAME)) {
      int parameter = facts.parameter(e.name());
      if (parameter >= 0) {
        if (zero.contains(parameter) && staysZero(caller, e.name())) {
          return !set;
        }
        if (!isChanged(caller, e.name(), bits)) {
          before.add(new Need(parameter, bits, set));
        }
        return true;
      }
      return !set || mayHave(facts, unit, e.name(), bits);
    }
    if (e.isBinary("&") || e.isBinary("|")) {
      OptionalLong constant = number(unit, e.operand(1), 0);
      if (constant.isPresent() && e.isBinary("&")) {
        return bits == ANY
            ? ask(caller, e.operand(0), constant.getAsLong(), set, zero, before)
            : ask(caller, e.operand(0), bits & constant.getAsLong(), set, zero, before);
      }
      if (constant.isPresent()) {
        boolean there = (constant.getAsLong() & bits) != 0;
        return there ? set : ask(caller, e.operand(0), bits, set, zero, before);
      }
      return true;
    }
    if (e.is(Expr.Kind.CONDITIONAL)) {
      return choose(caller, e, bits, set, zero, before);
    }
    return true;
  }

  /** One of two values; if only one of them will do, its condition has to hold. */
  private boolean choose(
      int caller, Expr e, long bits, boolean set, Set<Integer> zero, List<Need> before) {
    Expr chosenBy = e.operand(0);
    boolean constant = chosenBy.is(Expr.Kind.NUMBER);
    boolean yes =
        !(constant && chosenBy.number() == 0)
            && ask(caller, e.operand(1), bits, set, zero, new ArrayList<>());
    boolean no =
        !(constant && chosenBy.number() != 0)
            && ask(caller, e.operand(2), bits, set, zero, new ArrayList<>());
    if (yes != no) {
      List<Need> condition = new ArrayList<>();
      read(caller, chosenBy, yes, condition);
      before.addAll(condition);
    }
    return yes || no;
  }

  /** Whether a local variable that only ever holds known numbers can have some of the bits. */
  private boolean mayHave(FunctionFacts facts, int unit, String variable, long bits) {
    if (facts.locals().stream().noneMatch(v -> v.name().equals(variable))) {
      return true;
    }
    long all = 0;
    boolean assigned = false;
    for (Block block : facts.blocks()) {
      List<Expr> parts = new ArrayList<>(block.events());
      if (block.exit().condition() != null) {
        parts.add(block.exit().condition());
      }
      for (Expr part : parts) {
        List<Expr> assignments = new ArrayList<>();
        if (!collect(part, variable, assignments)) {
          return true;
        }
        for (Expr assignment : assignments) {
          OptionalLong value = number(unit, assignment.operand(1), 0);
          if (value.isEmpty()
              || !(assignment.name().equals("=") || assignment.name().equals("|="))) {
            return true;
          }
          assigned |= assignment.name().equals("=");
          all |= value.getAsLong();
        }
      }
    }
    return !assigned || (all & bits) != 0;
  }

  /** The answer is no if its address is taken. */
  private static boolean collect(Expr e, String variable, List<Expr> assignments) {
    if (e.isUnary("&") && e.operand(0).isName(variable)) {
      return false;
    }
    if (e.is(Expr.Kind.ASSIGN) && e.operand(0).isName(variable)) {
      assignments.add(e);
    }
    return !e.anyOperand(o -> !collect(o, variable, assignments));
  }

  /** Whether a parameter that is zero is only given another value where it is not. */
  boolean staysZero(int function, String parameter) {
    FunctionFacts facts = program.facts(function);
    List<Block> blocks = facts.blocks();
    if (blocks.size() > MOST_BLOCKS) {
      return false;
    }
    for (int b = 0; b < blocks.size(); b++) {
      Expr condition = blocks.get(b).exit().condition();
      boolean set = blocks.get(b).events().stream().anyMatch(e -> sets(e, parameter));
      set |= condition != null && sets(condition, parameter);
      if (set) {
        Set<Boolean> told = new HashSet<>();
        WayConditions.decided(
            blocks,
            b,
            (asked, truth) -> {
              if (isTruthOf(asked, truth, parameter)) {
                told.add(true);
              }
            });
        if (told.isEmpty()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a condition tells that a variable is not zero. */
  private static boolean isTruthOf(Expr condition, boolean truth, String variable) {
    if (condition.isUnary("!")) {
      return isTruthOf(condition.operand(0), !truth, variable);
    }
    if (condition.isBinary("&&") && truth) {
      return condition.anyOperand(o -> isTruthOf(o, true, variable));
    }
    if ((condition.isBinary("==") || condition.isBinary("!=")) && isZero(condition.operand(1))) {
      return isTruthOf(condition.operand(0), condition.isBinary("!=") == truth, variable);
    }
    return truth && condition.isName(variable);
  }

  private static boolean sets(Expr e, String variable) {
    return e.is(Expr.Kind.ASSIGN) && e.operand(0).isName(variable)
        || e.isUnary("&") && e.operand(0).isName(variable)
        || e.anyOperand(o -> sets(o, variable));
  }

  // ---- numbers

  /** What an expression is, if it is made of constants. */
  private OptionalLong number(int unit, Expr e, int depth) {
    if (e.is(Expr.Kind.NUMBER)) {
      return OptionalLong.of(e.number());
    }
    if (isZero(e)) {
      return OptionalLong.of(0);
    }
    if (e.isName("true")) {
      return OptionalLong.of(1);
    }
    if (e.is(Expr.Kind.NAME)) {
      return depth > MAX_DEPTH ? OptionalLong.empty() : constant(unit, e.name(), depth);
    }
    if (e.isUnary("~")) {
      OptionalLong value = number(unit, e.operand(0), depth);
      return value.isPresent() ? OptionalLong.of(~value.getAsLong()) : value;
    }
    if (!e.isBinary("|") && !e.isBinary("&") && !e.isBinary("<<")) {
      return OptionalLong.empty();
    }
    OptionalLong left = number(unit, e.operand(0), depth);
    OptionalLong right = number(unit, e.operand(1), depth);
    if (left.isEmpty() || right.isEmpty()) {
      return OptionalLong.empty();
    }
    long one = left.getAsLong();
    long other = right.getAsLong();
    return OptionalLong.of(
        e.isBinary("|") ? one | other : e.isBinary("&") ? one & other : one << other);
  }

  private OptionalLong constant(int unit, String name, int depth) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLowerCase(name.charAt(i))) {
        return OptionalLong.empty();
      }
    }
    OptionalLong value = OptionalLong.empty();
    for (TypeTable.Defined<Expr> definition : program.numbers(unit, name)) {
      OptionalLong one = number(definition.unit(), definition.what(), depth + 1);
      if (one.isEmpty() || value.isPresent() && value.getAsLong() != one.getAsLong()) {
        return OptionalLong.empty();
      }
      value = one;
    }
    return value;
  }
}
