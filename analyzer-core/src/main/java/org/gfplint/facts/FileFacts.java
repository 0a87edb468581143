package org.gfplint.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What one file says. It depends on the file's bytes and on what the tree's macros say about the
 * names it uses, on nothing else.
 *
 * @param functions in order of place
 * @param includes what {@code #include} names, without quotes
 * @param ignores comments that say what not to report, in order of place
 */
public record FileFacts(
    List<FunctionFacts> functions,
    List<MacroConstant> constants,
    List<StoredFunction> stored,
    List<String> includes,
    TypeFacts types,
    List<IgnoreComment> ignores) {
  /** Those of a file that says nothing. */
  public static final FileFacts EMPTY =
      new FileFacts(List.of(), List.of(), List.of(), List.of(), TypeFacts.NONE, List.of());

  /** The functions of these names, in order of place. */
  public List<FunctionFacts> functions(Set<String> names) {
    return named(functions, FunctionFacts::name, names);
  }

  /** The constants of these names, in order of place. */
  public List<MacroConstant> constants(Set<String> names) {
    return named(constants, MacroConstant::name, names);
  }

  private static <T> List<T> named(List<T> items, Function<T, String> name, Set<String> names) {
    if (items instanceof PackedList<T> packed) {
      return packed.named(names);
    }
    List<T> found = new ArrayList<>(1);
    for (T item : items) {
      if (names.contains(name.apply(item))) {
        found.add(item);
      }
    }
    return found;
  }
}
