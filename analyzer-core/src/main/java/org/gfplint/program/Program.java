package org.gfplint.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.gfplint.facts.Expr;
import org.gfplint.facts.FactsCodec;
import org.gfplint.facts.FileFacts;
import org.gfplint.facts.FunctionFacts;
import org.gfplint.facts.IgnoreComment;
import org.gfplint.facts.MacroConstant;

/**
 * All files of a run, linked: which functions a name can mean, and what a constant stands for.
 * Immutable and safe for many threads. Functions are numbers; their facts stay packed until they
 * are asked for.
 */
public final class Program {
  /** One file and its packed facts. */
  private record Unit(String path, byte[] facts, int firstFunction, int functions) {}

  /** A mask that some file defines under a name. */
  private record MaskConstant(int unit, Expr value, int line) {}

  /** Sees one mask that a file defines. */
  public interface MaskConstantVisitor {
    void constant(int unit, String name, Expr value, int line);
  }

  private final List<Unit> units;
  private final int[] unitOf;
  private final String[] names;
  private final FunctionFacts.Linkage[] linkages;
  private final BitSet returnsMask = new BitSet();

  /** Names of functions that return a gfp_t; asked for every call. */
  private final Set<String> maskFunctions = new HashSet<>();

  private final BitSet init = new BitSet();
  private final Map<String, int[]> byName;
  private final Map<String, List<MaskConstant>> masks;

  /** (hash of a number's name, unit) in order; numbers are many and seldom asked for. */
  private final long[] numbers;

  private final Map<Integer, List<IgnoreComment>> ignores = new TreeMap<>();

  private final Nearness nearness;
  private final boolean whole;
  private final TypeTable types;

  /** Constants of files that were asked for one. */
  private final ConcurrentHashMap<Integer, Map<String, List<Expr>>> constantsOf =
      new ConcurrentHashMap<>();

  private static final String NOPROF = "_noprof";

  /** A search goes to and fro between a few files. */
  private static final int KEPT_DECODED = 32;

  /** The files that each thread decoded last, the oldest first. */
  private final ThreadLocal<Map<Integer, FileFacts>> decoded =
      ThreadLocal.withInitial(LinkedHashMap::new);

  private Program(Builder builder) {
    whole = builder.whole;
    units = new ArrayList<>();
    List<FileSummary> files = new ArrayList<>(builder.files);
    files.sort(Comparator.comparing(FileSummary::path));
    int functions = files.stream().mapToInt(f -> f.functions.size()).sum();
    unitOf = new int[functions];
    names = new String[functions];
    linkages = new FunctionFacts.Linkage[functions];
    masks = new HashMap<>();
    Map<String, List<Integer>> ids = new HashMap<>();
    long[] allNumbers = new long[files.stream().mapToInt(f -> f.numbers.length).sum()];
    int next = 0;
    int nextNumber = 0;
    for (FileSummary file : files) {
      int unit = units.size();
      units.add(new Unit(file.path, file.facts, next, file.functions.size()));
      for (FunctionHead head : file.functions) {
        unitOf[next] = unit;
        names[next] = head.name;
        linkages[next] = head.linkage;
        returnsMask.set(next, head.returnsMask);
        if (head.returnsMask) {
          maskFunctions.add(head.name);
        }
        init.set(next, head.init);
        ids.computeIfAbsent(head.name, n -> new ArrayList<>(1)).add(next);
        next++;
      }
      for (MacroConstant mask : file.masks) {
        masks
            .computeIfAbsent(mask.name(), n -> new ArrayList<>(1))
            .add(new MaskConstant(unit, mask.value(), mask.line()));
      }
      if (!file.ignores.isEmpty()) {
        ignores.put(unit, file.ignores);
      }
      for (int number : file.numbers) {
        allNumbers[nextNumber++] = ((long) number << 32) | unit;
      }
    }
    Arrays.sort(allNumbers);
    numbers = allNumbers;
    nearness =
        new Nearness(
            files.stream().map(FileSummary::path).toList(), unit -> fileFacts(unit).includes());
    types =
        new TypeTable(nearness, unit -> FactsCodec.types(units.get(unit).facts), typeNames(files));
    byName = new HashMap<>(ids.size() * 2);
    ids.forEach(
        (name, list) -> byName.put(name, list.stream().mapToInt(Integer::intValue).toArray()));
    // Since 6.10 an allocating function's plain name is a macro around this one.
    for (String name : ids.keySet()) {
      if (name.endsWith(NOPROF)) {
        byName.put(name.substring(0, name.length() - NOPROF.length()), byName.get(name));
      }
    }
  }

