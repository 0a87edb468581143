package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gfplint.facts.Block.Exit;
import org.gfplint.facts.Block.ExitKind;
import org.gfplint.syntax.NodeKind;
import org.gfplint.syntax.SyntaxTree;

/**
 * Turns a function's syntax into blocks. One for each function body.
 *
 * <p>The guards of cleanup.h become calls that the source does not have: {@code
 * __guard_enter(class, arguments...)} where one is taken and {@code __guard_leave} of the same
 * wherever control leaves its block. If a guard may fail to be taken, the call that enters is a
 * branch's condition, non-zero if it is taken.
 */
final class BodyExtractor {
  private static final byte[] IFNDEF = "#ifndef".getBytes(StandardCharsets.US_ASCII);
  private static final String GUARD = "guard";
  private static final String SCOPED_GUARD = "scoped_guard";
  private static final String SCOPED_COND_GUARD = "scoped_cond_guard";
  private static final String GUARD_ENTER = "__guard_enter";
  private static final String GUARD_LEAVE = "__guard_leave";

  /** What is given to these is not cleaned up. */
  private static final Set<String> HANDS_ON = Set.of("no_free_ptr", "return_ptr", "retain_ptr");

  /** Holds a value that is computed before guards are left and used afterwards. */
  private static final String GUARDED_VALUE = "__guarded_value";

  private static final Map<Integer, String> OPERATORS =
      Map.ofEntries(
          Map.entry(NodeKind.OR, "|"),
          Map.entry(NodeKind.AND, "&"),
          Map.entry(NodeKind.XOR, "^"),
          Map.entry(NodeKind.AND_AND, "&&"),
          Map.entry(NodeKind.OR_OR, "||"),
          Map.entry(NodeKind.EQUAL, "=="),
          Map.entry(NodeKind.NOT_EQUAL, "!="),
          Map.entry(NodeKind.LESS, "<"),
          Map.entry(NodeKind.GREATER, ">"),
          Map.entry(NodeKind.LESS_EQUAL, "<="),
          Map.entry(NodeKind.GREATER_EQUAL, ">="),
          Map.entry(NodeKind.SHIFT_LEFT, "<<"),
          Map.entry(NodeKind.SHIFT_RIGHT, ">>"),
          Map.entry(NodeKind.PLUS, "+"),
          Map.entry(NodeKind.MINUS, "-"),
          Map.entry(NodeKind.STAR, "*"),
          Map.entry(NodeKind.SLASH, "/"),
          Map.entry(NodeKind.PERCENT, "%"),
          Map.entry(NodeKind.TILDE, "~"),
          Map.entry(NodeKind.BANG, "!"),
          Map.entry(NodeKind.ASSIGN, "="),
          Map.entry(NodeKind.OR_ASSIGN, "|="),
          Map.entry(NodeKind.AND_ASSIGN, "&="),
          Map.entry(NodeKind.XOR_ASSIGN, "^="),
          Map.entry(NodeKind.PLUS_ASSIGN, "+="),
          Map.entry(NodeKind.MINUS_ASSIGN, "-="),
          Map.entry(NodeKind.STAR_ASSIGN, "*="),
          Map.entry(NodeKind.SLASH_ASSIGN, "/="),
          Map.entry(NodeKind.PERCENT_ASSIGN, "%="),
          Map.entry(NodeKind.SHIFT_LEFT_ASSIGN, "<<="),
          Map.entry(NodeKind.SHIFT_RIGHT_ASSIGN, ">>="));

  private final SyntaxTree tree;
  private final FileText text;
  private final List<Variable> locals;

  private final List<List<Expr>> events = new ArrayList<>();
  private final List<Exit> exits = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();

  /** What leaves each guard that is held where we are, outermost first. */
  private final List<Expr> guards = new ArrayList<>();

  /** Where a goto stands and what it holds; what of it is left depends on the label. */
  private record GuardedJump(int block, List<Expr> held, String label) {}

  private final List<GuardedJump> guardedJumps = new ArrayList<>();
  private final Map<String, List<Expr>> heldAtLabels = new HashMap<>();

  /** The block that is being filled. */
  private int current;

  private int breakTarget = -1;
  private int continueTarget = -1;

  /** How many guards are held at the targets. */
  private int breakGuards;

  private int continueGuards;

  /** Blocks that the cases of the innermost switch begin, and whether one is its default. */
  private List<Integer> cases;

  private boolean hasDefault;

  /** What the innermost #ifdef asks for: inside it, that name is known to exist. */
  private String testedName;

  BodyExtractor(SyntaxTree tree, FileText text, List<Variable> locals) {
    this.tree = tree;
    this.text = text;
    this.locals = locals;
  }

  /** Blocks of the compound statement {@code body}; the entry comes first. */
  List<Block> extract(int body) {
    current = newBlock();
    statement(body);
    int closing = Math.max(tree.end(body) - 1, 0);
    close(new Exit(ExitKind.RETURN, null, List.of(), text.span(closing, closing + 1)));
    leaveGuardsAtGotos();
    return ControlFlow.simplify(events, exits);
  }

