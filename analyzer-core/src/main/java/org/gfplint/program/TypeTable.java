package org.gfplint.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.gfplint.facts.Member;
import org.gfplint.facts.StructType;
import org.gfplint.facts.TypeFacts;

/**
 * Which file defines a type, and what a field's type is. A type can have several definitions that
 * are as near as each other: alternatives that depend on the configuration. Safe for many threads.
 */
public final class TypeTable {
  private static final int MAX_TYPEDEFS = 8;
  private static final int MAX_NESTING = 16;

  private final Nearness nearness;
  private final IntFunction<TypeFacts> types;

  /** (hash of a name, unit) in order. */
  private final long[] names;

  /**
   * Definitions of headers that were asked for one; other files are only asked about themselves.
   */
  private final ConcurrentHashMap<Integer, Definitions> headers = new ConcurrentHashMap<>();

  /** The last other file that each thread asked. */
  private final ThreadLocal<Definitions> last = new ThreadLocal<>();

  /**
   * A definition and the file that it stands in.
   *
   * @param unit whose names its own parts mean
   */
  public record Defined<T>(int unit, T what) {}

  /** A file's definitions by name. */
  private static final class Definitions {
    final int unit;
    final Map<String, List<StructType>> structs = new HashMap<>();
    final Map<String, List<Member>> typedefs = new HashMap<>();
    final Map<String, Member> variables = new HashMap<>();

    Definitions(int unit, TypeFacts types) {
      this.unit = unit;
      types.structs().forEach(s -> put(structs, s.name(), s));
      types.typedefs().forEach(t -> put(typedefs, t.name(), t));
      types.variables().forEach(v -> variables.putIfAbsent(v.name(), v));
    }

    private static <T> void put(Map<String, List<T>> map, String name, T value) {
      map.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
    }
  }

  /**
   * A table over some files.
   *
   * @param types what a file says
   * @param names hash of a name and the file, as many as there are definitions
   */
  TypeTable(Nearness nearness, IntFunction<TypeFacts> types, long[] names) {
    this.nearness = nearness;
    this.types = types;
    this.names = names;
    Arrays.sort(names);
  }

  // ---- definitions

  /**
   * The nearest definitions of {@code struct x} or {@code union x}; of {@code enum x}, those that
   * make it another size than an int's.
   */
  public List<Defined<StructType>> definitions(int unit, String name) {
    String tag = name.substring(name.indexOf(' ') + 1);
    int dot = tag.indexOf('.');
    if (dot >= 0) {
      return nestedIn(unit, name);
    }
    return nearest(unit, TypeFacts.hashOfTag(tag), d -> d.structs.get(name));
  }

  /** {@link #definitions}, wherever they stand. */
  public List<StructType> structs(int unit, String name) {
    return definitions(unit, name).stream().map(Defined::what).toList();
  }

  /** The nearest definition of {@code struct x} or {@code union x}. */
  public Optional<StructType> struct(int unit, String name) {
    return definitions(unit, name).stream().map(Defined::what).findFirst();
  }

  /**
   * The nearest definition of the struct that a type is or points to, through typedefs.
   *
   * @param type as in {@code struct inode*}
   */
  public Optional<Defined<StructType>> structBehind(int unit, String type) {
    return resolve(unit, withoutStars(type)).stream().findFirst();
  }

