package org.gfplint.fix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gfplint.finding.Edit;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Location;
import org.gfplint.finding.Remedy;
import org.gfplint.model.ScopeKind;

/**
 * Turns remedies into changes of one file's text, where the text is what the analysis took it for
 * and has a form in which the change is mechanical.
 */
public final class FixWriter {
  private static final String HEADER = "linux/sched/mm.h";

  /** Calls in a return statement that allocate nothing: a scope may be closed before them. */
  private static final Set<String> HARMLESS =
      Set.of(
          "ERR_PTR",
          "PTR_ERR",
          "ERR_CAST",
          "IS_ERR",
          "IS_ERR_OR_NULL",
          "PTR_ERR_OR_ZERO",
          "likely",
          "unlikely",
          "min",
          "max",
          "sizeof",
          "ARRAY_SIZE",
          "READ_ONCE",
          "return");

  private static final Set<String> NOT_OF_THE_TYPE =
      Set.of(
          "static",
          "inline",
          "__always_inline",
          "noinline",
          "extern",
          "__must_check",
          "__init",
          "__exit",
          "__maybe_unused",
          "__cold");

  private final SourceText source;
  private final Tokens tokens;

  /**
   * A writer for one file.
   *
   * @param path as findings have it
   * @param text its bytes
   */
  public FixWriter(String path, byte[] text) {
    source = new SourceText(path, text);
    tokens = new Tokens(source);
  }

  /** The change that a remedy asks for; empty if the code is not of a form that allows it. */
  public Optional<Fix> write(Remedy remedy) {
    Changes changes = new Changes(source);
    boolean done;
    if (remedy instanceof Remedy.Rename rename) {
      done = rename(rename, changes);
    } else if (remedy instanceof Remedy.Wrap wrap) {
      done = wrap(wrap, changes);
    } else {
      done = restore((Remedy.Restore) remedy, changes);
    }
    return done ? Optional.of(new Fix(remedy.description(), changes.inOrder())) : Optional.empty();
  }

  /** Edits as they are put together. */
  private static final class Changes {
    private final SourceText source;
    private final List<Edit> edits = new ArrayList<>();

    Changes(SourceText source) {
      this.source = source;
    }

    void insert(int offset, String text) {
      replace(offset, offset, text);
    }

    void replace(int start, int end, String text) {
      edits.add(new Edit(source.location(start, end), text));
    }

    /** Insertions at one place stay in the order in which they were asked for. */
    List<Edit> inOrder() {
      List<Edit> sorted = new ArrayList<>(edits);
      sorted.sort(
          Comparator.comparingInt((Edit e) -> e.place().line())
              .thenComparingInt(e -> e.place().column())
              .thenComparingInt(e -> e.place().endLine())
              .thenComparingInt(e -> e.place().endColumn()));
      return sorted;
    }
  }

  private int offset(Location place) {
    return source.offset(place.line(), place.column());
  }

  // ---- names of masks

  private boolean rename(Remedy.Rename remedy, Changes changes) {
    int start = offset(remedy.place());
    int end = source.offset(remedy.place().endLine(), remedy.place().endColumn());
    if (start < 0 || end <= start) {
      return false;
    }
    int first = tokens.from(start);
    return rename(first, tokens.from(end) - 1, remedy.names(), changes);
  }

  /** Every name must be there, in the expression or call itself and not in a call inside it. */
  private boolean rename(int first, int last, Map<String, String> names, Changes changes) {
    Set<String> missing = new HashSet<>(names.keySet());
    boolean call = tokens.isWord(first) && tokens.is(first + 1, "(");
    for (int i = first; i <= last; i++) {
      if (tokens.isDirective(i)) {
        return false;
      }
      boolean inner = tokens.is(i, "(") && tokens.isWord(i - 1) && i > first;
      if (inner && !(call && i == first + 1)) {
        i = tokens.partner(i);
        if (i < 0) {
          return false;
        }
        continue;
      }
      String name = tokens.isWord(i) ? names.get(tokens.text(i)) : null;
      if (name == null) {
        continue;
      }
      missing.remove(tokens.text(i));
      if (!name.isEmpty()) {
        changes.replace(tokens.start(i), tokens.end(i), name);
      } else if (!leaveOut(i, changes)) {
        return false;
      }
    }
    return missing.isEmpty();
  }