  // ---- blocks

  private int newBlock() {
    events.add(new ArrayList<>());
    exits.add(null);
    return events.size() - 1;
  }

  /** Ends the current block; later code needs a new one. */
  private void close(Exit exit) {
    if (exits.get(current) == null) {
      exits.set(current, exit);
    }
  }

  private void jump(int target) {
    close(new Exit(ExitKind.JUMP, null, List.of(target), null));
  }

  private void startBlock(int block) {
    current = block;
  }

  private int label(String name) {
    return labels.computeIfAbsent(name, n -> newBlock());
  }

  private void emit(Expr event) {
    if (isWorthKeeping(event)) {
      events.get(current).add(event);
    }
  }

  private static boolean isWorthKeeping(Expr e) {
    switch (e.kind()) {
      case CALL:
        return true;
      case ASSIGN:
        Expr target = e.operand(0);
        return target.is(Expr.Kind.NAME)
            || target.is(Expr.Kind.FIELD)
            || target.isUnary("*")
                && target.operand(0).is(Expr.Kind.NAME)
                && e.operand(1).is(Expr.Kind.NAME)
            || containsCall(e.operand(1))
            || containsCall(target);
      default:
        return containsCall(e);
    }
  }

  private static boolean containsCall(Expr e) {
    if (e.is(Expr.Kind.CALL) || e.is(Expr.Kind.ASSIGN)) {
      return true;
    }
    for (Expr operand : e.operands()) {
      if (containsCall(operand)) {
        return true;
      }
    }
    return false;
  }

  // ---- statements

  private void statements(int parent, int from) {
    for (int c = from; c >= 0; c = tree.nextSibling(parent, c)) {
      statement(c);
    }
  }

  private void statement(int node) {
    switch (tree.kind(node)) {
      case NodeKind.COMPOUND_STATEMENT -> {
        int held = guards.size();
        statements(node, tree.firstChild(node));
        dropGuards(held);
      }
      case NodeKind.ATTRIBUTED_STATEMENT, NodeKind.ELSE_CLAUSE, NodeKind.DECLARATION_LIST ->
          statements(node, tree.firstChild(node));
      case NodeKind.EXPRESSION_STATEMENT -> {
        int c = tree.firstChild(node);
        if (c >= 0 && tree.kind(c) != NodeKind.SEMICOLON && !guard(c)) {
          emit(expression(c));
        }
      }
      case NodeKind.DECLARATION -> declaration(node);
      case NodeKind.IF_STATEMENT -> ifStatement(node);
      case NodeKind.WHILE_STATEMENT -> whileStatement(node);
      case NodeKind.DO_STATEMENT -> doStatement(node);
      case NodeKind.FOR_STATEMENT -> forStatement(node);
      case NodeKind.SWITCH_STATEMENT -> switchStatement(node);
      case NodeKind.CASE_STATEMENT -> caseStatement(node);
      case NodeKind.LABELED_STATEMENT -> labeledStatement(node);
      case NodeKind.GOTO_STATEMENT -> {
        int name = tree.child(node, NodeKind.STATEMENT_IDENTIFIER);
        if (name >= 0) {
          jumpToLabel(text.of(tree, name));
        } else {
          close(new Exit(ExitKind.STOP, null, List.of(), null));
        }
        startBlock(newBlock());
      }
      case NodeKind.BREAK_STATEMENT -> leave(breakTarget, breakGuards);
      case NodeKind.CONTINUE_STATEMENT -> leave(continueTarget, continueGuards);
      case NodeKind.RETURN_STATEMENT -> returnStatement(node);
      case NodeKind.PREPROC_IF,
          NodeKind.PREPROC_IFDEF,
          NodeKind.PREPROC_ELIF,
          NodeKind.PREPROC_ELIFDEF ->
          conditionalCompilation(node);
      case NodeKind.PREPROC_ELSE -> statements(node, tree.firstChild(node));
      case NodeKind.FUNCTION_DEFINITION -> {
        // A macro that the parser took for a nested function: its body runs here.
        int body = tree.child(node, NodeKind.COMPOUND_STATEMENT);
        if (body >= 0) {
          statement(body);
        }
      }
      case NodeKind.PREPROC_DEF,
          NodeKind.PREPROC_FUNCTION_DEF,
          NodeKind.PREPROC_CALL,
          NodeKind.PREPROC_INCLUDE,
          NodeKind.TYPE_DEFINITION,
          NodeKind.SEMICOLON,
          NodeKind.STRUCT_SPECIFIER,
          NodeKind.UNION_SPECIFIER,
          NodeKind.ENUM_SPECIFIER -> {}
      case NodeKind.ERROR, NodeKind.OTHER -> statements(node, tree.firstChild(node));
      default -> emit(expression(node));
    }
  }

  private void jumpToLabel(String name) {
    if (!guards.isEmpty()) {
      guardedJumps.add(new GuardedJump(current, List.copyOf(guards), name));
    }
    jump(label(name));
  }

