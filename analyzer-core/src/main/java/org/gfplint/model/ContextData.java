package org.gfplint.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Function;
import org.gfplint.model.ContextOperation.Kind;
import org.gfplint.model.ContextOperation.Taken;
import org.gfplint.model.EntryContext.Certainty;

/** Facts about contexts of all versions, read and checked once, like {@link ModelData}. */
final class ContextData {
  static final List<String> FILES = List.of("contexts.yaml", "entries.yaml");

  /** The first kernel whose long-term branch has cleanup.h. */
  private static final KernelVersion FIRST_GUARDS = new KernelVersion(6, 1, 0);

  /** Something that is true of one name over one range. */
  private record Ranged<T>(T value, KernelVersion since, Optional<KernelVersion> until) {
    boolean holdsIn(KernelVersion version) {
      return version.isWithin(since, until);
    }

    boolean overlaps(Ranged<?> other) {
      return !other.until.map(since::isAtLeast).orElse(false)
          && !until.map(other.since::isAtLeast).orElse(false);
    }
  }

  private record Guard(String function) {}

  private final Map<String, Fact> facts = new LinkedHashMap<>();
  private final Map<String, List<Ranged<ContextOperation>>> operations = new HashMap<>();
  private final Map<String, List<Ranged<Guard>>> guards = new LinkedHashMap<>();
  private final Map<String, List<Ranged<ContextQuestion>>> questions = new HashMap<>();
  private final Map<String, List<Ranged<Sleeper>>> sleepers = new HashMap<>();
  private final Map<String, List<Ranged<Handover>>> handovers = new HashMap<>();
  private final Map<String, List<Ranged<EntryContext>>> registrations = new LinkedHashMap<>();
  private final Map<String, List<Ranged<EntryContext>>> slots = new LinkedHashMap<>();

  static ContextData bundled() {
    return read(ModelData.texts(FILES));
  }

  /**
   * Reads data files.
   *
   * @param texts content by file name
   * @throws ModelDataException if any of it is not usable
   */
  static ContextData read(Map<String, byte[]> texts) {
    ContextData data = new ContextData();
    texts.forEach((file, text) -> data.add(DataFile.parse(file, text)));
    return data;
  }

  Collection<Fact> facts() {
    return facts.values();
  }

  void fill(
      KernelVersion version,
      Map<String, ContextOperation> operationsNow,
      Map<String, ContextOperation> guardsNow,
      Map<String, ContextQuestion> questionsNow,
      Map<String, Sleeper> sleepersNow) {
    now(operations, version)
        .forEach((name, found) -> operationsNow.put(name, inVersion(found.get(0), version)));
    now(guards, version)
        .forEach(
            (name, found) -> {
              ContextOperation operation = operationsNow.get(found.get(0).function());
              List<Fact> why = new ArrayList<>(operation.facts());
              why.add(facts.get("context.guard"));
              guardsNow.put(name, guard(operation, why));
            });
    now(questions, version).forEach((name, found) -> questionsNow.put(name, found.get(0)));
    now(sleepers, version)
        .forEach(
            (name, found) -> {
              Sleeper s = found.get(0);
              sleepersNow.put(
                  name,
                  new Sleeper(s.argument(), s.onlyVmalloc(), s.defersIn(), in(s.facts(), version)));
            });
  }

  void fillHandovers(KernelVersion version, Map<String, Handover> handoversNow) {
    now(handovers, version).forEach((name, found) -> handoversNow.put(name, found.get(0)));
  }

  void fillEntries(
      KernelVersion version,
      Map<String, List<EntryContext>> registrationsNow,
      Map<String, List<EntryContext>> slotsNow) {
    registrationsNow.putAll(now(registrations, version));
    slotsNow.putAll(now(slots, version));
  }

  private static <T> Map<String, List<T>> now(
      Map<String, List<Ranged<T>>> all, KernelVersion version) {
    Map<String, List<T>> found = new HashMap<>();
    all.forEach(
        (name, ranges) -> {
          for (Ranged<T> range : ranges) {
            if (range.holdsIn(version)) {
              found.computeIfAbsent(name, n -> new ArrayList<>(1)).add(range.value);
            }
          }
        });
    return found;
  }

  private static ContextOperation inVersion(ContextOperation operation, KernelVersion version) {
    return with(operation, in(operation.facts(), version));
  }

  private static List<Fact> in(List<Fact> facts, KernelVersion version) {
    List<Fact> holding = new ArrayList<>(facts.size());
    for (Fact fact : facts) {
      if (fact.holdsIn(version)) {
        holding.add(fact);
      }
    }
    return List.copyOf(holding);
  }

