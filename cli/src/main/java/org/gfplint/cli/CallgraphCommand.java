package org.gfplint.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.gfplint.finding.Location;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.CallGraphQuery;
import org.gfplint.rules.CallGraphQuery.Edge;
import org.gfplint.rules.CallGraphQuery.Node;
import org.gfplint.rules.Check;
import org.gfplint.rules.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gfplint callgraph: who reaches a function, or how it reaches another. */
@Command(
    name = "callgraph",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Show who reaches a function: in which contexts, with which masks.",
    description = {
      "%nGoes up the calls of FUNCTION, by name and through operations tables, to where the kernel"
          + " calls back. Each call is shown with what its function has entered before (locks,"
          + " sections, task scopes) and with the masks among its arguments. 'unknown' among the"
          + " contexts means that there are callers which are not seen, or not shown.%n",
      "With --to, shows the shortest way of calls from FUNCTION to another one instead."
    },
    footer = {
      "%nExamples:",
      "  gfplint callgraph ext4_alloc_inode fs/ext4",
      "  gfplint callgraph --to kmem_cache_alloc xfs_fs_evict_inode fs/xfs",
      "  gfplint callgraph --format dot demo_alloc drivers/demo | dot -Tsvg > demo.svg%n",
      "Exit status: 0 done, 2 wrong usage (no such function, no way between the two, ...)."
    })
final class CallgraphCommand implements Callable<Integer> {
  /** How to print. */
  enum Format {
    TEXT,
    JSON,
    DOT
  }

