package org.gfplint.cli;

import java.util.ArrayList;
import java.util.List;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.rules.Rule;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.Rules;

/** Rules by the names and ids that people type. */
final class RuleSelection {
  private RuleSelection() {}

  /**
   * The rule of that name or id.
   *
   * @throws InputException if there is none; the message names the nearest
   */
  static RuleInfo one(String nameOrId) {
    return Rules.find(nameOrId)
        .map(Rule::info)
        .orElseThrow(() -> new InputException(unknown(nameOrId)));
  }

  /** The rules of these names and ids, in order of id; all of them if none is given. */
  static List<RuleInfo> of(List<String> namesAndIds) {
    List<RuleInfo> all = Rules.all().stream().map(Rule::info).toList();
    if (namesAndIds.isEmpty()) {
      return all;
    }
    List<RuleInfo> chosen =
        namesAndIds.stream().map(String::strip).map(RuleSelection::one).toList();
    return all.stream().filter(chosen::contains).toList();
  }

  private static String unknown(String nameOrId) {
    List<String> known = new ArrayList<>();
    for (Rule rule : Rules.all()) {
      known.add(rule.info().name());
      known.add(rule.info().id());
    }
    return "there is no rule '"
        + TerminalText.escape(nameOrId)
        + "'"
        + NearestName.of(nameOrId, known).map(name -> "; did you mean '" + name + "'?").orElse("")
        + " (gfplint explain lists all rules)";
  }
}