  private static long[] typeNames(List<FileSummary> files) {
    long[] names = new long[files.stream().mapToInt(f -> f.types.length).sum()];
    int next = 0;
    for (int unit = 0; unit < files.size(); unit++) {
      for (int name : files.get(unit).types) {
        names[next++] = ((long) name << 32) | unit;
      }
    }
    return names;
  }

  // ---- files and functions

  /** Whether these are all files of a kernel tree. */
  public boolean isWhole() {
    return whole;
  }

  public int files() {
    return units.size();
  }

  public int functions() {
    return names.length;
  }

  /** Comments that say what not to report, by file; files without one are left out. */
  public Map<Integer, List<IgnoreComment>> ignores() {
    return Collections.unmodifiableMap(ignores);
  }

  /** The path of a file, relative to the tree. */
  public String path(int unit) {
    return units.get(unit).path;
  }

  /** The file that a function stands in. */
  public int unitOf(int function) {
    return unitOf[function];
  }

  public String name(int function) {
    return names[function];
  }

  public FunctionFacts.Linkage linkage(int function) {
    return linkages[function];
  }

  /** Whether the function is declared to return a gfp_t. */
  public boolean returnsMask(int function) {
    return returnsMask.get(function);
  }

  /** Whether some function of that name is declared to return a gfp_t. */
  public boolean mayReturnMask(String name) {
    return maskFunctions.contains(name);
  }

  /** Whether the function runs at boot or module load only. */
  public boolean isInit(int function) {
    return init.get(function);
  }

  /** A file's first function; its others follow. */
  public int firstFunction(int unit) {
    return units.get(unit).firstFunction;
  }

  public int functionsIn(int unit) {
    return units.get(unit).functions;
  }

  public FunctionFacts facts(int function) {
    int unit = unitOf[function];
    return fileFacts(unit).functions().get(function - units.get(unit).firstFunction);
  }

  public FileFacts fileFacts(int unit) {
    Map<Integer, FileFacts> files = decoded.get();
    FileFacts facts = files.remove(unit);
    if (facts == null) {
      facts = FactsCodec.decode(units.get(unit).facts);
      if (files.size() == KEPT_DECODED) {
        files.remove(files.keySet().iterator().next());
      }
    }
    files.put(unit, facts);
    return facts;
  }

  // ---- names

  /**
   * The functions that {@code name} can mean in a file, the likeliest first: one of the file's own,
   * else those of headers, else global ones, near ones before far ones.
   */
  public List<Integer> resolve(int unit, String name) {
    int[] all = byName.get(name);
    if (all == null) {
      return List.of();
    }
    if (all.length == 1) {
      // As of most names.
      boolean visible =
          unitOf[all[0]] == unit
              || isHeader(unitOf[all[0]])
              || linkages[all[0]] == FunctionFacts.Linkage.GLOBAL;
      return visible ? List.of(all[0]) : List.of();
    }
    List<Integer> own = new ArrayList<>(1);
    List<Integer> headers = new ArrayList<>(1);
    List<Integer> global = new ArrayList<>(1);
    for (int function : all) {
      if (unitOf[function] == unit) {
        own.add(function);
      } else if (isHeader(unitOf[function])) {
        headers.add(function);
      } else if (linkages[function] == FunctionFacts.Linkage.GLOBAL) {
        global.add(function);
      }
    }
    List<Integer> found = !own.isEmpty() ? own : !headers.isEmpty() ? headers : global;
    if (found.size() > 1) {
      String from = path(unit);
      found.sort(
          Comparator.comparingInt((Integer f) -> -commonPrefix(from, path(unitOf[f])))
              .thenComparing(Comparator.naturalOrder()));
    }
    return found;
  }

  private boolean isHeader(int unit) {
    return path(unit).endsWith(".h");
  }

  /** How many leading directories two paths share. */
  static int commonPrefix(String one, String other) {
    int shared = 0;
    int end = Math.min(one.length(), other.length());
    for (int i = 0; i < end && one.charAt(i) == other.charAt(i); i++) {
      if (one.charAt(i) == '/') {
        shared++;
      }
    }
    return shared;
  }

  /** Whether some function has that name. */
  public boolean isFunction(String name) {
    return byName.containsKey(name);
  }

  /** What a macro or enumerator stands for in a file, the nearest definition; not evaluated. */
  public Optional<Expr> constant(int unit, String name) {
    List<MaskConstant> candidates = masks.get(name);
    if (candidates != null) {
      String from = path(unit);
      return candidates.stream()
          .max(
              Comparator.comparingInt((MaskConstant c) -> c.unit == unit ? 1 : 0)
                  .thenComparingInt(c -> commonPrefix(from, path(c.unit)))
                  .thenComparingInt(c -> -c.unit))
          .map(MaskConstant::value);
    }
    return numbers(unit, name).stream().map(d -> d.what()).findFirst();
  }

