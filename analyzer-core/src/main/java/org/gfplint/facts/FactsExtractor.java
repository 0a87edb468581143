package org.gfplint.facts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.syntax.CParser;
import org.gfplint.syntax.NodeKind;
import org.gfplint.syntax.SyntaxTree;

/** Reads facts from C files, one after the other. For one thread. */
public final class FactsExtractor implements AutoCloseable {
  /** Changes whenever the same bytes would give other facts. */
  public static final int VERSION = 12;

  private static final Set<String> DECLARES_WORK =
      Set.of("DECLARE_WORK", "DECLARE_DELAYED_WORK", "DECLARE_DEFERRABLE_WORK");

  private static final byte[] INIT = "__init".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] DEFINE = "define".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TYPEDEF = "typedef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENDIF = "endif".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] INCLUDE = "include".getBytes(StandardCharsets.US_ASCII);

  private final CParser parser = new CParser();
  private final FileText text = new FileText();

  private List<FunctionFacts> functions;
  private List<MacroConstant> constants;
  private List<StoredFunction> stored;
  private List<String> includes;
  private List<IgnoreComments.Extent> extents;
  private final TypeExtractor types = new TypeExtractor(text);
  private MacroBodies macroBodies;
  private byte[] original;

  /**
   * Facts of one file.
   *
   * @param bytes its text, macros already normalised
   * @param length how many of the bytes count
   * @param original the text as it was before, at least as long; read for annotations only
   */
  public FileFacts extract(byte[] bytes, int length, byte[] original) {
    this.original = original;
    functions = new ArrayList<>();
    constants = new ArrayList<>();
    stored = new ArrayList<>();
    includes = new ArrayList<>();
    extents = new ArrayList<>();
    macroBodies = new MacroBodies(text);
    text.reset(bytes, length, original);
    types.reset(original);
    if (isWorthParsing(bytes, length)) {
      parser.parse(bytes, length, this::item);
    } else {
      directives(bytes, length);
    }
    TypeFacts typeFacts = types.facts();
    mentions(length);
    if (!macroBodies.isEmpty()) {
      byte[] macros = macroBodies.text();
      text.reset(macros, macros.length, macroBodies.lineMap());
      parser.parse(macros, macros.length, (tree, hasError) -> macroItem(tree, hasError));
    }
    // Some were read with the file, some after it: a name's first definition comes first.
    constants.sort(Comparator.comparingInt(MacroConstant::line));
    return new FileFacts(
        List.copyOf(functions),
        List.copyOf(constants),
        List.copyOf(stored),
        List.copyOf(includes),
        typeFacts,
        IgnoreComments.of(original, length, extents));
  }

  /**
   * Functions that anybody may come to call, by whatever way their names are given away or made
   * known to modules.
   */
  private void mentions(int length) {
    Set<String> own = new HashSet<>();
    for (FunctionFacts function : functions) {
      if (function.linkage() != Linkage.MACRO) {
        own.add(function.name());
      }
    }
    stored.forEach(s -> own.remove(s.function()));
    for (String name : new TreeSet<>(Mentions.of(original, length, own))) {
      stored.add(new StoredFunction("", "", name, 1));
    }
  }

  /** Without braces and typedefs there are neither functions nor types, and no need to parse. */
  private static boolean isWorthParsing(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '{'
          || bytes[i] == 'y' && i > 0 && startsWith(bytes, i - 1, length, TYPEDEF)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the #define and #include lines: tables of registers are half of a kernel. */
  private void directives(byte[] bytes, int length) {
    int line = 1;
    for (int start = 0; start < length; line++) {
      int end = start;
      while (end < length && bytes[end] != '\n') {
        end++;
      }
      int firstLine = line;
      while (end < length && end > start && bytes[end - 1] == '\\') {
        end++;
        line++;
        while (end < length && bytes[end] != '\n') {
          end++;
        }
      }
      int word = skipBlanks(bytes, start, end);
      if (word < end && bytes[word] == '#') {
        directive(bytes, skipBlanks(bytes, word + 1, end), end, firstLine);
      }
      start = end + 1;
    }
  }

  private void directive(byte[] bytes, int start, int end, int line) {
    if (startsWith(bytes, start, end, DEFINE)) {
      int name = skipBlanks(bytes, start + DEFINE.length, end);
      int after = name;
      while (after < end && Character.isJavaIdentifierPart(bytes[after])) {
        after++;
      }
      if (after == name) {
        return;
      }
      if (after < end && bytes[after] == '(') {
        int close = after;
        while (close < end && bytes[close] != ')') {
          close++;
        }
        int body = skipBlanks(bytes, Math.min(close + 1, end), end);
        macroBodies.addFunction(
            text.of(name, after), bytes, after, Math.min(close + 1, end), body, end, line);
      } else {
        macroBodies.addConstant(name, after, skipBlanks(bytes, after, end), end, line, constants);
      }
    } else if (startsWith(bytes, start, end, INCLUDE)) {
      String quoted = text.of(skipBlanks(bytes, start + INCLUDE.length, end), end).strip();
      int close = quoted.length() < 2 ? -1 : quoted.indexOf(quoted.charAt(0) == '<' ? '>' : '"', 1);
      if (close > 1) {
        includes.add(quoted.substring(1, close));
      }
    }
  }

  private static int skipBlanks(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  private static boolean startsWith(byte[] bytes, int from, int end, byte[] word) {
    return end - from > word.length
        && Arrays.equals(bytes, from, from + word.length, word, 0, word.length)
        && !Character.isJavaIdentifierPart(bytes[from + word.length]);
  }

  private void item(SyntaxTree tree, boolean hasError) {
    types.item(tree, hasError);
    switch (tree.kind(0)) {
      case NodeKind.FUNCTION_DEFINITION -> {
        FunctionFacts function = function(tree, false);
        if (function != null) {
          functions.add(function);
          extents.add(
              new IgnoreComments.Extent(text.line(tree.start(0)), function.span().endLine()));
        }
      }
      case NodeKind.DECLARATION -> globalDeclaration(tree);
      case NodeKind.EXPRESSION_STATEMENT -> declaredWork(tree);
      case NodeKind.ENUM_SPECIFIER,
          NodeKind.STRUCT_SPECIFIER,
          NodeKind.UNION_SPECIFIER,
          NodeKind.TYPE_DEFINITION ->
          enumerators(tree);
      case NodeKind.PREPROC_INCLUDE -> include(tree);
      case NodeKind.PREPROC_DEF -> constantMacro(tree);
      case NodeKind.PREPROC_FUNCTION_DEF -> functionMacro(tree);
      default -> {}
    }
  }

  private void macroItem(SyntaxTree tree, boolean hasError) {
    if (tree.kind(0) != NodeKind.FUNCTION_DEFINITION) {
      return;
    }
    FunctionFacts function = function(tree, true);
    if (function == null) {
      return;
    }
    if (function.returnType().equals(MacroBodies.CONSTANT)) {
      Block entry = function.blocks().get(0);
      Expr value = entry.exit().condition();
      if (!hasError && value != null && entry.events().isEmpty()) {
        constants.add(new MacroConstant(function.name(), value, function.span().line()));
      }
    } else {
      functions.add(function);
    }
  }

  private FunctionFacts function(SyntaxTree tree, boolean macro) {
    int name = FileText.functionName(tree);
    if (name < 0) {
      return null;
    }
    int body = tree.child(0, NodeKind.COMPOUND_STATEMENT);
    int declarator = FileText.functionDeclarator(tree);
    boolean isStatic = false;
    for (int c = tree.firstChild(0); c >= 0; c = tree.nextSibling(0, c)) {
      isStatic |=
          tree.kind(c) == NodeKind.STORAGE_CLASS_SPECIFIER
              && tree.firstChild(c) >= 0
              && tree.kind(tree.firstChild(c)) == NodeKind.STATIC;
    }
    List<Variable> locals = new ArrayList<>();
    List<Block> blocks = new BodyExtractor(tree, text, locals).extract(body);
    return new FunctionFacts(
        text.of(tree, name),
        macro ? Linkage.MACRO : isStatic ? Linkage.STATIC : Linkage.GLOBAL,
        !macro && isInit(tree.start(0), tree.start(name)),
        text.baseType(tree, 0) + starsAbove(tree, declarator),
        parameters(tree, declarator),
        List.copyOf(locals),
        text.span(tree.start(name), tree.end(0)),
        blocks);
  }

  /** Whether "__init" stands between the two places of the original text. */
  private boolean isInit(int from, int to) {
    for (int i = from; i + INIT.length <= to; i++) {
      if (Arrays.equals(original, i, i + INIT.length, INIT, 0, INIT.length)) {
        return true;
      }
    }
    return false;
  }

  private String starsAbove(SyntaxTree tree, int functionDeclarator) {
    StringBuilder stars = new StringBuilder();
    for (int n = 1; n < functionDeclarator; n++) {
      if (tree.kind(n) == NodeKind.POINTER_DECLARATOR && tree.after(n) > functionDeclarator) {
        stars.append('*');
      }
    }
    return stars.toString();
  }

  private List<Variable> parameters(SyntaxTree tree, int declarator) {
    int list = tree.child(declarator, NodeKind.PARAMETER_LIST);
    List<Variable> parameters = new ArrayList<>();
    if (list < 0) {
      return parameters;
    }
    for (int c = tree.firstChild(list); c >= 0; c = tree.nextSibling(list, c)) {
      switch (tree.kind(c)) {
        case NodeKind.PARAMETER_DECLARATION -> {
          String type = text.baseType(tree, c);
          int last = tree.lastChild(c);
          boolean named = last >= 0 && FileText.isDeclarator(tree.kind(last));
          int name = named ? FileText.declaredName(tree, last) : -1;
          boolean typeOnly = name == last && tree.kind(last) == NodeKind.TYPE_IDENTIFIER;
          if (type.equals("void")
              && name < 0
              && tree.kind(last) != NodeKind.ABSTRACT_POINTER_DECLARATOR) {
            continue;
          }
          parameters.add(
              new Variable(
                  name < 0 || typeOnly ? "" : text.of(tree, name),
                  type + (named ? suffixOfParameter(tree, last) : "")));
        }
        case NodeKind.IDENTIFIER -> parameters.add(new Variable(text.of(tree, c), ""));
        case NodeKind.VARIADIC_PARAMETER -> parameters.add(new Variable("...", ""));
        default -> {}
      }
    }
    return parameters;
  }

  /** As of any declarator, but an array is the pointer that is passed for it. */
  private String suffixOfParameter(SyntaxTree tree, int declarator) {
    FileText.Declared declared = text.declared(tree, declarator);
    int inner = declared.dimensions().size() - 1;
    return inner < 0 ? declared.suffix() : declared.suffix() + "[]".repeat(inner) + "*";
  }

  // ---- tables, enums, includes

  /** Initialisers of operations tables: who is stored under which field. */
  private void globalDeclaration(SyntaxTree tree) {
    enumerators(tree);
    String type = text.baseType(tree, 0);
    String tag = type.startsWith("struct ") ? type.substring(7) : "";
    for (int n = 1; n < tree.size(); n++) {
      if (tree.kind(n) == NodeKind.CALL_EXPRESSION) {
        securityHook(tree, n);
      }
      if (tree.kind(n) != NodeKind.INITIALIZER_PAIR) {
        continue;
      }
      int designator = tree.firstChild(n);
      for (int c = designator; c >= 0; c = tree.nextSibling(n, c)) {
        // .outer.inner = function
        if (tree.kind(c) == NodeKind.FIELD_DESIGNATOR) {
          designator = c;
        }
      }
      int value = tree.lastChild(n);
      while (value >= 0 && tree.kind(value) == NodeKind.POINTER_EXPRESSION) {
        value = tree.lastChild(value);
      }
      if (designator < 0
          || value < 0
          || tree.kind(designator) != NodeKind.FIELD_DESIGNATOR
          || tree.kind(value) != NodeKind.IDENTIFIER) {
        continue;
      }
      int field = tree.lastChild(designator);
      String function = text.of(tree, value);
      if (field >= 0 && !isConstantName(function)) {
        stored.add(
            new StoredFunction(tag, text.of(tree, field), function, text.line(tree.start(n))));
      }
    }
  }

  /** {@code LSM_HOOK_INIT(hook, function)} hangs a function into the list of a hook. */
  private void securityHook(SyntaxTree tree, int call) {
    int callee = tree.firstChild(call);
    int arguments = tree.child(call, NodeKind.ARGUMENT_LIST);
    if (callee < 0
        || arguments < 0
        || tree.kind(callee) != NodeKind.IDENTIFIER
        || !text.of(tree, callee).equals("LSM_HOOK_INIT")) {
      return;
    }
    int hook = tree.firstChild(arguments);
    int function = tree.lastChild(arguments);
    if (hook >= 0 && function != hook && tree.kind(function) == NodeKind.IDENTIFIER) {
      stored.add(
          new StoredFunction(
              "security_hook_list",
              text.of(tree, hook),
              text.of(tree, function),
              text.line(tree.start(call))));
    }
  }

  /** {@code DECLARE_WORK(work, function)}: stored in a variable of that name. */
  private void declaredWork(SyntaxTree tree) {
    int call = tree.child(0, NodeKind.CALL_EXPRESSION);
    int arguments = call < 0 ? -1 : tree.child(call, NodeKind.ARGUMENT_LIST);
    int work = arguments < 0 ? -1 : tree.firstChild(arguments);
    int function = work < 0 ? -1 : tree.nextSibling(arguments, work);
    if (function >= 0
        && tree.kind(work) == NodeKind.IDENTIFIER
        && tree.kind(function) == NodeKind.IDENTIFIER
        && DECLARES_WORK.contains(text.of(tree, tree.firstChild(call)))) {
      stored.add(
          new StoredFunction(
              StoredFunction.WORK,
              text.of(tree, work),
              text.of(tree, function),
              text.line(tree.start(call))));
    }
  }

  private static boolean isConstantName(String name) {
    return name.equals(name.toUpperCase(java.util.Locale.ROOT));
  }

  private void enumerators(SyntaxTree tree) {
    for (int n = 0; n < tree.size(); n++) {
      if (tree.kind(n) == NodeKind.ENUMERATOR_LIST) {
        enumerators(tree, n, new Counter());
      }
    }
  }

  /**
   * What the next enumerator without a value of its own is: so much more than the last with one.
   */
  private static final class Counter {
    String last = "";
    boolean known = true;
    long more;

    /** How many of those since then depend on the configuration. */
    long maybe;

    /** How many #if stand around the place. */
    int depth;

    Expr next() {
      if (!known) {
        return Expr.UNKNOWN;
      }
      return maybe == 0
          ? value(more)
          : new Expr(
              Expr.Kind.CONDITIONAL,
              "",
              List.of(Expr.UNKNOWN, value(more), value(more - maybe)),
              0,
              null);
    }

    private Expr value(long n) {
      return last.isEmpty()
          ? Expr.number(n)
          : Expr.of(Expr.Kind.BINARY, "+", Expr.name(last), Expr.number(n));
    }
  }

  private void enumerators(SyntaxTree tree, int list, Counter counter) {
    int at = tree.start(list);
    for (int c = tree.firstChild(list); c >= 0; c = tree.nextSibling(list, c)) {
      countConditions(at, tree.start(c), counter);
      at = tree.end(c);
      switch (tree.kind(c)) {
        case NodeKind.ENUMERATOR -> enumerator(tree, c, counter);
        case NodeKind.PREPROC_IF,
            NodeKind.PREPROC_IFDEF,
            NodeKind.PREPROC_ELSE,
            NodeKind.PREPROC_ELIF,
            NodeKind.PREPROC_ELIFDEF -> {
          counter.depth++;
          enumerators(tree, c, counter);
          counter.depth--;
        }
        case NodeKind.IDENTIFIER, NodeKind.ERROR -> {
          if (tree.kind(list) == NodeKind.ENUMERATOR_LIST) {
            // A macro that makes some.
            counter.known = false;
          }
        }
        default -> {}
      }
    }
  }

  /** The normaliser takes the #if lines out of an enum: the parser would not understand them. */
  private void countConditions(int from, int to, Counter counter) {
    byte[] bytes = text.bytes();
    for (int i = from; i < to; i++) {
      if (original[i] == '#' && bytes[i] != '#') {
        int word = skipBlanks(original, i + 1, to);
        if (to - word > 2 && original[word] == 'i' && original[word + 1] == 'f') {
          counter.depth++;
        } else if (startsWith(original, word, to, ENDIF) && counter.depth > 0) {
          counter.depth--;
        }
      }
    }
  }

  private void enumerator(SyntaxTree tree, int node, Counter counter) {
    int name = tree.firstChild(node);
    int value = tree.lastChild(node);
    String identifier = text.of(tree, name);
    int line = text.line(tree.start(node));
    if (value != name) {
      macroBodies.addConstant(
          tree.start(name), tree.end(name), tree.start(value), tree.end(value), line, constants);
      counter.last = identifier;
      counter.known = counter.depth == 0;
      counter.more = 0;
      counter.maybe = 0;
    } else {
      constants.add(new MacroConstant(identifier, counter.next(), line));
      counter.maybe += counter.depth > 0 ? 1 : 0;
    }
    counter.more++;
  }

  private void include(SyntaxTree tree) {
    int path = tree.lastChild(0);
    if (path >= 0) {
      String quoted =
          new String(
                  text.bytes(),
                  tree.start(path),
                  tree.end(path) - tree.start(path),
                  StandardCharsets.UTF_8)
              .strip();
      if (quoted.length() > 2) {
        includes.add(quoted.substring(1, quoted.length() - 1));
      }
    }
  }

  private void constantMacro(SyntaxTree tree) {
    int name = tree.child(0, NodeKind.IDENTIFIER);
    int value = tree.child(0, NodeKind.PREPROC_ARG);
    if (name >= 0 && value >= 0) {
      macroBodies.addConstant(
          tree.start(name),
          tree.end(name),
          tree.start(value),
          tree.end(value),
          text.line(tree.start(0)),
          constants);
    }
  }

  private void functionMacro(SyntaxTree tree) {
    int name = tree.child(0, NodeKind.IDENTIFIER);
    int parameters = tree.child(0, NodeKind.PREPROC_PARAMS);
    int body = tree.child(0, NodeKind.PREPROC_ARG);
    if (name >= 0 && parameters >= 0 && body >= 0) {
      macroBodies.addFunction(
          text.of(tree, name),
          text.bytes(),
          tree.start(parameters),
          tree.end(parameters),
          tree.start(body),
          tree.end(body),
          text.line(tree.start(0)));
    }
  }

  @Override
  public void close() {
    parser.close();
  }
}
