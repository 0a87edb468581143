package org.gfplint.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
   * The answer as JSON values: texts, booleans, lists and maps, in the order they should be
   * written. Masks are lists of "__GFP_*" names.
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("api", request.api().name());
    json.put("kernel", query.kernel().toString());
    model.versionNote().ifPresent(note -> json.put("note", note));
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
              "why", violation.why()));
    }
    json.put("violations", problems);
    List<Object> facts = new ArrayList<>();
    for (Fact fact : outcome.facts()) {
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
