package org.gfplint.program;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FactsCodec;
import org.gfplint.facts.FactsStore;
import org.gfplint.facts.FileFacts;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.FunctionFacts.Linkage;
import org.gfplint.facts.MacroConstant;
import org.gfplint.facts.Member;
import org.gfplint.facts.StructType;
import org.gfplint.facts.TypeFacts;
import org.gfplint.facts.Variable;
import org.gfplint.source.KernelTree;
import org.gfplint.source.MacroDictionary;
import org.gfplint.source.SkippedFile;
import org.gfplint.source.SkippedFileException;
import org.gfplint.source.SourceBuffer;
import org.gfplint.source.SourceFile;

/**
 * Reads a few files and, with the help of the tree's index, just those functions elsewhere that can
 * matter for them: callees, whoever gets a mask from them, and callers.
 */
public final class ContextReader {
  /** How far to follow calls; what flow analysis follows between functions is no deeper. */
  private static final int CALLEES = 3;

  private static final int MASKS = 8;
  private static final int CALLERS = 3;

  /** A name that more files than this define or call tells nothing about any of them. */
  private static final int MOST_DEFINITIONS = 8;

  private static final int MOST_CALLERS = 24;

  /** Of the types that a size depends on, and those of their members. */
  private static final int MOST_TYPES = 400;

  private static final Pattern WORD = Pattern.compile("(?:(struct|union|enum) +)?([A-Za-z_]\\w*)");

  /** Bounds the time that one file can cost; in other files, in the order they are found. */
  private static final int MOST_FILES = 600;

  private final KernelTree tree;
  private final Optional<ChangedLines> changed;
  private final Predicate<String> known;
  private final TreeIndex index;
  private final Optional<FactsStore> store;
  private final FactsSource source;
  private final SourceBuffer buffer = new SourceBuffer();

  private final Map<String, FileFacts> files = new HashMap<>();
  private final Map<String, Set<String>> functions = new TreeMap<>();
  private final Map<String, Set<String>> constants = new TreeMap<>();
  private final Set<String> constantsSought = new HashSet<>();
  private final Set<String> typed = new HashSet<>();
  private final Set<String> typesSought = new HashSet<>();
  private final Deque<Step> work = new ArrayDeque<>();
  private final Map<FunctionFacts, Integer> visited = new IdentityHashMap<>();
  private final Map<String, List<Definition>> definitions = new HashMap<>();
  private final Map<FunctionFacts, List<Expr>> calls = new IdentityHashMap<>();
  private final List<SkippedFile> skipped = new ArrayList<>();
  private long bytes;
  private boolean cut;

  /** A function whose calls are followed: that many more calls down, masks that many. */
  private record Step(String path, FunctionFacts function, int calls, int masks) {}

  private record Definition(String path, FunctionFacts function) {}

  private ContextReader(
      KernelTree tree,
      Optional<ChangedLines> changed,
      Predicate<String> known,
      TreeIndex index,
      Optional<FactsStore> store,
      FactsSource source) {
    this.tree = tree;
    this.changed = changed;
    this.known = known;
    this.index = index;
    this.store = store;
    this.source = source;
  }