  /** The header that declares a variable for the files that share it, if one does. */
  public OptionalInt headerOf(int unit, String name) {
    for (List<Integer> equallyNear :
        nearness.order(unit, candidates(TypeFacts.hashOfVariable(name)))) {
      for (int candidate : equallyNear) {
        if (nearness.isHeader(candidate) && definitions(candidate).variables.containsKey(name)) {
          return OptionalInt.of(candidate);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** What a typedef stands for in a file, the nearest definitions. */
  public List<Defined<Member>> typedefs(int unit, String name) {
    return nearest(unit, TypeFacts.hashOfTypedef(name), d -> d.typedefs.get(name));
  }

  /** A variable that a file sees at file level: its own, or one that a header declares. */
  public Optional<Member> variable(int unit, String name) {
    Function<Definitions, List<Member>> get =
        d -> {
          Member found = d.variables.get(name);
          return found == null ? null : List.of(found);
        };
    return nearest(unit, TypeFacts.hashOfVariable(name), get).stream()
        .map(Defined::what)
        .findFirst();
  }

  /** "struct outer.field": the body that is declared in place of the field's type. */
  private List<Defined<StructType>> nestedIn(int unit, String name) {
    int dot = name.lastIndexOf('.');
    List<Defined<StructType>> found = new ArrayList<>();
    String outer = name.substring(0, dot);
    for (Defined<StructType> type : resolve(unit, outer)) {
      Member member = member(unit, type.what(), name.substring(dot + 1), 0);
      if (member != null && member.nested() != null) {
        found.add(new Defined<>(type.unit(), member.nested()));
      }
    }
    return found;
  }

  // ---- fields

  /**
   * The type of a field, through typedefs and anonymous members; of an array, that of its elements.
   * A body that has no tag goes by where it stands: {@code struct outer.field}.
   *
   * @param type as in {@code struct inode}; stars behind it do not matter
   */
  public Optional<String> fieldType(int unit, String type, String field) {
    String base = withoutStars(type);
    String owner = owner(unit, base);
    return field(unit, base, field).map(m -> typeOf(m, owner + "." + field));
  }

  /** The type of a variable of the file's, as {@link #fieldType} has it. */
  public Optional<String> variableType(int unit, String name) {
    return variable(unit, name).map(Member::type);
  }

  private static String typeOf(Member member, String path) {
    if (member.nested() == null) {
      return member.type();
    }
    String keyword = member.nested().kind().keyword();
    // Without a keyword the path begins with a typedef's name.
    String place = path.substring(Math.max(path.indexOf(' ') + 1, 0));
    return keyword + " " + place + member.type().substring(keyword.length());
  }

  /** A field, through typedefs and anonymous members. */
  public Optional<Member> field(int unit, String type, String field) {
    for (Defined<StructType> struct : resolve(unit, withoutStars(type))) {
      Member member = member(unit, struct.what(), field, 0);
      if (member != null) {
        return Optional.of(member);
      }
    }
    return Optional.empty();
  }

  private Member member(int unit, StructType type, String field, int depth) {
    for (Member m : type.members()) {
      if (m.name().equals(field)) {
        return m;
      }
    }
    if (depth < MAX_NESTING) {
      for (Member m : type.members()) {
        if (!m.name().isEmpty()) {
          continue;
        }
        if (m.nested() != null) {
          Member found = member(unit, m.nested(), field, depth + 1);
          if (found != null) {
            return found;
          }
        } else if (isTagged(m.type())) {
          for (StructType embedded : structs(unit, m.type())) {
            Member found = member(unit, embedded, field, depth + 1);
            if (found != null) {
              return found;
            }
          }
        }
      }
    }
    return null;
  }

  /** The structs that a type's name can mean, through typedefs. */
  private List<Defined<StructType>> resolve(int unit, String type) {
    return resolve(unit, type, 0);
  }

  private List<Defined<StructType>> resolve(int unit, String type, int depth) {
    if (isTagged(type)) {
      return definitions(unit, type);
    }
    if (type.indexOf('.') >= 0) {
      return nestedIn(unit, type);
    }
    List<Defined<StructType>> found = new ArrayList<>();
    if (depth < MAX_TYPEDEFS) {
      for (Defined<Member> t : typedefs(unit, type)) {
        Member m = t.what();
        if (m.nested() != null) {
          found.add(new Defined<>(t.unit(), m.nested()));
        } else if (!m.type().equals(type)) {
          found.addAll(resolve(t.unit(), withoutStars(m.type()), depth + 1));
        }
      }
    }
    return found;
  }

  /** The name to go by: a typedef's if the struct has no other. */
  private String owner(int unit, String type) {
    String name = type;
    for (int i = 0; i < MAX_TYPEDEFS && !isTagged(name); i++) {
      List<Defined<Member>> found = typedefs(unit, name);
      if (found.isEmpty() || found.get(0).what().nested() != null) {
        return name;
      }
      name = withoutStars(found.get(0).what().type());
    }
    return name;
  }

  private static boolean isTagged(String type) {
    return type.startsWith("struct ") || type.startsWith("union ") || type.startsWith("enum ");
  }

  private static String withoutStars(String type) {
    int end = type.length();
    while (end > 0 && type.charAt(end - 1) == '*') {
      end--;
    }
    return end == type.length() ? type : type.substring(0, end);
  }

  // ---- nearness

  private List<Integer> candidates(int hash) {
    long low = (long) hash << 32;
    int at = Arrays.binarySearch(names, low);
    at = at < 0 ? -at - 1 : at;
    List<Integer> candidates = new ArrayList<>(2);
    for (; at < names.length && names[at] >> 32 == hash; at++) {
      candidates.add((int) names[at]);
    }
    return candidates;
  }

  private <T> List<Defined<T>> nearest(int unit, int hash, Function<Definitions, List<T>> get) {
    List<Defined<T>> found = new ArrayList<>(1);
    for (List<Integer> equallyNear : nearness.order(unit, candidates(hash))) {
      for (int candidate : equallyNear) {
        List<T> there = get.apply(definitions(candidate));
        if (there != null) {
          there.forEach(t -> found.add(new Defined<>(candidate, t)));
        }
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    return found;
  }

  private Definitions definitions(int unit) {
    if (nearness.isHeader(unit)) {
      Definitions known = headers.get(unit);
      return known != null
          ? known
          : headers.computeIfAbsent(unit, u -> new Definitions(u, types.apply(u)));
    }
    Definitions known = last.get();
    if (known == null || known.unit != unit) {
      known = new Definitions(unit, types.apply(unit));
      last.set(known);
    }
    return known;
  }
}
