package org.gfplint.report;

import com.contrastsecurity.sarif.ArtifactChange;
import com.contrastsecurity.sarif.ArtifactContent;
import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.CodeFlow;
import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.LogicalLocation;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.Notification;
import com.contrastsecurity.sarif.OriginalUriBaseIds;
import com.contrastsecurity.sarif.PartialFingerprints;
import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.PropertyBag;
import com.contrastsecurity.sarif.Region;
import com.contrastsecurity.sarif.Replacement;
import com.contrastsecurity.sarif.ReportingConfiguration;
import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.ReportingDescriptorReference;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.RunAutomationDetails;
import com.contrastsecurity.sarif.ThreadFlow;
import com.contrastsecurity.sarif.ThreadFlowLocation;
import com.contrastsecurity.sarif.Tool;
import com.contrastsecurity.sarif.ToolComponent;
import com.contrastsecurity.sarif.VersionControlDetails;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.gfplint.change.Provenance;
import org.gfplint.finding.Edit;
import org.gfplint.finding.Finding;
import org.gfplint.finding.Fix;
import org.gfplint.finding.Level;
import org.gfplint.finding.Location;
import org.gfplint.finding.Suppression;
import org.gfplint.finding.TraceStep;
import org.gfplint.rules.Check;
import org.gfplint.rules.RuleInfo;
import org.gfplint.rules.RulePage;
import org.gfplint.rules.RulePrecision;
import org.gfplint.source.SkippedFile;

/**
 * SARIF 2.1.0, the OASIS format for results of static analysis. One result at a time becomes
 * objects and is written, so that a log of any size needs little memory. It names no directory of
 * this machine and no time: the same code gives the same log anywhere. A log is no larger than
 * hosts of code reviews take it; then the most severe results are in it, and it says so.
 */
public final class SarifReport implements ReportWriter {
  /** Stands for the root of the kernel tree; readers put their own checkout there. */
  static final String ROOT = "%SRCROOT%";

  /** Key of the fingerprint that stays when lines move. */
  static final String FINGERPRINT = "gfplint/v2";

  /** Key of the one that hosts of code reviews compare by. */
  static final String LINE_HASH = "primaryLocationLineHash";

  /** Results that a host takes in one run. */
  static final int MOST_RESULTS = 25_000;

  /** Bytes that a host takes, compressed. */
  static final int MOST_BYTES = 10_000_000;

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private static final String SKIPPED = "skipped-file";
  private static final String LEFT_OUT = "results-left-out";
  private static final String NOTE = "run-note";

  /** In SARIF text "[a](b)" is a link, which no C expression means to be. */
  private static final Pattern LINK = Pattern.compile("\\[(?=[^\\]]*\\]\\()");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // Bidirectional overrides and the like do no harm to who shows the file as it is.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .addMixIn(Result.class, WithLevel.class)
          .addMixIn(ReportingConfiguration.class, WithLevel.class)
          .addMixIn(Notification.class, WithLevel.class)
          .build();

  private static final Comparator<Finding> MOST_SEVERE_FIRST =
      Comparator.comparing((Finding f) -> f.suppression().isPresent())
          .thenComparing(Finding::level)
          .thenComparing(Finding::confidence)
          .thenComparing(Comparator.naturalOrder());

  private final Surroundings surroundings;
  private final Consumer<String> remarks;

  /** The objects leave out defaults; a level left out would mean the rule's, not the default. */
  private interface WithLevel {
    @JsonInclude(JsonInclude.Include.ALWAYS)
    Object getLevel();
  }

  /**
   * What a log says besides what was found.
   *
   * @param hashes of the lines that findings lie in
   * @param provenance of the code, where it is known
   * @param category what tells this log from others of the same commit
   */
  public record Surroundings(
      LineHashes hashes, Optional<Provenance> provenance, Optional<String> category) {
    /** Of code in no repository that nothing more is known of. */
    public static final Surroundings NONE =
        new Surroundings(LineHashes.NONE, Optional.empty(), Optional.empty());
  }

