package org.gfplint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.gfplint.facts.Expr;
import org.gfplint.facts.Span;
import org.gfplint.facts.StoredFunction;
import org.gfplint.model.EntryContext;
import org.gfplint.model.ReclaimKind;
import org.gfplint.program.Calls;
import org.gfplint.program.Program;

/**
 * Finds masks that forbid what nothing forbids: only where every way to the request is known, and
 * nothing on any of them is in doubt.
 */
final class NeedlessMasks {
  /** A function of such a name that is not seen may enter a context for its caller. */
  private static final Pattern MAY_ENTER =
      Pattern.compile(
          "(?<![cb])lock(?!.*_init)|irq|atomic|preempt|rcu|_bh|disable|freeze|claim|acquire|get_cpu|start|begin"
              + "|enter");

  /** Until the task sleeps, it must not sleep for another reason. */
  private static final Pattern ABOUT_TO_SLEEP =
      Pattern.compile("prepare_to_wait|set_current_state|set_task_state|wait_event");

  /** Calls that may begin what a filesystem, or a device, must not be entered in. */
  private static final Pattern MAY_RESTRICT =
      Pattern.compile(
          "(?<![cb])lock(?!.*_init)|trans|journal|begin|start|freeze|enter|acquire|hold|suspend");

  /** How deep functions of headers may call each other before they are out of sight. */
  private static final int MOST_HEADERS = 3;

  private record Place(int function, Span call) {}

  private final Knowledge knowledge;
  private final Program program;
  private final FunctionSummary[] summaries;
  private final KnownWays known;
  private final List<Request> requests;
  private final Supplier<Map<LockClass, List<Deadlock.Taken>>> taken;
  private final List<List<StoredFunction>> tables;

  /** Directories with callbacks of a filesystem, or that reclaim calls; null until asked for. */
  private Set<String> filesystems;

  private final Map<Integer, FunctionSummary> withSleepingLocks = new HashMap<>();
  private final Map<Integer, Set<String>> unseen = new HashMap<>();

  NeedlessMasks(
      Knowledge knowledge,
      FunctionSummary[] summaries,
      KnownWays known,
      List<List<StoredFunction>> tables,
      List<Request> requests,
      Supplier<Map<LockClass, List<Deadlock.Taken>>> taken) {
    this.knowledge = knowledge;
    this.program = knowledge.program();
    this.summaries = summaries;
    this.known = known;
    this.tables = tables;
    this.requests = requests;
    this.taken = taken;
  }

  /** Requests that spend the reserves where they might as well sleep. */
  List<Needless> atomic() {
    return find(
        r -> knowledge.model().asksOnlyNotToSleep(r.mask()),
        NeedlessMasks::maySleep,
        this::mayEnterUnseen,
        s -> true);
  }

  /** Requests that keep out of filesystems where nothing has to do with any. */
  List<Needless> nofs() {
    return find(
        r -> knowledge.model().asksOnlyToAvoidFilesystems(r.mask()) && !isOfFilesystem(r),
        entry -> maySleep(entry) && isFarFromFilesystems(entry),
        this::mayRestrict,
        s -> s.held().stream().allMatch(this::isHarmless) && s.scopes().isEmpty());
  }

  private List<Needless> find(
      Predicate<Request> wanted,
      Predicate<EntryContext> allowed,
      Predicate<Integer> doubtful,
      Predicate<Surroundings> free) {
    if (knowledge.contexts().isRealtime()) {
      // What may sleep there need not be allowed to elsewhere.
      return List.of();
    }
    Map<Place, List<Request>> places = new LinkedHashMap<>();
    for (Request request : requests) {
      if (request.call().span() != null) {
        places
            .computeIfAbsent(
                new Place(request.function(), request.call().span()), p -> new ArrayList<>(1))
            .add(request);
      }
    }
    List<Needless> found = new ArrayList<>();
    for (List<Request> at : places.values()) {
      if (at.stream().allMatch(r -> isPlain(r) && wanted.test(r))) {
        Request first = at.get(0);
        ways(first, allowed, doubtful, free)
            .ifPresent(ways -> found.add(new Needless(first, ways)));
      }
    }
    return List.copyOf(found);
  }

  /** Whether the mask is written down, and nothing that is known to matter is around it. */
  private boolean isPlain(Request request) {
    return request.chosen() != null
        && request.api().maskArgument().isPresent()
        && !request.choice()
        && request.held().isEmpty()
        && request.scopes().isEmpty()
        && request.covers().isEmpty()
        && request.path().stream().noneMatch(h -> summaries[h.function()].bounded());
  }

  private Optional<List<Needless.Way>> ways(
      Request request,
      Predicate<EntryContext> allowed,
      Predicate<Integer> doubtful,
      Predicate<Surroundings> free) {
    int function = request.function();
    Optional<List<KnownWays.Way>> ways = known.to(function);
    if (ways.isEmpty()
        || doubtful.test(function)
        || request.path().stream().anyMatch(h -> doubtful.test(h.function()))
        || !isFree(function, request.call(), free)) {
      return Optional.empty();
    }
    List<Needless.Way> result = new ArrayList<>();
    for (KnownWays.Way way : ways.get()) {
      KnownWays.Start start = way.start();
      if (!allowed.test(start.entry())) {
        return Optional.empty();
      }
      for (int i = 0; i < way.calls().size(); i++) {
        int caller = way.calls().get(i).function();
        int callee = i + 1 < way.calls().size() ? way.calls().get(i + 1).function() : function;
        if (doubtful.test(caller) || !isFreeAtCalls(caller, callee, free)) {
          return Optional.empty();
        }
      }
      result.add(
          new Needless.Way(
              start.function(), start.entry(), start.in(), start.place(), way.calls()));
    }
    return Optional.of(List.copyOf(result));
  }

