package org.gfplint.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * All facts of all versions, read and checked once. Either everything is sound or nothing loads.
 */
final class ModelData {
  static final KernelVersion OLDEST = new KernelVersion(4, 10, 0);

  /** The newest tree that was read; facts about later releases come from patches alone. */
  static final KernelVersion NEWEST_READ = new KernelVersion(6, 12, 0);

  static final List<String> FILES =
      List.of(
          "flags.yaml",
          "scopes.yaml",
          "page.yaml",
          "slab.yaml",
          "kvmalloc.yaml",
          "vmalloc.yaml",
          "pools.yaml",
          "net.yaml",
          "id.yaml",
          "wrappers.yaml",
          "charges.yaml");

  /** In place of an argument number: the mask is kept in an object that the function is given. */
  private static final String IN_OBJECT = "object";

  private static final List<String> SECTIONS =
      List.of(
          "where",
          "family",
          "flags",
          "composites",
          "gone",
          "predicates",
          "filters",
          "facts",
          "checks",
          "operations",
          "flag-operations",
          "task-flags",
          "stand-ins",
          "carriers",
          "mount-time",
          "apis",
          "forwards");
  private static final List<String> TREES = List.of("4.10", "4.16", "5.0", "5.17", "6.1", "6.12");
  private static final List<KernelVersion> TREE_VERSIONS =
      List.of(
          new KernelVersion(4, 10, 0),
          new KernelVersion(4, 16, 0),
          new KernelVersion(5, 0, 0),
          new KernelVersion(5, 17, 0),
          new KernelVersion(6, 1, 0),
          new KernelVersion(6, 12, 0));
  private static final KernelVersion BEFORE_ALL = new KernelVersion(0, 0, 0);

  /** A name with one value over one range. */
  record NameEntry(String name, Fact fact, Optional<String> value, Optional<String> replacedBy) {}

  /** An API over one range. */
  record ApiEntry(AllocatorApi api, KernelVersion since, Optional<KernelVersion> until) {
    boolean holdsIn(KernelVersion version) {
      return version.isWithin(since, until);
    }
  }

  /** The answer to a question over one range. */
  record Answer(String value, Fact fact) {
    boolean is(String text) {
      return value.equals(text);
    }
  }

  /**
   * What a function checks itself, over one range.
   *
   * @param with flags of which one must be set; empty if none need be
   * @param without flags that must all be absent
   * @param in contexts of which one must hold; empty if any will do
   * @param when a condition that the call does not show; empty if there is none
   * @param then what happens
   */
  record Check(
      GfpMask with,
      GfpMask without,
      Set<AtomicContext> in,
      String when,
      Consequence then,
      Fact fact) {
    boolean appliesTo(GfpMask mask, ExecutionContext context) {
      return (with.isEmpty() || mask.intersects(with))
          && !mask.intersects(without)
          && (in.isEmpty() || !Collections.disjoint(in, context.atomic()));
    }
  }

  /** What a failed check leads to. */
  enum Consequence {
    WARNS,
    FAILS,
    WARNS_AND_FAILS,
    DROPS_FLAGS
  }

  /** A scope function over one range. */
  record OperationEntry(ScopeOperation operation, KernelVersion since) {}

  private final Map<String, List<NameEntry>> names = new LinkedHashMap<>();
  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final Map<Fact, String> files = new IdentityHashMap<>();
  private final Map<Question, List<Answer>> answers = new EnumMap<>(Question.class);
  private final Map<String, List<ApiEntry>> apis = new LinkedHashMap<>(2048);
  private final Map<String, OperationEntry> operations = new HashMap<>();

  /** Functions that are told the task flags, and whether they set them, over one range. */
  record FlagOperationEntry(boolean opens, KernelVersion since) {}

  /** A type of object that shows that its task is in a scope, over one range. */
  record CarrierEntry(ScopeCarrier carrier, KernelVersion since) {}

  private final Map<String, FlagOperationEntry> flagOperations = new HashMap<>();
  private final Map<String, TaskFlagOperation> taskFlags = new HashMap<>();

  /** Functions that return what stands for an object that opens a scope, and unless what. */
  private final Map<String, String> standIns = new HashMap<>();

  private final List<CarrierEntry> carriers = new ArrayList<>();
  private final Set<String> mountTimeCallbacks = new HashSet<>();
  private final Set<String> mountTimeFlags = new HashSet<>();