  private static ContextOperation with(ContextOperation o, List<Fact> facts) {
    return with(o, o.flagsArgument(), o.taken(), facts);
  }

  /** A guard keeps the flags itself; if it may fail, it is non-zero once taken. */
  private static ContextOperation guard(ContextOperation o, List<Fact> facts) {
    Taken taken = o.taken() == Taken.ALWAYS ? Taken.ALWAYS : Taken.IF_NON_ZERO;
    return with(o, OptionalInt.empty(), taken, facts);
  }

  private static ContextOperation with(
      ContextOperation o, OptionalInt flags, Taken taken, List<Fact> facts) {
    return new ContextOperation(
        o.kind(),
        o.lock(),
        o.contexts(),
        o.realtimeContexts(),
        o.lockArgument(),
        o.lockField(),
        flags,
        taken,
        o.waits(),
        o.shared(),
        facts);
  }

  // ---- reading

  private void add(DataFile file) {
    file.allowOnly(
        List.of(
            "facts",
            "operations",
            "guards",
            "questions",
            "sleepers",
            "handovers",
            "registrations",
            "slots"));
    for (DataFile.Entry entry : file.entries("facts", "id")) {
      entry.allowOnly(List.of("id", "since", "until", "read", "where", "says"));
      Fact fact = ModelData.fact(entry, entry.label(), ModelData.OLDEST, entry.required("where"));
      if (facts.put(fact.id(), fact) != null) {
        throw entry.problem("is given twice");
      }
    }
    file.entries("operations", "lock").forEach(this::addOperations);
    file.entries("guards", "name").forEach(this::addGuard);
    file.entries("questions", "name").forEach(this::addQuestion);
    file.entries("sleepers", "name").forEach(this::addSleeper);
    file.entries("handovers", "call").forEach(this::addHandover);
    for (DataFile.Entry entry : file.entries("registrations", "call")) {
      entry.allowOnly(entryFields("call", "argument", "field"));
      OptionalInt argument = OptionalInt.of(argument(entry, "argument").orElse(-1));
      if (argument.getAsInt() < 0) {
        throw entry.problem("has no argument");
      }
      String field = entry.optional("field").orElse("");
      for (String function : words(entry.label())) {
        addEntry(entry, registrations, function, argument, field);
      }
    }
    for (DataFile.Entry entry : file.entries("slots", "struct")) {
      entry.allowOnly(entryFields("struct", "fields"));
      for (String field : words(entry.required("fields"))) {
        addEntry(entry, slots, entry.label() + "." + field, OptionalInt.empty(), "");
      }
    }
  }

  private void addOperations(DataFile.Entry entry) {
    entry.allowOnly(
        List.of(
            "enter",
            "nonzero",
            "zero",
            "leave",
            "lock",
            "argument",
            "field",
            "flags",
            "contexts",
            "realtime",
            "waits",
            "attempt",
            "shared",
            "since",
            "until",
            "facts"));
    addOperations(entry, "enter", Kind.ENTER, Taken.ALWAYS);
    addOperations(entry, "nonzero", Kind.ENTER, Taken.IF_NON_ZERO);
    addOperations(entry, "zero", Kind.ENTER, Taken.IF_ZERO);
    addOperations(entry, "leave", Kind.LEAVE, Taken.ALWAYS);
  }

  private void addOperations(DataFile.Entry entry, String functions, Kind kind, Taken taken) {
    List<String> names = words(entry.optional(functions).orElse(""));
    if (names.isEmpty()) {
      return;
    }
    DataFile.Entry named = entry.named(names.get(0));
    LockKind lock = oneOf(named, "lock", LockKind.values(), LockKind::spelling);
    Set<AtomicContext> contexts = contexts(named, "contexts").orElse(null);
    if (contexts == null) {
      throw named.problem("has no contexts");
    }
    ContextOperation operation =
        new ContextOperation(
            kind,
            lock,
            contexts,
            contexts(named, "realtime").orElse(contexts),
            argument(named, "argument"),
            named.optional("field").orElse(""),
            argument(named, "flags"),
            taken,
            taken == Taken.IF_NON_ZERO ? flag(named, "waits") : !flag(named, "attempt"),
            flag(named, "shared"),
            facts(named, ModelData.OLDEST));
    for (String name : names) {
      put(entry.named(name), operations, name, operation, ModelData.OLDEST, false);
    }
  }

