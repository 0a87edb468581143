package org.gfplint.facts;

import java.util.List;

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
}