  /** Takes out an operand together with a '|' beside it. */
  private boolean leaveOut(int name, Changes changes) {
    int start;
    int end;
    if (tokens.is(name - 1, "|")) {
      start = tokens.end(name - 2);
      end = tokens.end(name);
    } else if (tokens.is(name + 1, "|")) {
      start = tokens.start(name);
      end = tokens.start(name + 2);
    } else {
      return false;
    }
    String gone = source.text(start, end);
    if (!gone.replaceFirst(tokens.text(name), "").matches("[\\s|\\\\]*")) {
      return false;
    }
    changes.replace(start, end, "");
    return true;
  }

  // ---- a scope around a call

  private boolean wrap(Remedy.Wrap remedy, Changes changes) {
    int call = tokens.at(offset(remedy.place()));
    if (call < 0 || !tokens.isWord(call) || !tokens.is(call + 1, "(")) {
      return false;
    }
    int close = tokens.partner(call + 1);
    Optional<Statement> found = Statement.around(tokens, call);
    if (close < 0 || found.isEmpty() || !onItsOwn(found.get())) {
      return false;
    }
    Statement statement = found.get();
    Optional<Integer> top = top(statement);
    if (statement.part() != call || !tokens.is(close + 1, ";") || top.isEmpty()) {
      return false;
    }
    if (!rename(call, close, remedy.names(), changes)) {
      return false;
    }
    Set<String> taken = words(top.get());
    String cookie = free(List.of("_flag", "_flags", "_cookie", "_saved"), remedy.scope(), taken);
    String indent = source.indent(tokens.start(statement.first()));
    String newline = source.lineEnd(tokens.start(statement.first()));
    List<String> declarations = new ArrayList<>();
    String behind = indent + closing(remedy.scope(), cookie) + newline;
    int assigned = statement.assignment(tokens);
    if (tokens.is(statement.first(), "return")) {
      Optional<String> type = returnType(top.get());
      if (type.isEmpty() || !Statement.onlyCasts(tokens, statement.first() + 1, call)) {
        return false;
      }
      boolean pointer = type.get().endsWith("*");
      String result =
          free(pointer ? List.of("p", "ptr", "mem") : List.of("ret", "err", "res"), null, taken);
      declarations.add(type.get() + (pointer ? "" : " ") + result + ";");
      int word = statement.first();
      changes.replace(tokens.start(word), tokens.end(word), result + " =");
      behind += indent + "return " + result + ";" + newline;
    } else if (assigned >= 0) {
      if (!Statement.isTarget(tokens, statement.first(), assigned)
          || !Statement.onlyCasts(tokens, assigned + 1, call)) {
        return false;
      }
    } else if (statement.first() != call) {
      return false;
    }
    declarations.add("unsigned int " + cookie + ";");
    if (!declare(top.get(), indent, declarations, changes)) {
      return false;
    }
    String before =
        comment(remedy.comment(), indent, newline)
            + indent
            + cookie
            + " = memalloc_"
            + remedy.scope().spelling()
            + "_save();"
            + newline;
    surround(statement, before, behind, newline, changes);
    includeHeader(newline, changes);
    return true;
  }

  private static String closing(ScopeKind scope, String cookie) {
    return "memalloc_" + scope.spelling() + "_restore(" + cookie + ");";
  }

  private static String comment(String text, String indent, String newline) {
    StringBuilder out = new StringBuilder();
    out.append(indent).append("/*").append(newline);
    text.lines().forEach(l -> out.append(indent).append(" * ").append(l).append(newline));
    return out.append(indent).append(" */").append(newline).toString();
  }

  /** Whether a statement has its lines for itself, apart from a comment behind it. */
  private boolean onItsOwn(Statement statement) {
    return beginsLine(statement.first()) && endsLine(statement.last());
  }

  private boolean beginsLine(int token) {
    int start = tokens.start(token);
    return source.lineStart(start) + source.indent(start).length() == start;
  }

  private boolean endsLine(int token) {
    int end = tokens.end(token);
    int next = source.nextLine(end);
    return next >= 0
        && source.text(end, next).strip().matches("|/\\*[^*]*\\*/|//.*[^\\\\]|//")
        && (token + 1 >= tokens.size() || tokens.start(token + 1) >= next);
  }