  /**
   * Reads the files and their context.
   *
   * @param changed if present, only the context of functions with changed lines is looked at, but
   *     that deeply; else that of all functions in the files
   * @param known functions of other files that need not be read, since what they do is known
   * @param notes told in one line if the context had to be cut off
   * @return empty if the index turned out to be of no use
   */
  public static Optional<ProgramReader.Read> read(
      KernelTree tree,
      List<SourceFile> targets,
      Optional<ChangedLines> changed,
      Predicate<String> known,
      MacroDictionary dictionary,
      TreeIndex index,
      Optional<FactsStore> store,
      Consumer<String> notes) {
    try (FactsSource source = new FactsSource(dictionary, store)) {
      ContextReader reader = new ContextReader(tree, changed, known, index, store, source);
      ProgramReader.Read read = reader.read(targets);
      if (reader.cut) {
        notes.accept(
            "callers and callees were looked at in "
                + MOST_FILES
                + " files only; a run over the whole tree sees all of them");
      }
      return Optional.of(read);
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  private ProgramReader.Read read(List<SourceFile> targets) throws SQLException {
    int filesRead = 0;
    for (SourceFile file : targets) {
      try {
        FileFacts facts = source.read(file, buffer).facts();
        bytes += buffer.length();
        files.put(file.path(), facts);
        filesRead++;
      } catch (SkippedFileException e) {
        skipped.add(e.skipped());
      }
    }
    Set<String> given = Set.copyOf(files.keySet());
    for (String path : given) {
      for (FunctionFacts function : inFocus(path)) {
        int deep = changed.isPresent() || restrictsItself(function) ? CALLEES : 1;
        want(path, function, deep, MASKS);
      }
    }
    for (String path : given) {
      callersOf(path, inFocus(path), CALLERS);
    }
    while (!work.isEmpty()) {
      follow(work.poll());
    }
    Program.Builder builder = new Program.Builder();
    files.forEach(
        (path, facts) -> {
          if (given.contains(path)) {
            builder.add(path, facts);
          } else if (functions.containsKey(path)
              || constants.containsKey(path)
              || typed.contains(path)) {
            builder.add(path, part(path, facts));
          }
        });
    return new ProgramReader.Read(builder.link(), List.copyOf(skipped), filesRead, bytes, Map.of());
  }

  private List<FunctionFacts> inFocus(String path) {
    List<FunctionFacts> all = files.get(path).functions();
    return changed
        .map(lines -> all.stream().filter(f -> lines.touches(path, f.span())).toList())
        .orElse(all);
  }

  /** What of a file was found to matter. */
  private FileFacts part(String path, FileFacts facts) {
    Set<String> wanted = functions.getOrDefault(path, Set.of());
    Set<String> values = constants.getOrDefault(path, Set.of());
    return new FileFacts(
        facts.functions(wanted),
        facts.constants(values),
        List.of(),
        List.of(),
        facts.types(),
        facts.ignores());
  }

  private void want(String path, FunctionFacts function, int calls, int masks) {
    functions.computeIfAbsent(path, p -> new LinkedHashSet<>()).add(function.name());
    int depth = calls * 16 + masks;
    Integer before = visited.get(function);
    if (before == null || before < depth) {
      visited.put(function, depth);
      work.add(new Step(path, function, calls, masks));
    }
  }

  // ---- down

  private void follow(Step step) throws SQLException {
    for (Expr call : calls(step.function)) {
      boolean mask = hasMask(step.function, call);
      if (mask) {
        for (Expr argument : call.arguments()) {
          seekConstants(step.path, argument);
          seekTypes(step, argument);
        }
      }
      int calls = step.calls - 1;
      int masks = mask ? step.masks - 1 : 0;
      if (!call.callee().isEmpty() && (step.calls > 0 || mask && step.masks > 0)) {
        callee(step.path, call.callee(), Math.max(calls, 0), Math.max(masks, 0));
      }
    }
  }

  private void callee(String from, String name, int calls, int masks) throws SQLException {
    FileFacts own = files.get(from);
    boolean found = false;
    for (FunctionFacts f : own.functions(Set.of(name))) {
      want(from, f, calls, masks);
      found = true;
    }
    if (found || known.test(name)) {
      return;
    }
    List<Definition> elsewhere = definitions.get(name);
    if (elsewhere == null) {
      elsewhere = definitions(name);
      definitions.put(name, elsewhere);
    }
    for (Definition definition : elsewhere) {
      want(definition.path, definition.function, calls, masks);
    }
  }

  /** Functions of that name which other files can see; none if there are too many to mean one. */
  private List<Definition> definitions(String name) throws SQLException {
    Set<String> names = Set.of(name, TreeIndex.counted(name));
    List<TreeIndex.Entry> candidates = index.defining(name);
    if (candidates.size() > MOST_DEFINITIONS) {
      return List.of();
    }
    List<Definition> found = new ArrayList<>();
    for (TreeIndex.Entry entry : candidates) {
      for (FunctionFacts f : load(entry).functions(names)) {
        found.add(new Definition(entry.path(), f));
      }
    }
    return found;
  }

  /** Names in capitals may stand for a mask or a size. */
  private void seekConstants(String from, Expr e) throws SQLException {
    if (e.is(Expr.Kind.NAME)
        && e.name().equals(e.name().toUpperCase(java.util.Locale.ROOT))
        && e.span() == null
        && constantsSought.add(e.name())) {
      List<TreeIndex.Entry> candidates = index.defining(e.name());
      if (candidates.size() <= MOST_DEFINITIONS) {
        for (TreeIndex.Entry entry : candidates) {
          for (MacroConstant c : load(entry).constants(Set.of(e.name()))) {
            constants.computeIfAbsent(entry.path(), p -> new LinkedHashSet<>()).add(c.name());
            seekConstants(entry.path(), c.value());
          }
        }
      }
    }
    for (Expr operand : e.operands()) {
      seekConstants(from, operand);
    }
  }

  /** Types that a size depends on: those that are named, and those of variables and fields. */
  private void seekTypes(Step step, Expr e) throws SQLException {
    if (e.is(Expr.Kind.SIZEOF) || e.is(Expr.Kind.NAME) && e.span() == null) {
      Set<String> words = new LinkedHashSet<>();
      Matcher m = WORD.matcher(e.name());
      while (m.find()) {
        if (m.group(1) != null) {
          seekType(step.path, m.group(), words);
        } else {
          words.add(m.group(2));
        }
      }
      for (List<Variable> variables : List.of(step.function.parameters(), step.function.locals())) {
        for (Variable v : variables) {
          if (words.contains(v.name())) {
            seekType(step.path, v.type(), words);
          }
        }
      }
      for (String word : words) {
        seekType(step.path, word, words);
      }
    }
    for (Expr operand : e.operands()) {
      seekTypes(step, operand);
    }
  }

  /**
   * Looks for a type and, by way of its members, for those that its size depends on.
   *
   * @param words fields of these names are looked at whatever they point to
   */
  private void seekType(String from, String type, Set<String> words) throws SQLException {
    String name = undecorated(type);
    if (name.isEmpty() || typesSought.size() >= MOST_TYPES || !typesSought.add(name)) {
      return;
    }
    boolean tagged = name.indexOf(' ') > 0;
    String tag = name.substring(name.indexOf(' ') + 1);
    int hash = tagged ? TypeFacts.hashOfTag(tag) : TypeFacts.hashOfTypedef(name);
    List<FileFacts> defining = new ArrayList<>();
    FileFacts own = files.get(from);
    if (own != null && defines(own, name)) {
      defining.add(own);
    } else {
      List<TreeIndex.Entry> candidates = index.definingType(hash);
      if (candidates.size() <= MOST_DEFINITIONS) {
        for (TreeIndex.Entry entry : candidates) {
          FileFacts facts = load(entry);
          if (defines(facts, name)) {
            typed.add(entry.path());
            defining.add(facts);
          }
        }
      }
    }
    for (FileFacts facts : defining) {
      for (StructType struct : facts.types().structs()) {
        if (struct.name().equals(name)) {
          seekMembers(from, struct, words);
        }
      }
      for (Member m : facts.types().typedefs()) {
        if (m.name().equals(name)) {
          seekMember(from, m, words);
        }
      }
    }
  }

  /** The type without what makes pointers, arrays and functions of it. */
  private static String undecorated(String type) {
    int end = type.length();
    while (end > 0 && "*()[]".indexOf(type.charAt(end - 1)) >= 0) {
      end--;
    }
    return type.substring(0, end);
  }

  private static boolean defines(FileFacts facts, String type) {
    return facts.types().structs().stream().anyMatch(s -> s.name().equals(type))
        || facts.types().typedefs().stream().anyMatch(t -> t.name().equals(type));
  }

  private void seekMembers(String from, StructType struct, Set<String> words) throws SQLException {
    for (Member m : struct.members()) {
      seekMember(from, m, words);
    }
  }

  private void seekMember(String from, Member m, Set<String> words) throws SQLException {
    for (Expr dimension : m.dimensions()) {
      seekConstants(from, dimension);
    }
    if (m.nested() != null) {
      seekMembers(from, m.nested(), words);
    } else if (!m.type().endsWith("*") && !m.type().endsWith("()") || words.contains(m.name())) {
      seekType(from, m.type(), words);
    }
  }

  private static boolean hasMask(FunctionFacts function, Expr call) {
    for (Expr argument : call.arguments()) {
      if (isMask(function, argument)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an argument names a mask or is a variable that holds one. */
  private static boolean isMask(FunctionFacts function, Expr e) {
    if (e.is(Expr.Kind.NAME)) {
      return e.span() != null
          // The tree's own masks are named after what they are made of.
          || e.name().contains("GFP")
          || isMaskVariable(function.parameters(), e.name())
          || isMaskVariable(function.locals(), e.name())
          || function.linkage() == Linkage.MACRO;
    }
    return !e.is(Expr.Kind.CALL) && e.anyOperand(o -> isMask(function, o));
  }

  private static boolean isMaskVariable(List<Variable> variables, String name) {
    for (Variable v : variables) {
      if (v.name().equals(name)) {
        return v.isGfp();
      }
    }
    return false;
  }

  /** Whether the function asks for memory with a mask that forbids FS or IO. */
  private boolean restrictsItself(FunctionFacts function) {
    for (Expr call : calls(function)) {
      for (Expr argument : call.arguments()) {
        if (mentions(argument, "GFP_NOFS") || mentions(argument, "GFP_NOIO")) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean mentions(Expr e, String name) {
    return e.isName(name) || e.anyOperand(o -> mentions(o, name));
  }

  // ---- up

  /** Functions that call these, and their callers, that many calls up. */
  private void callersOf(String path, List<FunctionFacts> called, int calls) throws SQLException {
    if (calls == 0) {
      return;
    }
    Set<String> own = new HashSet<>();
    for (FunctionFacts f : called) {
      own.add(f.name());
    }
    callersIn(path, own, calls);
    for (FunctionFacts f : called) {
      boolean visible = f.linkage() == Linkage.GLOBAL || path.endsWith(".h");
      if (!visible) {
        continue;
      }
      List<TreeIndex.Entry> candidates = index.calling(f.name());
      if (candidates.size() <= MOST_CALLERS) {
        for (TreeIndex.Entry entry : candidates) {
          if (!entry.path().equals(path)) {
            load(entry);
            callersIn(entry.path(), Set.of(f.name()), calls);
          }
        }
      }
    }
  }

  private void callersIn(String path, Set<String> names, int calls) throws SQLException {
    List<FunctionFacts> callers = new ArrayList<>();
    for (FunctionFacts f : files.get(path).functions()) {
      boolean known =
          functions.getOrDefault(path, Set.of()).contains(f.name()) && !names.contains(f.name());
      if (!known && callsOneOf(names, f)) {
        // Its own requests and calls are looked at, what it calls is not followed.
        want(path, f, 0, 0);
        callers.add(f);
      }
    }
    if (!callers.isEmpty()) {
      callersOf(path, callers, calls - 1);
    }
  }

  private boolean callsOneOf(Set<String> names, FunctionFacts function) {
    for (Expr call : calls(function)) {
      if (names.contains(call.callee())) {
        return true;
      }
    }
    return false;
  }

  /** Found once for each function: a file is looked through for callers of many. */
  private List<Expr> calls(FunctionFacts function) {
    return calls.computeIfAbsent(function, Calls::of);
  }

  // ---- files

  private FileFacts load(TreeIndex.Entry entry) {
    FileFacts known = files.get(entry.path());
    if (known != null) {
      return known;
    }
    FileFacts facts = FileFacts.EMPTY;
    if (files.size() < MOST_FILES) {
      try {
        facts = facts(entry);
      } catch (IllegalArgumentException e) {
        // Packed in another way, by a build that did not say so: as if the file were not there.
        cut = true;
      }
    } else {
      cut = true;
    }
    files.put(entry.path(), facts);
    return facts;
  }

  /** From the store if the file is as it was when the index was made, else from the file. */
  private FileFacts facts(TreeIndex.Entry entry) {
    Optional<SourceFile> found = tree.file(entry.path());
    if (found.isEmpty()) {
      return FileFacts.EMPTY;
    }
    SourceFile file = found.get();
    try {
      if (file.size() == entry.size() && file.modified() == entry.modified()) {
        Optional<byte[]> known = store.flatMap(s -> s.get(entry.key()));
        if (known.isPresent()) {
          return FactsCodec.open(known.get());
        }
      }
      return source.read(file, buffer).facts();
    } catch (SkippedFileException e) {
      skipped.add(e.skipped());
      return FileFacts.EMPTY;
    }
  }
}