  private void addGuard(DataFile.Entry entry) {
    entry.allowOnly(List.of("name", "as", "since", "until"));
    String function = entry.required("as");
    Ranged<Guard> guard = ranged(entry, new Guard(function), FIRST_GUARDS);
    boolean known =
        operations.getOrDefault(function, List.of()).stream()
            .anyMatch(o -> o.value().enters() && o.holdsIn(guard.since()));
    if (!known) {
      throw entry.problem(
          "'"
              + function
              + "' enters nothing in "
              + guard.since()
              + NearestNames.suggestion(NearestNames.to(function, operations.keySet())));
    }
    put(entry, guards, entry.label(), new Guard(function), FIRST_GUARDS, false);
  }

  private void addQuestion(DataFile.Entry entry) {
    entry.allowOnly(
        List.of(
            "name",
            "true-in",
            "false-in",
            "maybe-in",
            "otherwise",
            "proves",
            "since",
            "until",
            "fact"));
    ContextQuestion.Answer otherwise =
        switch (entry.optional("otherwise").orElse("false")) {
          case "true" -> ContextQuestion.Answer.NON_ZERO;
          case "false" -> ContextQuestion.Answer.ZERO;
          case "maybe" -> ContextQuestion.Answer.EITHER;
          default -> throw entry.problem("otherwise is not true, false or maybe");
        };
    ContextQuestion question =
        new ContextQuestion(
            contexts(entry, "true-in").orElse(Set.of()),
            contexts(entry, "false-in").orElse(Set.of()),
            contexts(entry, "maybe-in").orElse(Set.of()),
            otherwise,
            oneOf(entry, "proves", ContextQuestion.Proof.values(), ContextData::spelling),
            fact(entry, entry.required("fact")));
    for (String function : words(entry.label())) {
      put(entry, questions, function, question, ModelData.OLDEST, false);
    }
  }

  private void addSleeper(DataFile.Entry entry) {
    entry.allowOnly(List.of("name", "argument", "when", "except-in", "since", "until", "facts"));
    boolean onlyVmalloc = entry.optional("when").isPresent();
    if (onlyVmalloc && !entry.required("when").equals("vmalloc")) {
      throw entry.problem("when is not vmalloc");
    }
    Sleeper sleeper =
        new Sleeper(
            argument(entry, "argument"),
            onlyVmalloc,
            contexts(entry, "except-in").orElse(Set.of()),
            facts(entry, ModelData.OLDEST));
    for (String function : words(entry.label())) {
      put(entry, sleepers, function, sleeper, ModelData.OLDEST, false);
    }
  }

  private void addHandover(DataFile.Entry entry) {
    entry.allowOnly(
        List.of("call", "step", "work", "queue", "thread", "completion", "since", "until", "fact"));
    Handover handover =
        new Handover(
            oneOf(entry, "step", Handover.Step.values(), ContextData::spelling),
            argument(entry, "work"),
            argument(entry, "queue"),
            argument(entry, "thread"),
            argument(entry, "completion"),
            fact(entry, entry.required("fact")));
    for (String function : words(entry.label())) {
      put(entry, handovers, function, handover, ModelData.OLDEST, false);
    }
  }

  private static List<String> entryFields(String... own) {
    List<String> fields = new ArrayList<>(Arrays.asList(own));
    fields.addAll(
        List.of(
            "contexts",
            "realtime",
            "unthreaded",
            "reclaim",
            "nonzero",
            "elsewhere",
            "filesystem",
            "inherits",
            "passed-to",
            "convention",
            "unless",
            "given",
            "since",
            "until",
            "where",
            "says"));
    return fields;
  }

  private void addEntry(
      DataFile.Entry entry,
      Map<String, List<Ranged<EntryContext>>> into,
      String where,
      OptionalInt argument,
      String field) {
    DataFile.Entry named = entry.named(where);
    Set<AtomicContext> contexts = contexts(named, "contexts").orElse(null);
    if (contexts == null) {
      throw named.problem("has no contexts");
    }
    String id = "entry." + where.toLowerCase(Locale.ROOT).replace('_', '-').replace("*", "any");
    Fact fact = ModelData.fact(named, id, ModelData.OLDEST, named.required("where"));
    EntryContext context =
        new EntryContext(
            where,
            argument,
            field,
            contexts,
            contexts(named, "realtime").orElse(contexts),
            Set.copyOf(words(named.optional("unthreaded").orElse(""))),
            named.optional("reclaim").isPresent()
                ? oneOf(named, "reclaim", ReclaimKind.values(), ReclaimKind::spelling)
                : ReclaimKind.NONE,
            Set.copyOf(words(named.optional("nonzero").orElse(""))),
            flag(named, "elsewhere"),
            flag(named, "filesystem"),
            named.optional("inherits").orElse(""),
            Set.copyOf(words(named.optional("passed-to").orElse(""))),
            flag(named, "convention") ? Certainty.CONVENTION : Certainty.CERTAIN,
            Set.copyOf(words(named.optional("unless").orElse(""))),
            given(named),
            fact);
    put(named, into, where, context, ModelData.OLDEST, true);
  }