  private void leave(int target, int held) {
    leaveGuards(held);
    if (target >= 0) {
      jump(target);
    } else {
      close(new Exit(ExitKind.STOP, null, List.of(), null));
    }
    startBlock(newBlock());
  }

  private void declaration(int node) {
    String type = text.baseType(tree, node);
    for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
      switch (tree.kind(c)) {
        case NodeKind.INIT_DECLARATOR -> {
          int declarator = tree.firstChild(c);
          int value = tree.lastChild(c);
          int name = FileText.declaredName(tree, declarator);
          if (name < 0 || value == declarator) {
            continue;
          }
          declare(name, type, declarator);
          emit(Expr.of(Expr.Kind.ASSIGN, "=", Expr.name(text.of(tree, name)), expression(value)));
          cleanUp(name, tree.start(value));
        }
        case NodeKind.IDENTIFIER, NodeKind.POINTER_DECLARATOR, NodeKind.ARRAY_DECLARATOR -> {
          int name = FileText.declaredName(tree, c);
          if (name >= 0) {
            declare(name, type, c);
          }
        }
        default -> {}
      }
    }
  }

  /**
   * {@code __cleanup(function)} behind a variable: its address goes there at the block's end. What
   * {@code __free(class)} calls is named as the class is, as far as it matters, and is given the
   * variable.
   */
  private void cleanUp(int name, int end) {
    int at = tree.end(name);
    String attribute = text.originalWord(at);
    boolean frees = attribute.equals("__free");
    if (!frees && !attribute.equals("__cleanup")) {
      return;
    }
    String function = text.originalWord(text.originalWordEnd(at) + 1);
    if (!function.isEmpty() && at < end) {
      Expr variable = Expr.name(text.of(tree, name));
      guards.add(
          call(
              function,
              List.of(frees ? variable : Expr.of(Expr.Kind.UNARY, "&", variable)),
              text.span(tree.start(name), tree.end(name))));
    }
  }

  /** What is handed to somebody else is not freed here, on whatever path that is. */
  private void keepUncleaned(List<Expr> handedOn) {
    for (int i = 0; i < guards.size(); i++) {
      Expr cleanup = guards.get(i);
      if (cleanup.is(Expr.Kind.CALL) && cleanup.arguments().equals(handedOn)) {
        guards.set(i, Expr.UNKNOWN);
      }
    }
  }

  private void declare(int name, String type, int declarator) {
    locals.add(variable(tree, text, name, type, declarator));
  }

  private static Variable variable(
      SyntaxTree tree, FileText text, int name, String type, int declarator) {
    FileText.Declared declared = text.declared(tree, declarator);
    String whole = declared.suffix().isEmpty() ? type : type + declared.suffix();
    return new Variable(text.of(tree, name), whole, dimensions(tree, text, declared));
  }

  /** Sizes of an array, unknown where nothing is written. */
  static List<Expr> dimensions(SyntaxTree tree, FileText text, FileText.Declared declared) {
    if (declared.dimensions().isEmpty()) {
      return List.of();
    }
    List<Expr> sizes = new ArrayList<>();
    for (int node : declared.dimensions()) {
      sizes.add(node < 0 ? Expr.UNKNOWN : value(tree, text, node));
    }
    return List.copyOf(sizes);
  }

  /** An expression that stands in no function. */
  static Expr value(SyntaxTree tree, FileText text, int node) {
    if (tree.kind(node) == NodeKind.NUMBER_LITERAL) {
      return text.number(tree, node);
    }
    BodyExtractor extractor = new BodyExtractor(tree, text, new ArrayList<>());
    extractor.current = extractor.newBlock();
    return extractor.expression(node);
  }

  private void ifStatement(int node) {
    int condition = tree.child(node, NodeKind.PARENTHESIZED_EXPRESSION);
    int consequence = condition < 0 ? -1 : tree.nextSibling(node, condition);
    int alternative = tree.child(node, NodeKind.ELSE_CLAUSE);
    if (consequence < 0) {
      return;
    }
    int yes = newBlock();
    int after = newBlock();
    int no = alternative >= 0 ? newBlock() : after;
    condition(condition, yes, no);
    startBlock(yes);
    statement(consequence);
    jump(after);
    if (alternative >= 0) {
      startBlock(no);
      statement(alternative);
      jump(after);
    }
    startBlock(after);
  }

  private void whileStatement(int node) {
    int condition = tree.child(node, NodeKind.PARENTHESIZED_EXPRESSION);
    int body = condition < 0 ? -1 : tree.nextSibling(node, condition);
    if (condition >= 0 && text.isRewritten(tree.start(node)) && scope(node, condition, body)) {
      return;
    }
    int head = newBlock();
    int inside = newBlock();
    int after = newBlock();
    jump(head);
    startBlock(head);
    boolean iterator = condition >= 0 && text.isRewritten(tree.start(node));
    if (condition >= 0 && !iterator) {
      condition(condition, inside, after);
    } else {
      if (iterator) {
        emitCallsBelow(condition);
      }
      choice(inside, after);
    }
    startBlock(inside);
    if (iterator) {
      setCursor(condition);
    }
    loopBody(body, head, after);
    jump(head);
    startBlock(after);
  }

  /** list_for_each_entry() and the like give their first argument another value each time. */
  private void setCursor(int arguments) {
    int node = arguments;
    while (node >= 0
        && (tree.kind(node) == NodeKind.PARENTHESIZED_EXPRESSION
            || tree.kind(node) == NodeKind.COMMA_EXPRESSION)) {
      int child = tree.firstChild(node);
      while (child >= 0 && tree.kind(child) == NodeKind.OPEN_PAREN) {
        child = tree.nextSibling(node, child);
      }
      node = child;
    }
    if (node >= 0 && tree.kind(node) == NodeKind.IDENTIFIER) {
      emit(Expr.of(Expr.Kind.ASSIGN, "=", name(node), Expr.UNKNOWN));
    }
  }

  private void doStatement(int node) {
    int body = tree.firstChild(node);
    int condition = tree.child(node, NodeKind.PARENTHESIZED_EXPRESSION);
    int inside = newBlock();
    int test = newBlock();
    int after = newBlock();
    jump(inside);
    startBlock(inside);
    loopBody(body, test, after);
    jump(test);
    startBlock(test);
    if (condition >= 0) {
      condition(condition, inside, after);
    } else {
      choice(inside, after);
    }
    startBlock(after);
  }

  private void forStatement(int node) {
    // Parts are told apart by the semicolons; a declaration brings its own.
    int initial = -1;
    int condition = -1;
    int update = -1;
    int body = tree.lastChild(node);
    int part = 0;
    for (int c = tree.firstChild(node); c >= 0 && c != body; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind == NodeKind.SEMICOLON) {
        part++;
      } else if (kind == NodeKind.DECLARATION) {
        initial = c;
        part = 1;
      } else if (part == 0) {
        initial = c;
      } else if (part == 1) {
        condition = c;
      } else {
        update = c;
      }
    }
    if (initial >= 0) {
      statement(initial);
    }
    int head = newBlock();
    int inside = newBlock();
    int step = newBlock();
    int after = newBlock();
    jump(head);
    startBlock(head);
    if (condition >= 0) {
      condition(condition, inside, after);
    } else {
      jump(inside);
    }
    startBlock(inside);
    loopBody(body, step, after);
    jump(step);
    startBlock(step);
    if (update >= 0) {
      emit(expression(update));
    }
    jump(head);
    startBlock(after);
  }

  private void loopBody(int body, int onContinue, int onBreak) {
    int outerBreak = breakTarget;
    int outerContinue = continueTarget;
    int outerBreakGuards = breakGuards;
    int outerContinueGuards = continueGuards;
    breakTarget = onBreak;
    continueTarget = onContinue;
    breakGuards = guards.size();
    continueGuards = guards.size();
    if (body >= 0) {
      statement(body);
    }
    breakTarget = outerBreak;
    continueTarget = outerContinue;
    breakGuards = outerBreakGuards;
    continueGuards = outerContinueGuards;
  }

  private void switchStatement(int node) {
    int condition = tree.child(node, NodeKind.PARENTHESIZED_EXPRESSION);
    int body = tree.lastChild(node);
    if (condition >= 0) {
      emit(expression(condition));
    }
    int after = newBlock();
    int head = current;
    List<Integer> outerCases = cases;
    boolean outerDefault = hasDefault;
    int outerBreak = breakTarget;
    int outerBreakGuards = breakGuards;
    cases = new ArrayList<>();
    hasDefault = false;
    breakTarget = after;
    breakGuards = guards.size();
    startBlock(newBlock());
    if (body >= 0 && body != condition) {
      statement(body);
    }
    jump(after);
    if (!hasDefault) {
      cases.add(after);
    }
    startBlock(head);
    close(new Exit(ExitKind.CHOICE, null, List.copyOf(cases), null));
    cases = outerCases;
    hasDefault = outerDefault;
    breakTarget = outerBreak;
    breakGuards = outerBreakGuards;
    startBlock(after);
  }

  private void caseStatement(int node) {
    int block = newBlock();
    jump(block);
    startBlock(block);
    int first = tree.firstChild(node);
    boolean isDefault = first >= 0 && tree.kind(first) == NodeKind.DEFAULT;
    if (cases != null) {
      cases.add(block);
      hasDefault |= isDefault;
    }
    // case VALUE: the value is not code that runs.
    int from = first < 0 ? -1 : tree.nextSibling(node, first);
    if (!isDefault && from >= 0 && tree.kind(first) == NodeKind.CASE) {
      from = tree.nextSibling(node, from);
    }
    while (from >= 0 && tree.kind(from) == NodeKind.COLON) {
      from = tree.nextSibling(node, from);
    }
    statements(node, from);
  }

  private void labeledStatement(int node) {
    int name = tree.firstChild(node);
    if (name < 0) {
      return;
    }
    startLabel(node);
    int from = tree.nextSibling(node, name);
    while (from >= 0 && tree.kind(from) == NodeKind.COLON) {
      from = tree.nextSibling(node, from);
    }
    statements(node, from);
  }

  private void startLabel(int labeled) {
    String name = text.of(tree, tree.firstChild(labeled));
    int block = label(name);
    heldAtLabels.put(name, List.copyOf(guards));
    jump(block);
    startBlock(block);
  }

  private void returnStatement(int node) {
    int child = tree.child(node, NodeKind.RETURN);
    int value = child < 0 ? tree.firstChild(node) : tree.nextSibling(node, child);
    Expr returned = null;
    if (value >= 0 && tree.kind(value) != NodeKind.SEMICOLON) {
      returned = expression(value);
    }
    leaveFunction(returned, text.span(tree.start(node), tree.end(node)));
  }

  private void leaveFunction(Expr value, Span span) {
    Expr returned = beforeLeaving(value, 0);
    leaveGuards(0);
    close(new Exit(ExitKind.RETURN, returned, List.of(), span));
    startBlock(newBlock());
  }

  // ---- guards

  /** Takes the guard that an expression statement is, if it is one. */
  private boolean guard(int node) {
    int callee = tree.kind(node) == NodeKind.CALL_EXPRESSION ? tree.firstChild(node) : -1;
    if (callee < 0 || tree.kind(callee) != NodeKind.CALL_EXPRESSION) {
      return false;
    }
    Expr outer = expression(node);
    Expr guard = outer.operand(0);
    if (!guard.callee().equals(GUARD) || guard.arguments().size() != 1) {
      emit(outer);
      return true;
    }
    List<Expr> arguments = new ArrayList<>(guard.arguments());
    arguments.addAll(outer.arguments());
    emit(hold(arguments, outer.span()));
    return true;
  }

  /**
   * What a scope macro holds for the statement behind it.
   *
   * @return false if it is a loop
   */
  private boolean scope(int node, int condition, int body) {
    List<Integer> parts = new ArrayList<>();
    commaParts(unwrap(condition), parts);
    if (tree.kind(parts.get(0)) != NodeKind.IDENTIFIER
        || !text.of(tree, parts.get(0)).equals(GUARD)) {
      return false;
    }
    String macro = text.originalWord(tree.start(node));
    boolean fails = macro.equals(SCOPED_COND_GUARD);
    int after = newBlock();
    int held = guards.size();
    if ((fails || macro.equals(SCOPED_GUARD)) && parts.size() > (fails ? 2 : 1)) {
      List<Expr> arguments = new ArrayList<>();
      for (int i = 1; i < parts.size(); i++) {
        if (!fails || i != 2) {
          arguments.add(expression(parts.get(i)));
        }
      }
      Span span = text.span(tree.start(node), tree.end(condition));
      Expr leaves = call(GUARD_LEAVE, arguments, span);
      if (fails || isConditional(arguments.get(0).name())) {
        int inside = newBlock();
        int failed = fails ? newBlock() : after;
        branch(call(GUARD_ENTER, arguments, span), inside, failed);
        if (fails) {
          startBlock(failed);
          failure(parts.get(1), parts.get(2), span);
          jump(after);
        }
        guards.add(leaves);
        startBlock(inside);
      } else {
        emit(hold(arguments, span));
      }
    }
    // The macro is a loop that runs once: break and continue end it.
    int end = newBlock();
    loopBody(body, end, end);
    jump(end);
    startBlock(end);
    dropGuards(held);
    jump(after);
    startBlock(after);
    return true;
  }

  /** Classes of guards that may not be taken: mutex_try, rwsem_read_intr. */
  private static boolean isConditional(String guardClass) {
    return guardClass.endsWith("_try")
        || guardClass.endsWith("_intr")
        || guardClass.endsWith("_kill");
  }

  /** The statement that runs if the guard is not taken; a jump is known from the original only. */
  private void failure(int guardClass, int value, Span span) {
    int comma = tree.end(guardClass);
    int start = text.skipTo(',', comma, tree.end(value)) + 1;
    switch (text.originalWord(start)) {
      case "return" -> {
        Expr returned = expression(value);
        leaveFunction(returned.is(Expr.Kind.OPAQUE) ? null : returned, span);
      }
      case "break" -> leave(breakTarget, breakGuards);
      case "continue" -> leave(continueTarget, continueGuards);
      case "goto" -> {
        jumpToLabel(text.originalWord(text.originalWordEnd(start)));
        startBlock(newBlock());
      }
      default -> emit(expression(value));
    }
  }

  private void commaParts(int node, List<Integer> parts) {
    if (tree.kind(node) == NodeKind.COMMA_EXPRESSION) {
      commaParts(tree.firstChild(node), parts);
      commaParts(tree.lastChild(node), parts);
    } else {
      parts.add(node);
    }
  }

  private Expr hold(List<Expr> arguments, Span span) {
    guards.add(call(GUARD_LEAVE, arguments, span));
    return call(GUARD_ENTER, arguments, span);
  }

  private static Expr call(String function, List<Expr> arguments, Span span) {
    List<Expr> operands = new ArrayList<>();
    operands.add(Expr.name(function));
    operands.addAll(arguments);
    return new Expr(Expr.Kind.CALL, "", List.copyOf(operands), 0, span);
  }

  /** Leaves the guards down to the outermost {@code held} on the current path only. */
  private void leaveGuards(int held) {
    for (int i = guards.size() - 1; i >= held; i--) {
      emit(guards.get(i));
    }
  }

  /** Leaves them for all code that follows. */
  private void dropGuards(int held) {
    if (guards.size() > held) {
      leaveGuards(held);
      guards.subList(held, guards.size()).clear();
    }
  }

  /** A value of which nothing is computed any more once guards are left; null stays null. */
  private Expr beforeLeaving(Expr value, int held) {
    if (guards.size() <= held || value == null || !containsCall(value)) {
      return value;
    }
    if (locals.stream().noneMatch(local -> local.name().equals(GUARDED_VALUE))) {
      locals.add(new Variable(GUARDED_VALUE, "", List.of()));
    }
    emit(Expr.of(Expr.Kind.ASSIGN, "=", Expr.name(GUARDED_VALUE), value));
    return Expr.name(GUARDED_VALUE);
  }

  /** A goto leaves the guards that are not held at its label, which may come after it. */
  private void leaveGuardsAtGotos() {
    for (GuardedJump jump : guardedJumps) {
      List<Expr> kept = heldAtLabels.getOrDefault(jump.label(), List.of());
      int same = 0;
      while (same < Math.min(kept.size(), jump.held().size())
          && kept.get(same) == jump.held().get(same)) {
        same++;
      }
      for (int i = jump.held().size() - 1; i >= same; i--) {
        Expr leave = jump.held().get(i);
        if (leave.is(Expr.Kind.CALL)) {
          events.get(jump.block()).add(leave);
        }
      }
    }
  }

  /** Both sides of an #if are alternatives, never one after the other. */
  private void conditionalCompilation(int node) {
    int first = tree.firstChild(node);
    boolean never =
        tree.kind(node) == NodeKind.PREPROC_IF
            && first >= 0
            && tree.kind(first) == NodeKind.NUMBER_LITERAL
            && text.of(tree, first).equals("0");
    int alternative = -1;
    for (int c = first; c >= 0; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind == NodeKind.PREPROC_ELSE
          || kind == NodeKind.PREPROC_ELIF
          || kind == NodeKind.PREPROC_ELIFDEF) {
        alternative = c;
      }
    }
    int held = guards.size();
    int yes = newBlock();
    int no = newBlock();
    int after = newBlock();
    if (never) {
      jump(no);
    } else if (isNegated(node)) {
      branch(tested(node, first), no, yes);
    } else {
      branch(tested(node, first), yes, no);
    }
    startBlock(yes);
    boolean condition = true;
    String outerTested = testedName;
    testedName = first >= 0 ? text.of(tree, first) : null;
    for (int c = first; c >= 0 && c != alternative; c = tree.nextSibling(node, c)) {
      // The first child is what is tested.
      if (!condition) {
        statement(c);
      }
      condition = false;
    }
    testedName = outerTested;
    // A guard that only one configuration takes would be held on one way and not on the other.
    dropGuards(held);
    jump(after);
    startBlock(no);
    if (alternative >= 0) {
      statement(alternative);
      dropGuards(held);
    }
    jump(after);
    startBlock(after);
  }

  private boolean isNegated(int node) {
    return tree.kind(node) == NodeKind.PREPROC_IFDEF && text.startsWith(tree.start(node), IFNDEF);
  }

  /** What is tested, by its words: the same words elsewhere get the same answer. */
  private Expr tested(int node, int first) {
    if (first < 0) {
      return Expr.UNKNOWN;
    }
    String words = text.compact(tree.start(first), tree.end(first));
    boolean plain = tree.kind(first) == NodeKind.IDENTIFIER;
    boolean defined = words.matches("defined *\\(? *\\w+ *\\)?");
    String name = defined ? words.replaceAll("^defined|[() ]", "") : words;
    return Expr.name(plain || defined ? "#" + name : "#if " + name);
  }

  private void branch(Expr condition, int yes, int no) {
    close(new Exit(ExitKind.BRANCH, condition, List.of(yes, no), null));
  }

  private void choice(int... targets) {
    List<Integer> list = new ArrayList<>();
    for (int target : targets) {
      list.add(target);
    }
    close(new Exit(ExitKind.CHOICE, null, List.copyOf(list), null));
  }

  // ---- conditions

  private void condition(int node, int yes, int no) {
    int inner = unwrap(node);
    int kind = tree.kind(inner);
    if (kind == NodeKind.BINARY_EXPRESSION) {
      int operator = operatorOf(inner);
      int left = tree.firstChild(inner);
      int right = tree.lastChild(inner);
      if (operator == NodeKind.AND_AND || operator == NodeKind.OR_OR) {
        int next = newBlock();
        if (operator == NodeKind.AND_AND) {
          condition(left, next, no);
        } else {
          condition(left, yes, next);
        }
        startBlock(next);
        condition(right, yes, no);
        return;
      }
    } else if (kind == NodeKind.UNARY_EXPRESSION) {
      int operator = tree.firstChild(inner);
      if (operator >= 0 && tree.kind(operator) == NodeKind.BANG) {
        condition(tree.lastChild(inner), no, yes);
        return;
      }
    } else if (kind == NodeKind.CALL_EXPRESSION) {
      int argument = branchHintArgument(inner);
      if (argument >= 0) {
        condition(argument, yes, no);
        return;
      }
    }
    Expr value = expression(inner);
    if (value.is(Expr.Kind.ASSIGN)) {
      emit(value);
      value = value.operand(0);
    }
    if (value.is(Expr.Kind.NUMBER)) {
      jump(value.number() != 0 ? yes : no);
    } else {
      Span span = text.span(tree.start(inner), tree.end(inner));
      close(new Exit(ExitKind.BRANCH, value, List.of(yes, no), span));
    }
  }

  /** The x of likely(x) and unlikely(x), or -1. */
  private int branchHintArgument(int call) {
    int callee = tree.firstChild(call);
    int arguments = tree.child(call, NodeKind.ARGUMENT_LIST);
    if (callee < 0 || arguments < 0 || tree.kind(callee) != NodeKind.IDENTIFIER) {
      return -1;
    }
    String name = text.of(tree, callee);
    return name.equals("likely") || name.equals("unlikely") ? tree.firstChild(arguments) : -1;
  }

  private int unwrap(int node) {
    int inner = node;
    while (tree.kind(inner) == NodeKind.PARENTHESIZED_EXPRESSION) {
      int child = tree.firstChild(inner);
      if (child < 0 || tree.kind(child) == NodeKind.COMPOUND_STATEMENT) {
        return inner;
      }
      inner = child;
    }
    return inner;
  }

  // ---- expressions

  private Expr expression(int node) {
    switch (tree.kind(node)) {
      case NodeKind.IDENTIFIER, NodeKind.TYPE_IDENTIFIER, NodeKind.FIELD_IDENTIFIER:
        return name(node);
      case NodeKind.NUMBER_LITERAL:
        return text.number(tree, node);
      case NodeKind.TRUE:
        return Expr.number(1);
      case NodeKind.FALSE, NodeKind.NULL:
        return Expr.number(0);
      case NodeKind.STRING_LITERAL, NodeKind.CONCATENATED_STRING:
        return Expr.of(Expr.Kind.STRING, "");
      case NodeKind.CALL_EXPRESSION:
        return call(node);
      case NodeKind.PARENTHESIZED_EXPRESSION:
        return parenthesized(node);
      case NodeKind.CAST_EXPRESSION, NodeKind.EXTENSION_EXPRESSION:
        return lastOperand(node);
      case NodeKind.FIELD_EXPRESSION:
        return field(node);
      case NodeKind.SUBSCRIPT_EXPRESSION:
        return binaryParts(node, Expr.Kind.INDEX, "");
      case NodeKind.BINARY_EXPRESSION:
        return binary(node);
      case NodeKind.UNARY_EXPRESSION, NodeKind.POINTER_EXPRESSION:
        return unary(node);
      case NodeKind.ASSIGNMENT_EXPRESSION:
        return binaryParts(node, Expr.Kind.ASSIGN, OPERATORS.getOrDefault(operatorOf(node), "="));
      case NodeKind.UPDATE_EXPRESSION:
        return update(node);
      case NodeKind.CONDITIONAL_EXPRESSION:
        return conditional(node);
      case NodeKind.COMMA_EXPRESSION:
        return comma(node);
      case NodeKind.SIZEOF_EXPRESSION:
        return sizeof(node);
      default:
        emitCallsBelow(node);
        return Expr.UNKNOWN;
    }
  }

  /** Names of masks say where they stand, since a wrong one is reported there. */
  private Expr name(int node) {
    String name = text.of(tree, node);
    return (name.startsWith("GFP_") || name.startsWith("__GFP_")) && !name.equals(testedName)
        ? new Expr(Expr.Kind.NAME, name, List.of(), 0, text.span(tree.start(node), tree.end(node)))
        : Expr.name(name);
  }

  /** Initialiser lists and the like: what is called inside still runs. */
  private void emitCallsBelow(int node) {
    for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind == NodeKind.CALL_EXPRESSION || kind == NodeKind.ASSIGNMENT_EXPRESSION) {
        emit(expression(c));
      } else if (kind == NodeKind.COMPOUND_STATEMENT) {
        statement(c);
      } else {
        emitCallsBelow(c);
      }
    }
  }

  private Expr call(int node) {
    int callee = tree.firstChild(node);
    int argumentList = tree.child(node, NodeKind.ARGUMENT_LIST);
    List<Expr> operands = new ArrayList<>();
    operands.add(callee < 0 ? Expr.UNKNOWN : expression(callee));
    if (argumentList >= 0) {
      for (int c = tree.firstChild(argumentList); c >= 0; c = tree.nextSibling(argumentList, c)) {
        if (tree.kind(c) == NodeKind.COMPOUND_STATEMENT) {
          statement(c);
        } else {
          operands.add(expression(c));
        }
      }
    }
    Span span = text.span(tree.start(node), tree.end(node));
    Expr call = new Expr(Expr.Kind.CALL, "", List.copyOf(operands), 0, span);
    if (!guards.isEmpty() && HANDS_ON.contains(call.callee())) {
      keepUncleaned(call.arguments());
    }
    return call;
  }

  private Expr parenthesized(int node) {
    int child = tree.firstChild(node);
    if (child < 0) {
      return Expr.UNKNOWN;
    }
    if (tree.kind(child) != NodeKind.COMPOUND_STATEMENT) {
      return expression(child);
    }
    // ({ ...; value; }): the statements run here, the last one is the value.
    int held = guards.size();
    int last = tree.lastChild(child);
    for (int c = tree.firstChild(child); c >= 0 && c != last; c = tree.nextSibling(child, c)) {
      statement(c);
    }
    Expr value = Expr.UNKNOWN;
    if (last >= 0 && tree.kind(last) == NodeKind.LABELED_STATEMENT) {
      int labeled = tree.lastChild(last);
      if (labeled >= 0 && tree.kind(labeled) == NodeKind.EXPRESSION_STATEMENT) {
        startLabel(last);
        last = labeled;
      }
    }
    if (last >= 0 && tree.kind(last) == NodeKind.EXPRESSION_STATEMENT) {
      int result = tree.firstChild(last);
      value = result < 0 ? Expr.UNKNOWN : beforeLeaving(expression(result), held);
    } else if (last >= 0) {
      statement(last);
    }
    dropGuards(held);
    return value;
  }

  private Expr lastOperand(int node) {
    int last = tree.lastChild(node);
    return last < 0 ? Expr.UNKNOWN : expression(last);
  }

  private Expr field(int node) {
    int base = tree.firstChild(node);
    int name = tree.lastChild(node);
    return Expr.of(Expr.Kind.FIELD, text.of(tree, name), expression(base));
  }

  private Expr binary(int node) {
    int operator = operatorOf(node);
    Expr plain = binaryParts(node, Expr.Kind.BINARY, OPERATORS.getOrDefault(operator, "?"));
    if (operator == NodeKind.OR || operator == NodeKind.AND) {
      return new Expr(
          plain.kind(),
          plain.name(),
          plain.operands(),
          0,
          text.span(tree.start(node), tree.end(node)));
    }
    return plain;
  }

  private Expr binaryParts(int node, Expr.Kind kind, String name) {
    int left = tree.firstChild(node);
    int right = tree.lastChild(node);
    if (left < 0 || right == left) {
      return Expr.UNKNOWN;
    }
    return Expr.of(kind, name, expression(left), expression(right));
  }

  private Expr unary(int node) {
    int operator = tree.firstChild(node);
    int operand = tree.lastChild(node);
    if (operator < 0 || operand == operator) {
      return Expr.UNKNOWN;
    }
    Expr value = expression(operand);
    String name = OPERATORS.getOrDefault(tree.kind(operator), "");
    if (name.equals("-") && value.is(Expr.Kind.NUMBER)) {
      return Expr.number(-value.number());
    }
    return name.isEmpty() ? value : Expr.of(Expr.Kind.UNARY, name, value);
  }

  private Expr update(int node) {
    int increment = tree.child(node, NodeKind.INCREMENT);
    for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind != NodeKind.INCREMENT && kind != NodeKind.DECREMENT) {
        return Expr.of(
            Expr.Kind.ASSIGN, increment >= 0 ? "+=" : "-=", expression(c), Expr.number(1));
      }
    }
    return Expr.UNKNOWN;
  }

  private Expr conditional(int node) {
    List<Expr> parts = new ArrayList<>();
    for (int c = tree.firstChild(node); c >= 0; c = tree.nextSibling(node, c)) {
      int kind = tree.kind(c);
      if (kind != NodeKind.QUESTION && kind != NodeKind.COLON) {
        parts.add(expression(c));
      }
    }
    // The GNU form a ?: b.
    if (parts.size() == 2) {
      parts.add(1, parts.get(0));
    }
    return parts.size() == 3
        ? new Expr(Expr.Kind.CONDITIONAL, "", List.copyOf(parts), 0, null)
        : Expr.UNKNOWN;
  }

  private Expr comma(int node) {
    int left = tree.firstChild(node);
    int right = tree.lastChild(node);
    if (left < 0 || left == right) {
      return Expr.UNKNOWN;
    }
    emit(expression(left));
    return expression(right);
  }

  private Expr sizeof(int node) {
    int operand = tree.lastChild(node);
    return operand < 0 || !text.isSizeof(tree.start(node))
        ? Expr.UNKNOWN
        : Expr.of(Expr.Kind.SIZEOF, text.compact(tree.start(operand), tree.end(operand)));
  }

  /** The kind of the token between the operands. */
  private int operatorOf(int node) {
    int left = tree.firstChild(node);
    int operator = left < 0 ? -1 : tree.nextSibling(node, left);
    return operator < 0 ? NodeKind.OTHER : tree.kind(operator);
  }
}
