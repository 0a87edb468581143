package org.gfplint.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Functions of some tree that the bundled facts do not know, each described by one that they know.
 *
 * @param allocators by name
 * @param contexts what enters or leaves a context or a task scope, by name
 */
public record ModelAdditions(Map<String, Allocator> allocators, Map<String, Context> contexts) {
  public static final ModelAdditions NONE = new ModelAdditions(Map.of(), Map.of());

  /**
   * A function that allocates as another one does.
   *
   * @param like the other one's name
   * @param mask which argument is the mask, 0-based; empty if it is the other one's
   * @param size which arguments make up the size, 0-based; empty if they are the other one's
   */
  public record Allocator(String like, OptionalInt mask, List<Integer> size) {
    public Allocator {
      size = List.copyOf(size);
    }
  }

  /**
   * A function that does to the context what another one does.
   *
   * @param like the other one's name
   * @param lock which argument is the lock, 0-based; empty if it is the other one's
   */
  public record Context(String like, OptionalInt lock) {}

  /** A function that is described by one that nobody knows. */
  public static final class UnknownNameException extends RuntimeException {
    private final String name;
    private final String like;

    UnknownNameException(String name, String like, Set<String> known) {
      super(
          "there is no '"
              + like
              + "' in this kernel version that '"
              + name
              + "' could be like"
              + NearestNames.suggestion(NearestNames.to(like, known)));
      this.name = name;
      this.like = like;
    }

    /** The function that is described. */
    public String name() {
      return name;
    }

    /** The one that nobody knows. */
    public String like() {
      return like;
    }
  }

  public ModelAdditions {
    allocators = Collections.unmodifiableMap(new TreeMap<>(allocators));
    contexts = Collections.unmodifiableMap(new TreeMap<>(contexts));
  }

  public boolean isEmpty() {
    return allocators.isEmpty() && contexts.isEmpty();
  }

  /**
   * Checks that all of it means something in a version.
   *
   * @throws UnknownNameException if a function is described by one that the version does not have
   */
  public void check(AllocatorModel model) {
    allocators.forEach(
        (name, added) -> {
          if (model.api(added.like).isEmpty()) {
            throw new UnknownNameException(name, added.like, model.apiNames());
          }
        });
    ContextModel known = model.contexts();
    contexts.forEach(
        (name, added) -> {
          if (known.contextOperation(added.like).isEmpty()
              && model.scopeOperation(added.like).isEmpty()) {
            throw new UnknownNameException(
                name, added.like, new TreeSet<>(known.contextOperations()));
          }
        });
  }

  /** The allocator of that name, described by the model. */
  Optional<AllocatorApi> api(String name, AllocatorModel model) {
    Allocator added = allocators.get(name);
    return added == null || added.like.equals(name)
        ? Optional.empty()
        : model.api(added.like).map(api -> like(api, name, added));
  }

  private static AllocatorApi like(AllocatorApi api, String name, Allocator added) {
    SizeSource size =
        added.size.isEmpty()
            ? api.size()
            : new SizeSource(
                api.size().kind() == SizeSource.Kind.UNKNOWN
                    ? SizeSource.Kind.BYTES
                    : api.size().kind(),
                new ArrayList<>(added.size));
    boolean given = added.mask.isPresent();
    return new AllocatorApi(
        name,
        api.family(),
        given ? added.mask : api.maskArgument(),
        !given && api.maskOptional(),
        given ? Optional.empty() : api.implicitMask(),
        size,
        api.addedMask(),
        api.sleepsAlways(),
        api.dropsLock(),
        api.anyContext());
  }

  /** The function whose checks an allocator makes. */
  String checkedLike(String name) {
    Allocator added = allocators.get(name);
    return added == null ? name : added.like;
  }

  /** What it is like for the context; the name itself if nothing was added. */
  String contextLike(String name) {
    Context added = contexts.get(name);
    return added == null ? name : added.like;
  }
}