  private final Map<String, List<Check>> checks = new HashMap<>();
  private final Map<String, GfpMask> predicates = new HashMap<>();
  private final Map<String, Integer> filters = new HashMap<>();

  /** Values that a tree's own headers put in place of what is known of its version. */
  private final Map<String, Optional<GfpMask>> ofTree = new HashMap<>();

  /** Names a directory whose files are used in place of the program's own of the same name. */
  static final String DIRECTORY_PROPERTY = "gfplint.model.data";

  /**
   * The facts that come with the program, or those that the system property {@value
   * #DIRECTORY_PROPERTY} puts in their place.
   *
   * @throws ModelDataException if they are not usable
   */
  static ModelData bundled() {
    return read(texts(FILES));
  }

  /**
   * The content of some of the program's data files, or of those that replace them.
   *
   * @throws ModelDataException if they cannot be read, or another file wants to replace something
   */
  static Map<String, byte[]> texts(List<String> files) {
    String directory = System.getProperty(DIRECTORY_PROPERTY, "");
    Map<String, byte[]> replacements =
        directory.isEmpty() ? Map.of() : replacements(Path.of(directory));
    List<String> known = new ArrayList<>(FILES);
    known.addAll(ContextData.FILES);
    for (String other : replacements.keySet()) {
      if (!known.contains(other)) {
        throw new ModelDataException(
            other, "file", "is not one of the model's: " + String.join(", ", known));
      }
    }
    Map<String, byte[]> inOrder = new LinkedHashMap<>();
    for (String file : files) {
      byte[] replaced = replacements.get(file);
      inOrder.put(file, replaced == null ? ownText(file) : replaced);
    }
    return inOrder;
  }