  private final Console console;

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "The function's name.")
  private String function;

  @Mixin private AnalysisOptions options = new AnalysisOptions();

  @Option(
      names = "--to",
      order = 0,
      paramLabel = "FUNCTION",
      description = "Show the way from the one function to this one.")
  private Optional<String> to;

  @Option(
      names = "--depth",
      order = 0,
      paramLabel = "N",
      defaultValue = "6",
      description = "How many calls to go up. Default: ${DEFAULT-VALUE}.")
  private int depth;

  @Option(
      names = "--most",
      order = 0,
      paramLabel = "N",
      defaultValue = "200",
      description = "How many functions to show at most. Default: ${DEFAULT-VALUE}.")
  private int most;

  @Option(
      names = "--format",
      order = 4,
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, json, or dot for Graphviz. Default: ${DEFAULT-VALUE}.")
  private Format format;

  CallgraphCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (depth < 1 || most < 1) {
      throw new InputException("--depth and --most need numbers of at least 1");
    }
    Check.Analysis analysis = options.analyze(options.request(console), console);
    CallGraphQuery.Result result =
        CallGraphQuery.run(new CallGraphQuery.Request(function, to, depth, most), analysis.flow());
    options.sayWhatIsMissing(analysis, console);
    if (!result.complete()) {
      console.say("note: there are more callers; --depth and --most show them");
    }
    try (OutputStream out = new BufferedOutputStream(console.out(), 1 << 16)) {
      switch (format) {
        case JSON -> json(result, out);
        case DOT -> out.write(dot(result).getBytes(StandardCharsets.UTF_8));
        default -> out.write(text(result).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
    return ExitCode.CLEAN;
  }

  /** The command with its PATHs behind the FUNCTION. */
  CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    CommandSpec spec = line.getCommandSpec();
    for (PositionalParamSpec given : List.copyOf(spec.positionalParameters())) {
      if (given.arity().isVariable()) {
        spec.remove(given);
        spec.addPositional(PositionalParamSpec.builder(given).index("1..*").build());
      }
    }
    return line;
  }

  // ---- text

  private String text(CallGraphQuery.Result result) {
    StringBuilder out = new StringBuilder();
    if (to.isPresent()) {
      way(result, out);
      return out.toString();
    }
    Map<Integer, List<Edge>> into = new HashMap<>();
    result.edges().forEach(e -> into.computeIfAbsent(e.to(), t -> new ArrayList<>()).add(e));
    Set<Integer> shown = new HashSet<>();
    for (Node node : result.nodes()) {
      if (node.name().equals(result.nodes().get(0).name())) {
        line(out, 0, node.name() + "(), " + at(node.place()));
        line(out, 1, "reached in: " + String.join(", ", node.contexts()));
        callers(result, node, into, shown, 1, out);
      }
    }
    return out.toString();
  }

  private void callers(
      CallGraphQuery.Result result,
      Node node,
      Map<Integer, List<Edge>> into,
      Set<Integer> shown,
      int indent,
      StringBuilder out) {
    if (!shown.add(node.id())) {
      if (into.containsKey(node.id())) {
        line(out, indent, "(its callers are shown above)");
      }
      return;
    }
    for (CallGraphQuery.Entry entry : node.entries()) {
      line(
          out,
          indent,
          "called back as "
              + entry.where()
              + (entry.certain() ? "" : ", by convention")
              + ": "
              + entry.context()
              + ", see "
              + at(entry.place()));
    }
    if (node.unseen()) {
      line(out, indent, "may have callers that are not seen");
    }
    for (Edge edge : into.getOrDefault(node.id(), List.of())) {
      Node caller = result.nodes().get(edge.from());
      line(out, indent, "by " + caller.name() + "(), " + at(edge.place()) + ": " + what(edge));
      callers(result, caller, into, shown, indent + 1, out);
    }
  }

  private static void way(CallGraphQuery.Result result, StringBuilder out) {
    for (Edge edge : result.edges()) {
      Node from = result.nodes().get(edge.from());
      line(out, 0, from.name() + "(), " + at(edge.place()) + ": " + what(edge));
    }
    Node last = result.nodes().get(result.edges().get(result.edges().size() - 1).to());
    line(out, 0, last.name() + "(), " + at(last.place()));
  }

  private static String what(Edge edge) {
    StringBuilder out = new StringBuilder(edge.text());
    if (edge.candidates() > 0) {
      out.append(", through a pointer");
      if (edge.candidates() > 1) {
        out.append(" that can mean ").append(edge.candidates()).append(" functions");
      }
    }
    if (!edge.held().isEmpty()) {
      out.append(", inside ").append(String.join(", ", edge.held()));
    }
    if (!edge.masks().isEmpty()) {
      out.append(", with ").append(String.join(" or ", edge.masks()));
    }
    return out.toString();
  }

  private static String at(Location place) {
    return place.path() + ":" + place.line();
  }

  private static void line(StringBuilder out, int indent, String text) {
    out.append("  ".repeat(indent)).append(TerminalText.escape(text)).append('\n');
  }

  // ---- JSON and DOT

  private static void json(CallGraphQuery.Result result, OutputStream out) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("kernel", result.version().toString());
      json.writeBooleanField("complete", result.complete());
      json.writeArrayFieldStart("functions");
      for (Node node : result.nodes()) {
        json.writeStartObject();
        json.writeNumberField("id", node.id());
        json.writeStringField("name", node.name());
        place(json, node.place());
        json.writeBooleanField("unseenCallers", node.unseen());
        words(json, "contexts", node.contexts());
        json.writeArrayFieldStart("entries");
        for (CallGraphQuery.Entry entry : node.entries()) {
          json.writeStartObject();
          json.writeStringField("as", entry.where());
          json.writeStringField("context", entry.context());
          json.writeBooleanField("certain", entry.certain());
          place(json, entry.place());
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("calls");
      for (Edge edge : result.edges()) {
        json.writeStartObject();
        json.writeNumberField("from", edge.from());
        json.writeNumberField("to", edge.to());
        place(json, edge.place());
        json.writeStringField("call", edge.text());
        json.writeNumberField("candidates", edge.candidates());
        words(json, "inside", edge.held());
        words(json, "masks", edge.masks());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private static void place(JsonGenerator json, Location place) throws IOException {
    json.writeStringField("path", place.path());
    json.writeNumberField("line", place.line());
  }

  private static void words(JsonGenerator json, String field, List<String> words)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (String word : words) {
      json.writeString(word);
    }
    json.writeEndArray();
  }

  private static String dot(CallGraphQuery.Result result) {
    StringBuilder out = new StringBuilder("digraph callers {\n  node [shape=box];\n");
    for (Node node : result.nodes()) {
      StringBuilder label = new StringBuilder(node.name() + "()\n" + at(node.place()));
      node.entries()
          .forEach(e -> label.append('\n').append(e.where()).append(": ").append(e.context()));
      if (!node.contexts().isEmpty()) {
        label.append('\n').append(String.join(", ", node.contexts()));
      }
      out.append("  f").append(node.id()).append(" [label=").append(quoted(label)).append("];\n");
    }
    for (Edge edge : result.edges()) {
      List<String> label = new ArrayList<>(edge.held());
      label.addAll(edge.masks());
      out.append("  f").append(edge.from()).append(" -> f").append(edge.to());
      out.append(" [label=").append(quoted(new StringBuilder(String.join("\n", label))));
      out.append(edge.candidates() > 0 ? ", style=dashed" : "").append("];\n");
    }
    return out.append("}\n").toString();
  }

  private static String quoted(StringBuilder label) {
    return '"'
        + label.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
        + '"';
  }
}