  /**
   * A writer.
   *
   * @param remarks takes a line about what the log does not hold
   */
  public SarifReport(Surroundings surroundings, Consumer<String> remarks) {
    this.surroundings = surroundings;
    this.remarks = remarks;
  }

  @Override
  public void write(Report report, OutputStream out) throws IOException {
    List<Finding> bySeverity = report.all().stream().sorted(MOST_SEVERE_FIRST).toList();
    int all = bySeverity.size() + report.gone().size();
    int most = Math.min(all, MOST_RESULTS);
    // Results are of about the same size, so that this ends soon.
    for (long bytes = compressed(report, bySeverity, most);
        bytes > MOST_BYTES && most > 0;
        bytes = compressed(report, bySeverity, most)) {
      most = (int) (most * 0.99 * MOST_BYTES / bytes);
    }
    if (most < all) {
      remarks.accept(leftOut(most, all));
    }
    write(report, bySeverity, most, out);
  }

  private long compressed(Report report, List<Finding> bySeverity, int results) throws IOException {
    Deflater deflater = new Deflater();
    try {
      try (OutputStream out =
          new DeflaterOutputStream(OutputStream.nullOutputStream(), deflater, 1 << 16)) {
        write(report, bySeverity, results, out);
      }
      return deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
  }

  private static String leftOut(int written, int all) {
    return "SARIF has the "
        + written
        + " most severe of "
        + all
        + " results: hosts of code reviews take no more than "
        + MOST_RESULTS
        + " and "
        + MOST_BYTES / 1_000_000
        + " MB compressed";
  }

  /** Writes the first of the findings, in order of place, and then what is gone. */
  private void write(Report report, List<Finding> bySeverity, int results, OutputStream out)
      throws IOException {
    List<Finding> findings =
        bySeverity.subList(0, Math.min(results, bySeverity.size())).stream().sorted().toList();
    List<Baseline.Entry> gone = report.gone().subList(0, Math.max(0, results - bySeverity.size()));
    int all = bySeverity.size() + report.gone().size();
    JsonGenerator json = MAPPER.getFactory().createGenerator(out, JsonEncoding.UTF8);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new DeleteEscape());
    json.writeStartObject();
    json.writeStringField("$schema", SCHEMA);
    json.writeStringField("version", "2.1.0");
    json.writeArrayFieldStart("runs");
    json.writeStartObject();
    json.writePOJOField("tool", tool(report));
    json.writePOJOField(
        "invocations",
        List.of(
            invocation(
                report, results < all ? Optional.of(leftOut(results, all)) : Optional.empty())));
    if (surroundings.category().isPresent()) {
      json.writePOJOField("automationDetails", automation(surroundings.category().get()));
    }
    if (surroundings.provenance().isPresent()) {
      json.writePOJOField(
          "versionControlProvenance", List.of(versionControl(surroundings.provenance().get())));
    }
    json.writePOJOField("originalUriBaseIds", baseIds());
    json.writePOJOField("columnKind", Run.ColumnKind.UNICODE_CODE_POINTS);
    json.writePOJOField("properties", runProperties(report));
    json.writeArrayFieldStart("results");
    Set<Finding> known = report.known().map(Set::copyOf).orElse(Set.of());
    for (Finding finding : findings) {
      Result result = result(finding, report.rules().indexOf(report.rule(finding.ruleId())));
      surroundings
          .hashes()
          .at(finding.location())
          .ifPresent(h -> result.getPartialFingerprints().setAdditionalProperty(LINE_HASH, h));
      if (report.known().isPresent()) {
        result.setBaselineState(
            known.contains(finding) ? Result.BaselineState.UNCHANGED : Result.BaselineState.NEW);
      }
      json.writeRaw('\n');
      json.writePOJO(result);
    }
    for (Baseline.Entry entry : gone) {
      json.writeRaw('\n');
      json.writePOJO(absent(entry, report));
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeRaw('\n');
    json.close();
    out.flush();
  }

  /** What the baseline knows of a finding that is not there any more: not the line. */
  private static Result absent(Baseline.Entry entry, Report report) {
    RuleInfo rule = report.rule(entry.rule());
    Result result = new Result();
    result.setRuleId(rule.id());
    result.setRuleIndex(report.rules().indexOf(rule));
    result.setLevel(Result.Level.fromValue(rule.level().label()));
    result.setSuppressions(Set.of());
    result.setBaselineState(Result.BaselineState.ABSENT);
    result.setMessage(message(entry.message() + "."));
    PhysicalLocation physical = new PhysicalLocation();
    physical.setArtifactLocation(artifact(entry.path()));
    com.contrastsecurity.sarif.Location location = new com.contrastsecurity.sarif.Location();
    location.setPhysicalLocation(physical);
    nameFunction(location, entry.function());
    result.setLocations(List.of(location));
    PartialFingerprints fingerprints = new PartialFingerprints();
    fingerprints.setAdditionalProperty(FINGERPRINT, entry.fingerprint());
    result.setPartialFingerprints(fingerprints);
    return result;
  }

  /** A host takes what stands before the last '/' for the category. */
  private static RunAutomationDetails automation(String category) {
    RunAutomationDetails details = new RunAutomationDetails();
    details.setId(category.endsWith("/") ? category : category + "/");
    return details;
  }

  private static VersionControlDetails versionControl(Provenance provenance) {
    VersionControlDetails details = new VersionControlDetails();
    details.setRepositoryUri(provenance.repository());
    details.setRevisionId(provenance.revision());
    provenance.branch().ifPresent(details::setBranch);
    if (provenance.isWhole()) {
      ArtifactLocation root = new ArtifactLocation();
      root.setUriBaseId(ROOT);
      details.setMappedTo(root);
    }
    return details;
  }

  private static Tool tool(Report report) {
    ToolComponent driver = new ToolComponent();
    driver.setName("gfplint");
    driver.setSemanticVersion(report.toolVersion());
    driver.setShortDescription(text("Finds misuse of GFP flags in Linux kernel C code."));
    driver.setRules(new LinkedHashSet<>(report.rules().stream().map(SarifReport::rule).toList()));
    driver.setNotifications(
        new LinkedHashSet<>(
            List.of(
                notificationKind(
                    SKIPPED,
                    "A file was not analysed.",
                    "Nothing is known of a file that was skipped: neither what is wrong in it nor"
                        + " what it means for others.",
                    "The message says why; make the file readable and run again."),
                notificationKind(
                    LEFT_OUT,
                    "The log does not hold all results.",
                    "There are more results than hosts of code reviews take in one log; the least"
                        + " severe are left out.",
                    "Check fewer paths at a time, each with a category of its own, or write JSON,"
                        + " which has no limit."),
                notificationKind(
                    NOTE,
                    "Something to know about the run.",
                    "A condition of the run that the results depend on.",
                    "Read the message; there may be nothing to do."))));
    Tool tool = new Tool();
    tool.setDriver(driver);
    return tool;
  }

  private static ReportingDescriptor notificationKind(
      String id, String summary, String description, String help) {
    ReportingDescriptor kind = new ReportingDescriptor();
    kind.setId(id);
    kind.setShortDescription(text(summary));
    kind.setFullDescription(text(description));
    kind.setHelp(text(help));
    return kind;
  }

  private static ReportingDescriptor rule(RuleInfo info) {
    ReportingDescriptor rule = new ReportingDescriptor();
    rule.setId(info.id());
    rule.setName(info.name());
    rule.setShortDescription(text(info.summary() + "."));
    RulePage page = RulePage.of(info.name());
    rule.setFullDescription(text(page.plainSection("What it reports").strip()));
    MultiformatMessageString help = text(page.plainText());
    help.setMarkdown(page.markdown());
    rule.setHelp(help);
    ReportingConfiguration configuration = new ReportingConfiguration();
    configuration.setLevel(ReportingConfiguration.Level.fromValue(info.level().label()));
    rule.setDefaultConfiguration(configuration);
    PropertyBag properties = new PropertyBag();
    properties.setTags(new LinkedHashSet<>(List.of("linux-kernel", "memory-allocation", "gfp")));
    properties.setAdditionalProperty("precision", RulePrecision.of(info).label());
    properties.setAdditionalProperty("problem.severity", severity(info.level()));
    rule.setProperties(properties);
    return rule;
  }

  private static String severity(Level level) {
    return switch (level) {
      case ERROR -> "error";
      case WARNING -> "warning";
      case NOTE -> "recommendation";
    };
  }

  private static Invocation invocation(Report report, Optional<String> leftOut) {
    Invocation invocation = new Invocation();
    // 3 stands for an incomplete run.
    invocation.setExecutionSuccessful(report.exitCode() < 3);
    invocation.setExitCode(report.exitCode());
    List<Notification> execution = new ArrayList<>();
    report.result().skipped().forEach(file -> execution.add(skipped(file)));
    leftOut.ifPresent(
        text -> execution.add(notification(LEFT_OUT, Notification.Level.WARNING, text + ".")));
    invocation.setToolExecutionNotifications(execution);
    invocation.setToolConfigurationNotifications(
        report.result().notes().stream()
            .map(note -> notification(NOTE, Notification.Level.NOTE, note))
            .toList());
    return invocation;
  }

  private static Notification skipped(SkippedFile file) {
    Notification notification =
        notification(SKIPPED, Notification.Level.WARNING, "Not analysed: " + file.reason() + ".");
    PhysicalLocation place = new PhysicalLocation();
    place.setArtifactLocation(artifact(file.path()));
    com.contrastsecurity.sarif.Location location = new com.contrastsecurity.sarif.Location();
    location.setPhysicalLocation(place);
    notification.setLocations(Set.of(location));
    return notification;
  }

  private static Notification notification(String kind, Notification.Level level, String text) {
    ReportingDescriptorReference descriptor = new ReportingDescriptorReference();
    descriptor.setId(kind);
    Notification notification = new Notification();
    notification.setDescriptor(descriptor);
    notification.setLevel(level);
    notification.setMessage(message(text));
    return notification;
  }

  private static OriginalUriBaseIds baseIds() {
    ArtifactLocation root = new ArtifactLocation();
    root.setDescription(message("The root of the kernel tree."));
    OriginalUriBaseIds ids = new OriginalUriBaseIds();
    ids.setAdditionalProperty(ROOT, root);
    return ids;
  }

  private static PropertyBag runProperties(Report report) {
    Check.Statistics figures = report.result().statistics();
    PropertyBag properties = new PropertyBag();
    properties.setAdditionalProperty("kernelVersion", report.result().version().toString());
    properties.setAdditionalProperty("files", figures.files());
    properties.setAdditionalProperty("functions", figures.functions());
    properties.setAdditionalProperty("calls", figures.calls());
    properties.setAdditionalProperty("allocations", figures.allocations());
    properties.setAdditionalProperty("bounded", figures.bounded());
    return properties;
  }

  private static Result result(Finding finding, int ruleIndex) {
    Result result = new Result();
    result.setRuleId(finding.ruleId());
    result.setRuleIndex(ruleIndex);
    result.setLevel(Result.Level.fromValue(finding.level().label()));
    result.setMessage(message(finding.message() + "."));
    result.setLocations(List.of(location(finding.location(), finding.function())));
    PartialFingerprints fingerprints = new PartialFingerprints();
    fingerprints.setAdditionalProperty(FINGERPRINT, finding.fingerprint().hash());
    result.setPartialFingerprints(fingerprints);
    if (!finding.trace().isEmpty()) {
      result.setCodeFlows(List.of(codeFlow(finding.trace())));
      TraceStep beginning = finding.trace().get(0);
      if (!beginning.location().equals(finding.location())) {
        com.contrastsecurity.sarif.Location related = hop(beginning).getLocation();
        related.setId(0);
        result.setRelatedLocations(Set.of(related));
      }
    }
    if (!finding.fixes().isEmpty()) {
      result.setFixes(
          finding.fixes().stream()
              .map(fix -> fix(fix, finding.location().path()))
              .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
    // Of all results or of none: without it a reader may think that nobody looked.
    result.setSuppressions(
        finding.suppression().map(SarifReport::suppression).map(Set::of).orElse(Set.of()));
    PropertyBag properties = new PropertyBag();
    properties.setAdditionalProperty("confidence", finding.confidence().label());
    properties.setAdditionalProperty("facts", finding.facts().stream().map(Reason::of).toList());
    result.setProperties(properties);
    return result;
  }

  private static com.contrastsecurity.sarif.Suppression suppression(Suppression comment) {
    com.contrastsecurity.sarif.Suppression suppression =
        new com.contrastsecurity.sarif.Suppression();
    suppression.setKind(com.contrastsecurity.sarif.Suppression.Kind.IN_SOURCE);
    suppression.setJustification(comment.reason());
    suppression.setLocation(location(comment.place(), ""));
    return suppression;
  }

  private static com.contrastsecurity.sarif.Fix fix(Fix fix, String path) {
    ArtifactChange change = new ArtifactChange();
    change.setArtifactLocation(artifact(path));
    change.setReplacements(fix.edits().stream().map(SarifReport::replacement).toList());
    com.contrastsecurity.sarif.Fix written = new com.contrastsecurity.sarif.Fix();
    written.setDescription(message(fix.description() + "."));
    written.setArtifactChanges(Set.of(change));
    return written;
  }

  private static Replacement replacement(Edit edit) {
    Replacement replacement = new Replacement();
    replacement.setDeletedRegion(region(edit.place()));
    if (!edit.text().isEmpty()) {
      ArtifactContent content = new ArtifactContent();
      content.setText(edit.text());
      replacement.setInsertedContent(content);
    }
    return replacement;
  }

  private static CodeFlow codeFlow(List<TraceStep> trace) {
    ThreadFlow thread = new ThreadFlow();
    thread.setLocations(trace.stream().map(SarifReport::hop).toList());
    CodeFlow flow = new CodeFlow();
    flow.setThreadFlows(List.of(thread));
    return flow;
  }

  private static ThreadFlowLocation hop(TraceStep step) {
    com.contrastsecurity.sarif.Location location = location(step.location(), step.function());
    location.setMessage(message(step.text() + "."));
    ThreadFlowLocation hop = new ThreadFlowLocation();
    hop.setLocation(location);
    return hop;
  }

  private static com.contrastsecurity.sarif.Location location(Location place, String function) {
    PhysicalLocation physical = new PhysicalLocation();
    physical.setArtifactLocation(artifact(place.path()));
    physical.setRegion(region(place));
    com.contrastsecurity.sarif.Location location = new com.contrastsecurity.sarif.Location();
    location.setPhysicalLocation(physical);
    nameFunction(location, function);
    return location;
  }

  private static void nameFunction(com.contrastsecurity.sarif.Location location, String function) {
    if (!function.isEmpty()) {
      LogicalLocation logical = new LogicalLocation();
      logical.setName(function);
      logical.setKind("function");
      location.setLogicalLocations(Set.of(logical));
    }
  }

  private static Region region(Location place) {
    Region region = new Region();
    region.setStartLine(place.line());
    region.setStartColumn(place.column());
    region.setEndLine(place.endLine());
    region.setEndColumn(place.endColumn());
    return region;
  }

  private static ArtifactLocation artifact(String path) {
    ArtifactLocation artifact = new ArtifactLocation();
    artifact.setUri(uri(path));
    artifact.setUriBaseId(ROOT);
    return artifact;
  }

  /** The path as a relative URI reference: all but RFC 3986's unreserved characters are encoded. */
  static String uri(String path) {
    StringBuilder uri = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c == '/'
          || (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return uri.toString();
  }

  private static Message message(String text) {
    Message message = new Message();
    message.setText(LINK.matcher(text).replaceAll("\\\\["));
    return message;
  }

  private static MultiformatMessageString text(String text) {
    MultiformatMessageString string = new MultiformatMessageString();
    string.setText(text);
    return string;
  }
}
