package org.gfplint.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the model says to a query.
 *
 * @param query what was asked
 * @param model the model of that version
 * @param request the query, understood
 * @param outcome what the request would do
 * @param violations where that differs from what was asked or what the context allows
 */
public record ModelAnswer(
    ModelQuery query,
    AllocatorModel model,
    AllocationRequest request,
    Outcome outcome,
    List<Violation> violations) {

  /**
   * What somebody who reads the answer must know about the question: that the version lies outside
   * the facts, or that something in it was not looked at.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    model.versionNote().ifPresent(notes::add);
    AllocatorApi api = request.api();
    if (api.maskArgument().isEmpty() && api.implicitMask().isPresent()) {
      query
          .mask()
          .ifPresent(
              mask ->
                  notes.add(
                      api.name()
                          + " takes no mask; it uses "
                          + model.describe(outcome.requested())
                          + ", whatever the query says"));
    }
    boolean fixed =
        api.size().kind() == SizeSource.Kind.ONE_PAGE || api.size().kind() == SizeSource.Kind.CACHE;
    if (fixed && query.size().isPresent()) {
      notes.add(api.name() + " has a size of its own; that of the query is not looked at");
    }
    return notes;
  }

  /**
   * The answer as JSON values: texts, booleans, lists and maps, in the order they should be
   * written. Masks are lists of "__GFP_*" names.
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("api", request.api().name());
    json.put("kernel", query.kernel().toString());
    if (!notes().isEmpty()) {
      json.put("note", String.join("; ", notes()));
    }
    AllocationSize size = request.size();
    if (size.isKnown()) {
      json.put("size", fields("min", size.minBytes(), "max", size.maxBytes()));
    }
    ExecutionContext context = query.context();
    json.put("scope", context.scopes().stream().map(ScopeKind::spelling).toList());
    json.put("context", context.atomic().stream().sorted().map(AtomicContext::spelling).toList());
    json.put("rt", context.realtime());
    json.put("requested", names(outcome.requested()));
    json.put("effective", names(outcome.effective()));
    List<Object> internal = new ArrayList<>();
    for (InternalRequest inner : outcome.internal()) {
      internal.add(fields("what", inner.what(), "effective", names(inner.effective())));
    }
    json.put("internal", internal);
    json.put("may", outcome.may().stream().map(Effect::spelling).toList());
    json.put("returns", outcome.returns().spelling());
    List<Object> warnings = new ArrayList<>();
    for (ModelWarning warning : outcome.warnings()) {
      warnings.add(
          fields(
              "function",
              warning.function(),
              "when",
              warning.condition().isEmpty() ? "always" : warning.condition()));
    }
    json.put("warnings", warnings);
    List<Object> problems = new ArrayList<>();
    for (Violation violation : violations) {
      problems.add(
          fields(
              "kind", violation.kind().spelling(),
              "certain", violation.certain(),
              "why", violation.why(),
              "facts", violation.facts().stream().map(Fact::id).toList()));
    }
    json.put("violations", problems);
    List<Object> facts = new ArrayList<>();
    Set<Fact> all = new LinkedHashSet<>(outcome.facts());
    violations.forEach(violation -> all.addAll(violation.facts()));
    for (Fact fact : all) {
      facts.add(
          fields(
              "id", fact.id(),
              "says", fact.sentence(),
              "source", fact.source(),
              "range", fact.range()));
    }
    json.put("facts", facts);
    return json;
  }

  private static List<String> names(GfpMask mask) {
    return mask.flags().stream().map(GfpFlag::spelling).toList();
  }

  private static Map<String, Object> fields(Object... keysAndValues) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return fields;
  }
}