  /**
   * The brace of the block to declare a variable in: the function's, unless the statement is
   * compiled under other conditions.
   */
  private Optional<Integer> top(Statement statement) {
    int outermost = statement.block();
    for (int i = statement.block(); i >= 0; i = tokens.enclosing(i)) {
      if (!tokens.is(i, "{")) {
        return Optional.empty();
      }
      outermost = i;
    }
    boolean switchBody =
        tokens.is(statement.block() - 1, ")")
            && tokens.partner(statement.block() - 1) > 0
            && tokens.is(tokens.partner(statement.block() - 1) - 1, "switch");
    int branch = tokens.branch(statement.first());
    if (tokens.branch(outermost) == branch) {
      return Optional.of(outermost);
    }
    return tokens.branch(statement.block()) == branch && !switchBody
        ? Optional.of(statement.block())
        : Optional.empty();
  }

  /** The words in the function that a block belongs to, its head included. */
  private Set<String> words(int block) {
    int outermost = block;
    while (tokens.enclosing(outermost) >= 0) {
      outermost = tokens.enclosing(outermost);
    }
    int first = head(outermost);
    Set<String> words = new HashSet<>();
    for (int i = first; i <= tokens.partner(outermost); i++) {
      if (tokens.isWord(i)) {
        words.add(tokens.text(i));
      }
    }
    return words;
  }

  /** Where the head of a function begins whose body begins at {@code brace}. */
  private int head(int brace) {
    int first = brace;
    while (first > 0
        && !tokens.is(first - 1, ";")
        && !tokens.is(first - 1, "}")
        && !tokens.isDirective(first - 1)) {
      first--;
    }
    return first;
  }

  private static String free(List<String> endings, ScopeKind scope, Set<String> taken) {
    String beginning = scope == null ? "" : scope.spelling();
    for (String ending : endings) {
      if (!taken.contains(beginning + ending)) {
        return beginning + ending;
      }
    }
    int n = 2;
    while (taken.contains(beginning + endings.get(0) + n)) {
      n++;
    }
    return beginning + endings.get(0) + n;
  }

  /** "int " or "struct foo *", if the function's type is as plain as that. */
  private Optional<String> returnType(int brace) {
    int name = tokens.is(brace - 1, ")") ? tokens.partner(brace - 1) - 1 : -1;
    if (name < 1 || !tokens.isWord(name) || tokens.enclosing(brace) >= 0) {
      return Optional.empty();
    }
    StringBuilder type = new StringBuilder();
    for (int i = head(brace); i < name; i++) {
      if (tokens.isWord(i)) {
        if (!NOT_OF_THE_TYPE.contains(tokens.text(i))) {
          type.append(type.isEmpty() ? "" : " ").append(tokens.text(i));
        }
      } else if (tokens.is(i, "*") && !type.isEmpty()) {
        type.append(type.charAt(type.length() - 1) == '*' ? "*" : " *");
      } else {
        return Optional.empty();
      }
    }
    String text = type.toString();
    return text.isEmpty() || text.equals("void") ? Optional.empty() : Optional.of(text);
  }

  /** Puts declarations at the beginning of a block, where they may stand in any C. */
  private boolean declare(int brace, String bodyIndent, List<String> lines, Changes changes) {
    int end = tokens.end(brace);
    int offset = source.nextLine(end);
    if (offset < 0
        || tokens.start(brace + 1) < offset
        || !source.text(end, offset).strip().matches("|/\\*[^*]*\\*/")) {
      return false;
    }
    String newline = source.lineEnd(tokens.start(brace));
    int next = brace + 1;
    String indent =
        tokens.isDirective(next) || !beginsLine(next)
            ? bodyIndent
            : source.indent(tokens.start(next));
    // At the end of the brace's line: what another fix puts before the statement stays behind it.
    int lineEnd = offset - newline.length();
    for (String line : lines) {
      changes.insert(lineEnd, newline + indent + line);
    }
    if (!tokens.isDirective(next) && !Statement.isDeclaration(tokens, next)) {
      changes.insert(offset, newline);
    }
    return true;
  }

  /** Puts lines before and behind a statement, and braces around all if it needs them now. */
  private void surround(
      Statement statement, String before, String behind, String newline, Changes changes) {
    int start = source.lineStart(tokens.start(statement.first()));
    int after = source.nextLine(tokens.end(statement.last()));
    if (statement.control() < 0) {
      changes.insert(start, before);
      changes.insert(after, behind);
      return;
    }
    changes.insert(tokens.end(statement.control()), " {");
    changes.insert(start, before);
    int next = statement.last() + 1;
    if (tokens.is(next, "else") && beginsLine(next)) {
      changes.insert(after, behind);
      changes.insert(tokens.start(next), "} ");
    } else {
      String indent = source.indent(tokens.start(statement.controlStart()));
      changes.insert(after, behind + indent + "}" + newline);
    }
  }

