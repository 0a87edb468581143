package org.gfplint.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Which functions of one kernel version change the context that code runs in, and in which context
 * the functions begin that the kernel calls back. The facts are data: contexts.yaml and
 * entries.yaml beside this class.
 */
public final class ContextModel {
  private record Key(KernelVersion version, boolean realtime) {}

  private static final Map<Key, ContextModel> CACHE = new ConcurrentHashMap<>();

  /** Read once; a failure is not kept, so every caller gets the message. */
  private static final class Bundled {
    private static ContextData data;

    static synchronized ContextData data() {
      if (data == null) {
        data = ContextData.bundled();
      }
      return data;
    }
  }

  private final Map<String, ContextOperation> operations = new HashMap<>();
  private final Map<String, ContextOperation> guards = new HashMap<>();
  private final Map<String, ContextQuestion> questions = new HashMap<>();
  private final Map<String, Sleeper> sleepers = new HashMap<>();
  private final Map<String, Handover> handovers = new HashMap<>();
  private final Map<String, List<EntryContext>> registrations = new HashMap<>();
  private final Map<String, List<EntryContext>> slots = new HashMap<>();

  /** By function: the struct that it is given an object of. */
  private final Map<String, String> passed = new HashMap<>();

  private final boolean realtime;

  ContextModel(KernelVersion version, ContextData data) {
    this(version, false, data);
  }

  private ContextModel(KernelVersion version, boolean realtime, ContextData data) {
    this.realtime = realtime;
    KernelVersion at = version.isAtLeast(ModelData.OLDEST) ? version : ModelData.OLDEST;
    data.fill(at, operations, guards, questions, sleepers);
    data.fillHandovers(at, handovers);
    data.fillEntries(at, registrations, slots);
    slots.forEach(
        (where, entries) ->
            entries.forEach(
                e ->
                    e.passedTo()
                        .forEach(f -> passed.put(f, where.substring(0, where.indexOf('.'))))));
    if (realtime) {
      operations.replaceAll((name, operation) -> operation.onRealtime());
      guards.replaceAll((name, operation) -> operation.onRealtime());
      slots.replaceAll((name, entries) -> entries.stream().map(EntryContext::onRealtime).toList());
    }
  }

  /**
   * The contexts of a kernel version. Versions outside the facts get the nearest ones.
   *
   * @throws ModelDataException if the bundled facts are not usable
   */
  public static ContextModel forVersion(KernelVersion version) {
    return forVersion(version, false);
  }

  /**
   * The contexts of a kernel version.
   *
   * @param realtime whether what every context means is what it means on PREEMPT_RT
   * @throws ModelDataException if the bundled facts are not usable
   */
  public static ContextModel forVersion(KernelVersion version, boolean realtime) {
    return CACHE.computeIfAbsent(
        new Key(version, realtime), k -> new ContextModel(version, realtime, Bundled.data()));
  }

  /** The same contexts, which some more functions enter or leave. */
  ContextModel with(ModelAdditions additions) {
    if (additions.contexts().isEmpty()) {
      return this;
    }
    ContextModel copy = new ContextModel(this);
    additions
        .contexts()
        .forEach(
            (name, added) ->
                contextOperation(added.like())
                    .ifPresent(o -> copy.operations.put(name, o.withLock(added.lock()))));
    return copy;
  }

  private ContextModel(ContextModel other) {
    realtime = other.realtime;
    operations.putAll(other.operations);
    guards.putAll(other.guards);
    questions.putAll(other.questions);
    sleepers.putAll(other.sleepers);
    handovers.putAll(other.handovers);
    registrations.putAll(other.registrations);
    slots.putAll(other.slots);
    passed.putAll(other.passed);
  }

  /**
   * The same for those who do not ask where nothing may sleep: what code enters by itself, as with
   * spin_lock(), is not known.
   */
  public ContextModel withoutLocks() {
    ContextModel copy = new ContextModel(this);
    copy.operations.clear();
    copy.guards.clear();
    return copy;
  }

  /** Whether what every context means is what it means on PREEMPT_RT. */
  public boolean isRealtime() {
    return realtime;
  }

  /** What spin_lock() and its kin do; empty for any other function. */
  public Optional<ContextOperation> contextOperation(String function) {
    return Optional.ofNullable(operations.get(function));
  }

  /** Every function that has an operation. */
  public Set<String> contextOperations() {
    return Set.copyOf(operations.keySet());
  }

  /**
   * What a cleanup.h guard of this class enters: "spinlock_irqsave", "mutex_try". The lock argument
   * counts from the guard's own arguments; {@code guard(mutex)(&m)} has one.
   */
  public Optional<ContextOperation> guard(String className) {
    return Optional.ofNullable(guards.get(className));
  }

  /** What in_interrupt() and its kin say; empty for any other function. */
  public Optional<ContextQuestion> contextQuestion(String function) {
    return Optional.ofNullable(questions.get(function));
  }

  /** Present for functions that are no allocators, take no lock, and may sleep: vfree(). */
  public Optional<Sleeper> sleepsByItself(String function) {
    return Optional.ofNullable(sleepers.get(function));
  }

  /** Present for functions that have another task do something, or wait for it. */
  public Optional<Handover> handover(String function) {
    return Optional.ofNullable(handovers.get(function));
  }

  /** Every function that starts something in another task, or waits for it, or signals its end. */
  public Set<String> handovers() {
    return Set.copyOf(handovers.keySet());
  }

  /** Which arguments of a function are callbacks, and where they begin; none for most. */
  public List<EntryContext> registrations(String function) {
    return registrations(function, constant -> false);
  }

  /**
   * Which arguments of a function are callbacks, and where they begin; none for most.
   *
   * @param given whether a constant is among the arguments of the call
   */
  public List<EntryContext> registrations(String function, Predicate<String> given) {
    List<EntryContext> entries = registrations.getOrDefault(function, List.of());
    return realtime && !entries.isEmpty()
        ? entries.stream()
            .map(e -> e.unthreaded().stream().anyMatch(given) ? e : e.onRealtime())
            .toList()
        : entries;
  }

  /** Every function that is known to be given a callback. */
  public Set<String> registrations() {
    return Set.copyOf(registrations.keySet());
  }

  /** The tag of the struct that a function is given an object of, if that alone tells. */
  public Optional<String> structPassedTo(String function) {
    return Optional.ofNullable(passed.get(function));
  }

  /**
   * Where a callback begins that is stored in a member of a struct; none if that is unknown.
   *
   * @param struct the struct's tag
   */
  public List<EntryContext> slots(String struct, String field) {
    List<EntryContext> exact = slots.get(struct + "." + field);
    return exact != null ? exact : slots.getOrDefault(struct + ".*", List.of());
  }
}