  /** What the files say about types. */
  public TypeTable types() {
    return types;
  }

  /** Visits the masks that files define under these names, in order of name and file. */
  public void maskConstants(Collection<String> names, MaskConstantVisitor visitor) {
    for (String name : new TreeSet<>(names)) {
      masks
          .getOrDefault(name, List.of())
          .forEach(c -> visitor.constant(c.unit, name, c.value, c.line));
    }
  }

  /** Whether some file defines a mask under that name. */
  public boolean isMaskConstant(String name) {
    return masks.containsKey(name);
  }

  private Map<String, List<Expr>> constantsOf(int unit) {
    Map<String, List<Expr>> values = new HashMap<>();
    FileFacts facts = FactsCodec.decode(units.get(unit).facts);
    for (MacroConstant c : facts.constants()) {
      values.computeIfAbsent(c.name(), n -> new ArrayList<>(1)).add(c.value());
    }
    return values;
  }

  /**
   * What a number's name can stand for in a file: the nearest definitions, more than one if they
   * are as near as each other.
   */
  public List<TypeTable.Defined<Expr>> numbers(int unit, String name) {
    long low = (long) name.hashCode() << 32;
    int at = Arrays.binarySearch(numbers, low);
    at = at < 0 ? -at - 1 : at;
    List<Integer> candidates = new ArrayList<>(2);
    for (; at < numbers.length && numbers[at] >> 32 == name.hashCode(); at++) {
      candidates.add((int) numbers[at]);
    }
    List<TypeTable.Defined<Expr>> found = new ArrayList<>(1);
    for (List<Integer> equallyNear : nearness.order(unit, candidates)) {
      for (int candidate : equallyNear) {
        constantsOf
            .computeIfAbsent(candidate, this::constantsOf)
            .getOrDefault(name, List.of())
            .forEach(value -> found.add(new TypeTable.Defined<>(candidate, value)));
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  // ---- linking

  private record FunctionHead(
      String name, FunctionFacts.Linkage linkage, boolean returnsMask, boolean init) {}

  private record FileSummary(
      String path,
      byte[] facts,
      List<FunctionHead> functions,
      List<MacroConstant> masks,
      int[] numbers,
      int[] types,
      List<IgnoreComment> ignores) {}

  /** Collects files, in any order and from any thread. */
  public static final class Builder {
    private final ConcurrentHashMap<String, String> interned = new ConcurrentHashMap<>();
    private final List<FileSummary> files = new ArrayList<>();
    private boolean whole;

    /** Adds a file by its facts. */
    public void add(String path, FileFacts facts) {
      add(path, FactsCodec.encode(facts), facts);
    }

    /** Adds a file by its facts, packed and not. */
    void add(String path, byte[] packed, FileFacts facts) {
      List<FunctionHead> heads = new ArrayList<>(facts.functions().size());
      for (FunctionFacts function : facts.functions()) {
        heads.add(
            new FunctionHead(
                intern(function.name()),
                function.linkage(),
                function.returnType().equals("gfp_t"),
                function.init()));
      }
      List<MacroConstant> masks = new ArrayList<>();
      int[] numbers = new int[facts.constants().size()];
      int n = 0;
      for (MacroConstant constant : facts.constants()) {
        if (namesMask(constant.value())) {
          masks.add(constant);
        } else {
          numbers[n++] = constant.name().hashCode();
        }
      }
      FileSummary summary =
          new FileSummary(
              path,
              packed,
              List.copyOf(heads),
              masks,
              Arrays.copyOf(numbers, n),
              facts.types().nameHashes(),
              facts.ignores());
      synchronized (files) {
        files.add(summary);
      }
    }

    /** The one String for a name; most are known, and looking is cheaper than inserting. */
    private String intern(String name) {
      String known = interned.get(name);
      if (known == null) {
        known = interned.putIfAbsent(name, name);
      }
      return known == null ? name : known;
    }

    private static boolean namesMask(Expr e) {
      if (e.is(Expr.Kind.NAME) && e.name().contains("GFP_")) {
        return true;
      }
      return e.anyOperand(Builder::namesMask);
    }

    /** All of a tree was added: nobody else calls what is not exported. */
    Builder whole() {
      whole = true;
      return this;
    }

    public Program link() {
      return new Program(this);
    }
  }
}