  // ---- a scope left open

  private boolean restore(Remedy.Restore remedy, Changes changes) {
    int exit = tokens.at(offset(remedy.place()));
    if (exit < 0 || !remedy.cookie().matches("[A-Za-z_][A-Za-z0-9_]*")) {
      return false;
    }
    String line = closing(remedy.scope(), remedy.cookie());
    if (tokens.is(exit, "}")) {
      int brace = tokens.partner(exit);
      if (brace < 0 || !beginsLine(exit) || !isVisible(remedy.cookie(), exit - 1)) {
        return false;
      }
      int start = tokens.start(exit);
      String indent = source.indent(start) + "\t";
      changes.insert(source.lineStart(start), indent + line + source.lineEnd(start));
      return true;
    }
    Optional<Statement> found =
        tokens.is(exit, "return") ? Statement.around(tokens, exit) : Optional.empty();
    if (found.isEmpty()
        || found.get().first() != exit
        || !onItsOwn(found.get())
        || !isVisible(remedy.cookie(), exit)
        || mayAllocate(found.get())) {
      return false;
    }
    String newline = source.lineEnd(tokens.start(exit));
    String indent = source.indent(tokens.start(exit));
    surround(found.get(), indent + line + newline, "", newline, changes);
    return true;
  }

  /** Whether a returned expression calls something that should run inside the scope. */
  private boolean mayAllocate(Statement statement) {
    for (int i = statement.first(); i < statement.last(); i++) {
      if (tokens.isWord(i) && tokens.is(i + 1, "(") && !HARMLESS.contains(tokens.text(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the declaration of a local variable, where its name first stands, covers a token. */
  private boolean isVisible(String name, int token) {
    int outermost = token;
    while (tokens.enclosing(outermost) >= 0) {
      outermost = tokens.enclosing(outermost);
    }
    for (int i = outermost; i < token; i++) {
      if (tokens.is(i, name)) {
        int declared = tokens.enclosing(i);
        for (int e = tokens.enclosing(token); e >= 0; e = tokens.enclosing(e)) {
          if (e == declared) {
            return true;
          }
        }
        return false;
      }
    }
    return false;
  }

  // ---- headers

  /** Includes the header of the scope functions, where order puts it, unless it is there. */
  private void includeHeader(String newline, Changes changes) {
    List<Integer> angled = new ArrayList<>();
    int first = -1;
    int depth = Integer.MAX_VALUE;
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.isDirective(i) || !tokens.directive(i).equals("include")) {
        continue;
      }
      if (tokens.text(i).matches("#\\s*include\\s*<" + HEADER + ">(?s).*")) {
        return;
      }
      if (depth(i) < depth) {
        depth = depth(i);
        angled.clear();
        first = i;
      }
      if (depth(i) == depth && tokens.text(i).matches("#\\s*include\\s*<linux/(?s).*")) {
        angled.add(i);
      }
    }
    String line = "#include <" + HEADER + ">" + newline;
    int before = place(angled);
    if (before >= 0) {
      changes.insert(source.lineStart(tokens.start(before)), line);
    } else if (!angled.isEmpty()) {
      int last = angled.get(angled.size() - 1);
      int next = source.nextLine(tokens.end(last));
      changes.insert(next < 0 ? source.lineStart(tokens.start(last)) : next, line);
    } else if (first >= 0) {
      changes.insert(source.lineStart(tokens.start(first)), line);
    } else {
      // Behind what the file says of itself, if that ends before the comment on its first code.
      int code = source.lineStart(tokens.start(0));
      int gap = source.text(0, code).indexOf(newline + newline);
      changes.insert(gap < 0 ? code : gap + 2 * newline.length(), line + newline);
    }
  }

  /** Branches of conditional compilation are numbered as they begin, so 0 is outside of all. */
  private int depth(int directive) {
    return tokens.branch(directive);
  }

  /** The include to put the new one before, if the list has an order; else -1. */
  private int place(List<Integer> includes) {
    for (int i = 1; i < includes.size(); i++) {
      if (header(includes.get(i - 1)).compareTo(header(includes.get(i))) > 0) {
        return -1;
      }
    }
    for (int include : includes) {
      if (header(include).compareTo(HEADER) > 0) {
        return include;
      }
    }
    return -1;
  }

  private String header(int include) {
    return tokens.text(include).replaceFirst("(?s)^[^<]*<([^>]*)>.*$", "$1");
  }
}