  private static byte[] ownText(String file) {
    try (InputStream in = ModelData.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ModelDataException(file, "file", "is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ModelDataException(file, "file", "cannot be read: " + e.getMessage());
    }
  }

  private static Map<String, byte[]> replacements(Path directory) {
    Map<String, byte[]> texts = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.yaml")) {
      for (Path file : files) {
        texts.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw new ModelDataException(
          directory.toString(), DIRECTORY_PROPERTY, "cannot be read: " + e);
    }
    if (texts.isEmpty()) {
      throw new ModelDataException(
          directory.toString(), DIRECTORY_PROPERTY, "has none of the model's files");
    }
    return texts;
  }

  /**
   * Reads data files.
   *
   * @param texts content by file name
   * @throws ModelDataException if any of it is not usable
   */
  static ModelData read(Map<String, byte[]> texts) {
    ModelData data = new ModelData();
    texts.forEach((file, text) -> data.add(DataFile.parse(file, text)));
    data.checkAnswers();
    data.checkQuoted();
    return data;
  }

  /**
   * The same data, but these names have these values in every version; a name with an empty one
   * does not exist.
   */
  ModelData with(Map<String, Optional<GfpMask>> values) {
    if (values.isEmpty()) {
      return this;
    }
    ModelData copy = new ModelData();
    copy.names.putAll(names);
    copy.facts.putAll(facts);
    copy.files.putAll(files);
    copy.answers.putAll(answers);
    copy.apis.putAll(apis);
    copy.operations.putAll(operations);
    copy.flagOperations.putAll(flagOperations);
    copy.taskFlags.putAll(taskFlags);
    copy.standIns.putAll(standIns);
    copy.carriers.addAll(carriers);
    copy.mountTimeCallbacks.addAll(mountTimeCallbacks);
    copy.mountTimeFlags.addAll(mountTimeFlags);
    copy.checks.putAll(checks);
    copy.predicates.putAll(predicates);
    copy.filters.putAll(filters);
    copy.ofTree.putAll(values);
    return copy;
  }

  Map<String, List<NameEntry>> names() {
    return names;
  }

  Map<String, Fact> facts() {
    return facts;
  }

  Map<String, List<ApiEntry>> apis() {
    return apis;
  }

  Optional<OperationEntry> operation(String function) {
    return Optional.ofNullable(operations.get(function));
  }

  Optional<String> standIn(String function) {
    return Optional.ofNullable(standIns.get(function));
  }

  Set<String> mountTimeCallbacks() {
    return mountTimeCallbacks;
  }

  Set<String> mountTimeFlags() {
    return mountTimeFlags;
  }

  List<CarrierEntry> carriers() {
    return carriers;
  }

  OptionalInt filter(String function) {
    Integer argument = filters.get(function);
    return argument == null ? OptionalInt.empty() : OptionalInt.of(argument);
  }

  Optional<TaskFlagOperation> taskFlagOperation(String function) {
    return Optional.ofNullable(taskFlags.get(function));
  }

  Optional<FlagOperationEntry> flagOperation(String function) {
    return Optional.ofNullable(flagOperations.get(function));
  }

  /** The flags of which one must be set for a function of one mask to be true. */
  Optional<GfpMask> predicate(String function) {
    return Optional.ofNullable(predicates.get(function));
  }

  List<Check> checks(String api) {
    return checks.getOrDefault(api, List.of());
  }

  Map<Question, Answer> answersIn(KernelVersion version) {
    Map<Question, Answer> now = new EnumMap<>(Question.class);
    answers.forEach(
        (question, list) ->
            list.stream()
                .filter(answer -> answer.fact().holdsIn(version))
                .forEach(answer -> now.put(question, answer)));
    return now;
  }

  /** The questions that a fact answers, in order; none for a fact that is only quoted. */
  List<Question> questionsOf(Fact fact) {
    return answers.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(a -> a.fact().equals(fact)))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void add(DataFile file) {
    file.allowOnly(SECTIONS);
    String where = file.text("where", "");
    for (DataFile.Entry entry : file.entries("flags", "name")) {
      entry.allowOnly(List.of("name", "since", "until", "read", "says", "then", "where"));
      addName(entry, where, OLDEST, Optional.empty());
    }
    for (DataFile.Entry entry : file.entries("composites", "name")) {
      entry.allowOnly(List.of("name", "since", "until", "read", "says", "then", "where", "value"));
      addName(entry, where, OLDEST, Optional.of(entry.required("value")));
    }
    for (DataFile.Entry entry : file.entries("gone", "name")) {
      entry.allowOnly(List.of("name", "until", "says", "then"));
      addName(entry, where, BEFORE_ALL, Optional.of("0"));
    }
    if (!file.entries("flags", "name").isEmpty()) {
      checkNames(file.name());
    }
    for (DataFile.Entry entry : file.entries("predicates", "name")) {
      entry.allowOnly(List.of("name", "tests"));
      predicates.put(entry.label(), value(entry, entry.required("tests"), OLDEST));
    }
    for (DataFile.Entry entry : file.entries("filters", "name")) {
      entry.allowOnly(List.of("name", "mask"));
      filters.put(entry.label(), argument(entry, entry.required("mask")));
    }
    for (DataFile.Entry entry : file.entries("facts", "id")) {
      addFact(entry);
    }
    for (DataFile.Entry entry : file.entries("checks", "id")) {
      addCheck(entry);
    }
    for (DataFile.Entry entry : file.entries("operations", "name")) {
      addOperation(entry);
    }
    for (DataFile.Entry entry : file.entries("stand-ins", "name")) {
      entry.allowOnly(List.of("name", "unless"));
      standIns.put(entry.label(), entry.required("unless"));
    }
    for (DataFile.Entry entry : file.entries("mount-time", "callback")) {
      entry.allowOnly(List.of("callback", "flag"));
      mountTimeCallbacks.add(entry.label());
      mountTimeFlags.add(entry.required("flag"));
    }
    for (DataFile.Entry entry : file.entries("carriers", "type")) {
      entry.allowOnly(List.of("type", "scope", "cookie", "current", "provided", "since"));
      carriers.add(
          new CarrierEntry(
              new ScopeCarrier(
                  entry.label(),
                  scopeKind(entry),
                  entry.required("cookie"),
                  entry.required("current"),
                  entry.required("provided")),
              entry.version("since").orElse(OLDEST)));
    }
    for (DataFile.Entry entry : file.entries("flag-operations", "name")) {
      entry.allowOnly(List.of("name", "opens", "since"));
      flagOperations.put(
          entry.label(),
          new FlagOperationEntry(
              Boolean.parseBoolean(entry.required("opens")),
              entry.version("since").orElse(OLDEST)));
    }
    for (DataFile.Entry entry : file.entries("task-flags", "name")) {
      entry.allowOnly(List.of("name", "opens", "flags", "place"));
      taskFlags.put(
          entry.label(),
          new TaskFlagOperation(
              Boolean.parseBoolean(entry.required("opens")),
              argument(entry, entry.required("flags")),
              entry.optional("place").stream().mapToInt(p -> argument(entry, p)).findFirst()));
    }
    String family = file.text("family", "");
    for (DataFile.Entry entry : file.entries("apis", "name")) {
      addApi(entry, family);
    }
    addForwards(file, file.texts("forwards"), family);
  }

  private void addName(
      DataFile.Entry entry, String where, KernelVersion since, Optional<String> value) {
    String name = entry.label();
    Fact fact = fact(entry, "name." + name, since, entry.optional("where").orElse(where));
    if (value.isEmpty() && flag(name).isEmpty()) {
      throw entry.problem("is not a flag the model knows");
    }
    List<NameEntry> ranges = names.computeIfAbsent(name, n -> new ArrayList<>(2));
    ranges.add(new NameEntry(name, fact, value, entry.optional("then")));
  }

  private static Optional<GfpMask> flag(String name) {
    for (GfpFlag flag : GfpFlag.values()) {
      if (flag.spelling().equals(name)) {
        return Optional.of(GfpMask.of(flag));
      }
    }
    return Optional.empty();
  }

  static Fact fact(DataFile.Entry entry, String id, KernelVersion defaultSince, String where) {
    KernelVersion since = entry.version("since").orElse(defaultSince);
    Optional<KernelVersion> until = entry.version("until");
    if (until.isPresent() && since.isAtLeast(until.get())) {
      throw entry.problem("range " + since + " to before " + until.get() + " is empty");
    }
    String sentence = entry.required("says");
    if (!sentence.endsWith(".") || sentence.contains("\n")) {
      throw entry.problem("'says' is not one sentence");
    }
    for (String tree : entry.optional("read").orElse("").split(" ")) {
      if (tree.isEmpty()) {
        continue;
      }
      int index = TREES.indexOf(tree);
      if (index < 0) {
        throw entry.problem("'" + tree + "' is not one of the trees that were read");
      }
      KernelVersion read = TREE_VERSIONS.get(index);
      if (!read.isAtLeast(since) || until.map(read::isAtLeast).orElse(false)) {
        throw entry.problem("was read in " + tree + ", outside its own range");
      }
    }
    if (where.isBlank()) {
      throw entry.problem("has no where");
    }
    return new Fact(id, since, until, sentence, where);
  }

  private void addFact(DataFile.Entry entry) {
    entry.allowOnly(List.of("id", "decides", "since", "until", "read", "where", "says"));
    Fact fact = fact(entry, entry.label(), OLDEST, entry.required("where"));
    files.put(fact, entry.file());
    if (facts.put(fact.id(), fact) != null) {
      throw entry.problem("is given twice");
    }
    entry
        .texts("decides")
        .forEach(
            (key, value) -> {
              Question question = Question.of(key);
              if (question == null) {
                throw entry.problem("decides '" + key + "', which nothing asks");
              }
              if (!question.accepts(value)) {
                throw entry.problem(
                    "answers "
                        + key
                        + " with '"
                        + value
                        + "', expected one of "
                        + String.join(", ", question.answers()));
              }
              answers
                  .computeIfAbsent(question, q -> new ArrayList<>(3))
                  .add(new Answer(value, fact));
            });
  }

  private void addCheck(DataFile.Entry entry) {
    entry.allowOnly(
        List.of(
            "id", "for", "with", "without", "in", "when", "then", "since", "until", "read", "where",
            "says"));
    Fact fact = fact(entry, entry.label(), OLDEST, entry.required("where"));
    files.put(fact, entry.file());
    if (facts.put(fact.id(), fact) != null) {
      throw entry.problem("is given twice");
    }
    Consequence then;
    Set<AtomicContext> in;
    try {
      String text = entry.required("then");
      then = Consequence.valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException e) {
      throw entry.problem(
          "'then' is none of warns, fails, warns-and-fails, drops-flags: "
              + entry.required("then"));
    }
    try {
      in = ModelQuery.parseContexts(List.of(entry.optional("in").orElse("").split(" ")));
    } catch (ModelQueryException e) {
      throw entry.problem(e.getMessage());
    }
    Check check =
        new Check(
            value(entry, entry.optional("with").orElse("0"), fact.since()),
            value(entry, entry.optional("without").orElse("0"), fact.since()),
            in,
            entry.optional("when").orElse(""),
            then,
            fact);
    for (String name : entry.required("for").split(" ")) {
      checks.computeIfAbsent(name, n -> new ArrayList<>(1)).add(check);
    }
  }

  private void addOperation(DataFile.Entry entry) {
    entry.allowOnly(List.of("name", "scope", "opens", "since"));
    ScopeKind kind = scopeKind(entry);
    boolean opens = Boolean.parseBoolean(entry.required("opens"));
    operations.put(
        entry.label(),
        new OperationEntry(new ScopeOperation(kind, opens), entry.version("since").orElse(OLDEST)));
  }

  private static ScopeKind scopeKind(DataFile.Entry entry) {
    try {
      return ScopeKind.valueOf(entry.required("scope").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw entry.problem("unknown scope '" + entry.required("scope") + "'");
    }
  }

  private void addApi(DataFile.Entry entry, String defaultFamily) {
    entry.allowOnly(
        List.of(
            "name",
            "mask",
            "size",
            "adds",
            "implicit",
            "optional",
            "since",
            "until",
            "sleeps",
            "family",
            "result",
            "drops-lock",
            "anywhere"));
    OptionalInt mask = OptionalInt.empty();
    boolean inObject = entry.optional("mask").filter(IN_OBJECT::equals).isPresent();
    if (inObject && entry.optional("implicit").isPresent()) {
      throw entry.problem("has an implicit mask, and one in an object too");
    }
    if (inObject) {
      // Nothing to read from a call.
    } else if (entry.optional("mask").isPresent()) {
      mask = OptionalInt.of(argument(entry, entry.required("mask")));
    } else {
      entry.required("implicit");
    }
    GfpMask adds =
        entry.optional("adds").map(text -> value(entry, text, OLDEST)).orElse(GfpMask.NONE);
    KernelVersion since = entry.version("since").orElse(OLDEST);
    Optional<KernelVersion> until = entry.version("until");
    if (until.isPresent() && since.isAtLeast(until.get())) {
      throw entry.problem("range " + since + " to before " + until.get() + " is empty");
    }
    entry.optional("implicit").ifPresent(text -> value(entry, text, since));
    String family = entry.optional("family").orElse(defaultFamily);
    if (!AllocatorApi.FAMILIES.contains(family)) {
      throw entry.problem(
          "'"
              + family
              + "' is not a family, expected one of "
              + String.join(", ", AllocatorApi.FAMILIES));
    }
    for (String name : entry.label().split(" ")) {
      AllocatorApi api =
          new AllocatorApi(
              name,
              family,
              mask,
              entry.optional("optional").isPresent(),
              entry.optional("implicit"),
              size(entry),
              adds,
              entry.optional("sleeps").isPresent(),
              entry.optional("drops-lock").isPresent(),
              entry.optional("anywhere").isPresent());
      addApi(entry.file(), new ApiEntry(api, since, until));
    }
  }

  private void addApi(String file, ApiEntry added) {
    List<ApiEntry> ranges = apis.computeIfAbsent(added.api().name(), n -> new ArrayList<>(1));
    for (ApiEntry other : ranges) {
      boolean apart =
          other.until().map(added.since()::isAtLeast).orElse(false)
              || added.until().map(other.since()::isAtLeast).orElse(false);
      if (!apart) {
        throw new ModelDataException(file, added.api().name(), "overlaps another entry");
      }
    }
    ranges.add(added);
  }

  static int argument(DataFile.Entry entry, String text) {
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (number < 1) {
      throw entry.problem("'" + text + "' is not an argument number");
    }
    return number - 1;
  }

  private static SizeSource size(DataFile.Entry entry) {
    String text = entry.optional("size").orElse("");
    return switch (text) {
      case "" -> SizeSource.NOT_GIVEN;
      case "cache" -> new SizeSource(SizeSource.Kind.CACHE, List.of());
      case "one-page" -> new SizeSource(SizeSource.Kind.ONE_PAGE, List.of());
      default -> {
        String[] parts = text.split(":", 2);
        SizeSource.Kind kind = SizeSource.Kind.BYTES;
        if (parts.length == 2) {
          kind =
              switch (parts[0]) {
                case "order" -> SizeSource.Kind.ORDER;
                case "pages" -> SizeSource.Kind.PAGES;
                default -> throw entry.problem("unknown size '" + text + "'");
              };
        }
        List<Integer> arguments = new ArrayList<>(2);
        for (String part : parts[parts.length - 1].split("\\*")) {
          arguments.add(argument(entry, part));
        }
        yield new SizeSource(kind, List.copyOf(arguments));
      }
    };
  }

  private void addForwards(DataFile file, List<String> lines, String family) {
    Map<String, List<ApiEntry>> found = new HashMap<>();
    for (String line : lines) {
      for (String item : line.split(" ")) {
        ApiEntry entry = forward(file, item, family);
        found.computeIfAbsent(entry.api().name(), n -> new ArrayList<>(1)).add(entry);
      }
    }
    for (List<ApiEntry> entries : found.values()) {
      entries.sort(Comparator.comparing(ApiEntry::since));
      for (int i = 0; i < entries.size(); i++) {
        ApiEntry entry = entries.get(i);
        if (i + 1 < entries.size()) {
          KernelVersion next = entries.get(i + 1).since();
          if (entry.holdsIn(next)) {
            entry = new ApiEntry(entry.api(), entry.since(), Optional.of(next));
          }
        }
        addApi(file.name(), entry);
      }
    }
  }

  /** Reads name@argument, name@argument[4.16], [<=5.0], [5.17+] or [4.16-5.0]. */
  private static ApiEntry forward(DataFile file, String item, String family) {
    int at = item.indexOf('@');
    int open = item.indexOf('[');
    int argumentEnd = open < 0 ? item.length() : open;
    int argument;
    try {
      argument = Integer.parseInt(item, at + 1, argumentEnd, 10) - 1;
    } catch (NumberFormatException e) {
      argument = -1;
    }
    if (at <= 0 || argument < 0 || open >= 0 && !item.endsWith("]")) {
      throw new ModelDataException(file.name(), item, "expected name@argument[trees]");
    }
    int first = 0;
    int last = TREES.size() - 1;
    if (open >= 0) {
      String range = item.substring(open + 1, item.length() - 1);
      int dash = range.indexOf('-');
      if (range.startsWith("<=")) {
        last = tree(file, item, range.substring(2));
      } else if (range.endsWith("+")) {
        first = tree(file, item, range.substring(0, range.length() - 1));
      } else {
        first = tree(file, item, dash < 0 ? range : range.substring(0, dash));
        last = dash < 0 ? first : tree(file, item, range.substring(dash + 1));
      }
    }
    AllocatorApi api =
        new AllocatorApi(
            item.substring(0, at),
            family,
            OptionalInt.of(argument),
            false,
            Optional.empty(),
            SizeSource.NOT_GIVEN,
            GfpMask.NONE,
            false,
            false,
            false);
    return new ApiEntry(
        api,
        first == 0 ? OLDEST : after(TREES.get(first - 1)),
        last == TREES.size() - 1 ? Optional.empty() : Optional.of(TREE_VERSIONS.get(last + 1)));
  }

  private static int tree(DataFile file, String item, String tree) {
    int index = TREES.indexOf(tree);
    if (index < 0) {
      throw new ModelDataException(
          file.name(), item, "'" + tree + "' is not one of the trees that were read");
    }
    return index;
  }

  /** First mainline release after one of the trees. */
  private static KernelVersion after(String tree) {
    return switch (tree) {
      case "4.10" -> new KernelVersion(4, 11, 0);
      case "4.16" -> new KernelVersion(4, 17, 0);
      case "5.0" -> new KernelVersion(5, 1, 0);
      case "5.17" -> new KernelVersion(5, 18, 0);
      default -> new KernelVersion(6, 2, 0);
    };
  }

  /** Value of a mask expression in the data. */
  private GfpMask value(DataFile.Entry entry, String text, KernelVersion version) {
    try {
      return maskOf(text, version);
    } catch (IllegalArgumentException e) {
      throw entry.problem(e.getMessage() + " in " + version);
    }
  }

  /**
   * Evaluates a mask expression with the names of a version.
   *
   * @throws IllegalArgumentException if it is malformed or a name is unknown there
   */
  GfpMask maskOf(String text, KernelVersion version) {
    return MaskExpression.parse(text, name -> partOf(name, version)).mask();
  }

  /** Value of a flag or composite in a version; empty if that version has no such name. */
  Optional<GfpMask> valueOf(String name, KernelVersion version) {
    String canonical = name.startsWith("___GFP_") ? name.substring(1) : name;
    Optional<GfpMask> own = ofTree.get(canonical);
    if (own != null) {
      return own;
    }
    for (NameEntry entry : names.getOrDefault(canonical, List.of())) {
      if (entry.fact().holdsIn(version)) {
        return entry
            .value()
            .map(text -> MaskExpression.parse(text, part -> partOf(part, version)).mask())
            .or(() -> flag(canonical));
      }
    }
    return Optional.empty();
  }

  /** As valueOf, but a name that the version has and the tree took out adds nothing. */
  private Optional<GfpMask> partOf(String name, KernelVersion version) {
    return valueOf(name, version)
        .or(() -> ofTree.containsKey(name) ? Optional.of(GfpMask.NONE) : Optional.empty());
  }

  private void checkAnswers() {
    for (Question question : Question.values()) {
      List<Answer> list = answers.getOrDefault(question, List.of());
      if (list.isEmpty()) {
        throw new ModelDataException("model data", question.key(), "no fact decides it");
      }
      TreeMap<KernelVersion, Answer> bySince = new TreeMap<>();
      for (Answer answer : list) {
        if (bySince.put(answer.fact().since(), answer) != null) {
          throw new ModelDataException(
              files.get(answer.fact()),
              answer.fact().id(),
              "overlaps another fact that decides " + question.key());
        }
      }
      KernelVersion reached = OLDEST;
      boolean open = false;
      for (Answer answer : bySince.values()) {
        int order = answer.fact().since().compareTo(reached);
        if (open || order < 0) {
          throw new ModelDataException(
              files.get(answer.fact()),
              answer.fact().id(),
              "overlaps another fact that decides " + question.key());
        }
        if (order > 0) {
          throw new ModelDataException(
              files.get(answer.fact()),
              answer.fact().id(),
              "leaves a gap from " + reached + " for " + question.key());
        }
        open = answer.fact().until().isEmpty();
        reached = answer.fact().until().orElse(reached);
      }
      if (!open) {
        throw new ModelDataException(
            files.get(bySince.lastEntry().getValue().fact()),
            question.key(),
            "nothing decides it from " + reached + " on");
      }
    }
  }

  private void checkQuoted() {
    checks.forEach(
        (name, list) -> {
          if (!apis.containsKey(name)) {
            Fact fact = list.get(0).fact();
            throw new ModelDataException(
                files.get(fact), fact.id(), "is about " + name + ", which no file describes");
          }
        });
    for (Answer answer : answers.get(Question.PAGE_TABLE_MASK)) {
      try {
        maskOf(answer.value(), answer.fact().since());
      } catch (IllegalArgumentException e) {
        throw new ModelDataException(files.get(answer.fact()), answer.fact().id(), e.getMessage());
      }
    }
    for (QuotedFact quoted : QuotedFact.values()) {
      if (!facts.containsKey(quoted.id())) {
        throw new ModelDataException("model data", quoted.id(), "is quoted by answers but missing");
      }
    }
    for (String name : List.of("GFP_KERNEL", "GFP_RECLAIM_MASK", "GFP_CONSTRAINT_MASK")) {
      for (KernelVersion tree : TREE_VERSIONS) {
        if (valueOf(name, tree).isEmpty()) {
          throw new ModelDataException("flags.yaml", name, "is missing in " + tree);
        }
      }
    }
  }

  private void checkNames(String file) {
    names.forEach(
        (name, entries) -> {
          for (int i = 1; i < entries.size(); i++) {
            Optional<KernelVersion> end = entries.get(i - 1).fact().until();
            if (!end.map(entries.get(i).fact().since()::isAtLeast).orElse(false)) {
              throw new ModelDataException(file, name, "its ranges overlap or are unsorted");
            }
            if (!end.equals(Optional.of(entries.get(i).fact().since()))) {
              throw new ModelDataException(file, name, "its ranges leave a gap from " + end.get());
            }
          }
          for (NameEntry entry : entries) {
            KernelVersion since = entry.fact().since();
            try {
              entry.value().ifPresent(text -> maskOf(text, since));
            } catch (IllegalArgumentException e) {
              throw new ModelDataException(file, name, e.getMessage() + " in " + since);
            }
          }
        });
  }
}