  /** With the locks, too, whose holder may sleep. */
  private FunctionSummary summary(int function) {
    return withSleepingLocks.computeIfAbsent(
        function,
        f -> new FunctionWalk(knowledge.withSleepingLocks(knowledge.effects()), f, true).walk());
  }

  private boolean isFree(int function, Expr call, Predicate<Surroundings> free) {
    FunctionSummary summary = summary(function);
    for (RequestSite site : summary.requests()) {
      if (call.span().equals(site.call().span())
          && !site.visits().stream().allMatch(v -> isFree(v.surroundings(), free))) {
        return false;
      }
    }
    for (CallSite site : summary.calls()) {
      if (call.span().equals(site.call().span())
          && !site.visits().stream().allMatch(v -> isFree(v.surroundings(), free))) {
        return false;
      }
    }
    return !summary.bounded();
  }

  private boolean isFreeAtCalls(int caller, int callee, Predicate<Surroundings> free) {
    FunctionSummary summary = summary(caller);
    int unit = program.unitOf(caller);
    for (CallSite site : summary.calls()) {
      if (!site.callee().isEmpty()
          && known.means(unit, site.callee(), callee)
          && !site.visits().stream().allMatch(v -> isFree(v.surroundings(), free))) {
        return false;
      }
    }
    return !summary.bounded();
  }

  /** Whether nothing that is held there forbids to sleep, nor anything that is asked about. */
  private static boolean isFree(Surroundings surroundings, Predicate<Surroundings> free) {
    return surroundings.held().stream().allMatch(h -> h.contexts().isEmpty())
        && free.test(surroundings);
  }

  // ---- sleeping

  /** Without an entry it runs when a module is loaded. */
  private static boolean maySleep(EntryContext entry) {
    return entry == null
        || entry.isSleepableEntry()
            && entry.reclaim() == ReclaimKind.NONE
            && entry.unless().isEmpty();
  }

  private boolean mayEnterUnseen(int function) {
    return unseen(function).stream().anyMatch(n -> MAY_ENTER.matcher(n).find())
        || isAboutToSleep(function);
  }

  private boolean isAboutToSleep(int function) {
    return Calls.of(program.facts(function)).stream()
        .anyMatch(c -> ABOUT_TO_SLEEP.matcher(c.callee()).find());
  }

  /** Names of functions that it calls, itself or by way of a header, and that are not seen. */
  private Set<String> unseen(int function) {
    Set<String> names = unseen.get(function);
    if (names == null) {
      names = new HashSet<>();
      addUnseen(function, MOST_HEADERS, names);
      unseen.put(function, names);
    }
    return names;
  }

  private void addUnseen(int function, int headers, Set<String> names) {
    int unit = program.unitOf(function);
    for (Expr call : Calls.of(program.facts(function))) {
      String name = call.callee();
      if (name.isEmpty()
          || name.equals(FunctionWalk.GUARD_ENTER)
          || name.equals(FunctionWalk.GUARD_LEAVE)
          || knowledge.contexts().contextOperation(name).isPresent()
          || !knowledge.contexts().registrations(name).isEmpty()
          || knowledge.model().api(name).isPresent()) {
        continue;
      }
      List<Integer> meant = program.resolve(unit, name);
      if (meant.isEmpty()) {
        names.add(name);
      } else if (headers > 0 && program.path(program.unitOf(meant.get(0))).endsWith(".h")) {
        addUnseen(meant.get(0), headers - 1, names);
      }
    }
  }

  // ---- filesystems

  /** Whether some call in the function may begin what must keep out of filesystems. */
  private boolean mayRestrict(int function) {
    if (mayEnterUnseen(function)) {
      return true;
    }
    for (Expr call : Calls.of(program.facts(function))) {
      String name = call.callee();
      if (knowledge.contexts().contextOperation(name).isEmpty()
          && knowledge.contexts().registrations(name).isEmpty()
          && MAY_RESTRICT.matcher(name).find()) {
        return true;
      }
    }
    return false;
  }

  /** Whoever waits for a worker or a thread may be inside a filesystem: only others are clear. */
  private static boolean isFarFromFilesystems(EntryContext entry) {
    return entry == null || entry.argument().isEmpty() && !entry.filesystem();
  }

  private boolean isOfFilesystem(Request request) {
    if (filesystems == null) {
      filesystems = new HashSet<>();
      for (int unit = 0; unit < tables.size(); unit++) {
        for (StoredFunction stored : tables.get(unit)) {
          for (EntryContext entry : knowledge.contexts().slots(stored.struct(), stored.field())) {
            if (entry.reclaim() != ReclaimKind.NONE || entry.filesystem()) {
              filesystems.add(directory(program.path(unit)));
            }
          }
        }
      }
    }
    return filesystems.contains(directory(program.path(program.unitOf(request.function()))));
  }

  private static String directory(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  /** Whether reclaim has nothing to do with a lock, which belongs to the code itself. */
  private boolean isHarmless(Held held) {
    LockClass lock = held.lockClass();
    return lock != null
        && !lock.isParameter()
        && !lock.home().isEmpty()
        && !lock.home().startsWith("include/")
        && !taken.get().containsKey(lock);
  }
}
