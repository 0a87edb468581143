package org.gfplint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gfplint.finding.Finding;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.Fact;
import org.gfplint.model.KernelVersion;
import org.gfplint.report.Reason;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.RulePage;

/**
 * What a rule says in one kernel version: whether the wrong example of its page is reported there,
 * and the facts that decide it. Found by running the check on the example, in the version that the
 * example states and in this one.
 */
final class VersionVerdict {
  private static final Pattern HEADER =
      Pattern.compile("/\\* kernel: (\\S+) \\*/.*", Pattern.DOTALL);

  private final RuleInfo rule;
  private final KernelVersion version;
  private final Set<Fact> facts = new LinkedHashSet<>();
  private final Set<String> messages = new LinkedHashSet<>();

  VersionVerdict(RuleInfo rule, KernelVersion version) {
    this.rule = rule;
    this.version = version;
    AllocatorModel model = AllocatorModel.forVersion(version);
    for (String example : RulePage.of(rule.name()).code("Wrong")) {
      for (Finding finding : findings(example, version)) {
        messages.add(finding.message());
        facts.addAll(finding.facts());
      }
      Matcher header = HEADER.matcher(example);
      if (header.matches()) {
        for (Finding finding : findings(example, KernelVersion.parse(header.group(1)))) {
          finding.facts().forEach(fact -> facts.addAll(model.counterparts(fact)));
        }
      }
    }
  }

  /** As a section of the rule's page. */
  String markdown() {
    StringBuilder section = new StringBuilder("## In " + version + "\n\n");
    section.append(
        messages.isEmpty()
            ? "The wrong example above is not reported.\n"
            : "The wrong example above is reported:\n\n");
    messages.forEach(message -> section.append("- ").append(literal(message)).append(".\n"));
    if (!facts.isEmpty()) {
      section.append("\nWhat decides it:\n\n");
    }
    for (Fact fact : facts) {
      section.append("- ").append(literal(Reason.of(fact))).append('\n');
    }
    return section.toString();
  }

  /** Text that Markdown shall not read anything into, such as an underscore. */
  private static String literal(String text) {
    return text.replaceAll("([\\p{Punct}])", "\\\\$1");
  }

  private List<Finding> findings(String example, KernelVersion in) {
    try {
      Path directory = Files.createTempDirectory("gfplint-explain-");
      Path file = directory.resolve("example.c");
      try {
        Files.writeString(file, example);
        return Check.run(
                new Check.Request(
                    directory,
                    List.of(file),
                    Optional.of(in),
                    "x86",
                    Set.of(rule.id()),
                    example.contains("/* options: --rt */"),
                    1,
                    Optional.empty()),
                ProgressDisplay.none())
            .findings();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot try the example", e);
    }
  }
}