  private static Set<String> given(DataFile.Entry entry) {
    List<String> given = words(entry.optional("given").orElse(""));
    for (String each : given) {
      if (!each.matches("(\\d+|last)(=[01]|&\\w+)")) {
        throw entry.problem("has a given that is not like 3=1, 1=0 or last&FLAG: " + each);
      }
    }
    return Set.copyOf(given);
  }

  private <T> void put(
      DataFile.Entry entry,
      Map<String, List<Ranged<T>>> into,
      String name,
      T value,
      KernelVersion defaultSince,
      boolean severalArguments) {
    Ranged<T> added = ranged(entry, value, defaultSince);
    List<Ranged<T>> ranges = into.computeIfAbsent(name, n -> new ArrayList<>(1));
    for (Ranged<T> other : ranges) {
      boolean same = !severalArguments || isSameArgument(value, other.value());
      if (same && added.overlaps(other)) {
        throw entry.problem("overlaps another row of " + name);
      }
    }
    ranges.add(added);
  }

  private static boolean isSameArgument(Object one, Object other) {
    return ((EntryContext) one).argument().equals(((EntryContext) other).argument());
  }

  private static <T> Ranged<T> ranged(DataFile.Entry entry, T value, KernelVersion defaultSince) {
    KernelVersion since = entry.version("since").orElse(defaultSince);
    Optional<KernelVersion> until = entry.version("until");
    if (until.isPresent() && since.isAtLeast(until.get())) {
      throw entry.problem("range " + since + " to before " + until.get() + " is empty");
    }
    return new Ranged<>(value, since, until);
  }

  /** The facts that a row quotes: at any time at least one of them holds. */
  private List<Fact> facts(DataFile.Entry entry, KernelVersion defaultSince) {
    List<Fact> quoted = new ArrayList<>(2);
    for (String id : words(entry.required("facts"))) {
      quoted.add(fact(entry, id));
    }
    Ranged<List<Fact>> row = ranged(entry, quoted, defaultSince);
    List<KernelVersion> turns = new ArrayList<>(List.of(row.since()));
    quoted.forEach(fact -> fact.until().filter(row::holdsIn).ifPresent(turns::add));
    for (KernelVersion turn : turns) {
      if (row.holdsIn(turn) && quoted.stream().noneMatch(fact -> fact.holdsIn(turn))) {
        throw entry.problem("none of its facts holds in " + turn);
      }
    }
    return quoted;
  }

  private Fact fact(DataFile.Entry entry, String id) {
    Fact fact = facts.get(id);
    if (fact == null) {
      throw entry.problem(
          "quotes '"
              + id
              + "', which is no fact"
              + NearestNames.suggestion(NearestNames.to(id, facts.keySet())));
    }
    return fact;
  }

  private static Optional<Set<AtomicContext>> contexts(DataFile.Entry entry, String key) {
    Optional<String> text = entry.optional(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Set<AtomicContext> set = EnumSet.noneOf(AtomicContext.class);
    for (String word : words(text.get())) {
      set.add(named(entry, key, word, AtomicContext.values(), AtomicContext::spelling));
    }
    return Optional.of(set);
  }

  private static <E extends Enum<E>> E oneOf(
      DataFile.Entry entry, String key, E[] values, Function<E, String> spelling) {
    return named(entry, key, entry.required(key), values, spelling);
  }

  private static <E extends Enum<E>> E named(
      DataFile.Entry entry, String key, String word, E[] values, Function<E, String> spelling) {
    for (E value : values) {
      if (spelling.apply(value).equals(word)) {
        return value;
      }
    }
    throw entry.problem(
        key
            + " has '"
            + word
            + "', expected one of "
            + String.join(", ", Arrays.stream(values).map(spelling).toList()));
  }

  private static String spelling(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean flag(DataFile.Entry entry, String key) {
    Optional<String> text = entry.optional(key);
    if (text.isPresent() && !text.get().equals("true")) {
      throw entry.problem(key + " is not true");
    }
    return text.isPresent();
  }

  private static OptionalInt argument(DataFile.Entry entry, String key) {
    return entry
        .optional(key)
        .map(text -> OptionalInt.of(ModelData.argument(entry, text)))
        .orElse(OptionalInt.empty());
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringTokenizer rest = new StringTokenizer(text, " ");
    while (rest.hasMoreTokens()) {
      words.add(rest.nextToken());
    }
    return words;
  }
}
