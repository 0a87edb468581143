package org.gfplint.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gfplint.model.AllocationSize;
import org.gfplint.model.AllocatorApi;
import org.gfplint.model.AllocatorModel;
import org.gfplint.model.ExecutionContext;
import org.gfplint.model.KernelVersion;
import org.gfplint.model.ModelAnswer;
import org.gfplint.model.ModelQuery;
import org.gfplint.model.ModelQueryException;
import org.gfplint.report.ReportFile;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import org.gfplint.source.KernelTree;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** gfplint model: what an allocator does with a request, asked directly. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    versionProvider = ToolVersion.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    header = "Say what an allocator does with a request; without API, list the allocators.",
    description = {
      "%nAnswers from the same model that the rules use: the mask after the task scopes, the"
          + " requests made on the way (the page tables of vmalloc, the two attempts of kvmalloc),"
          + " what the call may do, what it returns, which warnings it can provoke, what is wrong"
          + " with it, and the facts behind the answer with their place in the kernel's source."
          + " docs/model.md says how to correct a fact."
    },
    footer = {
      "%nExamples:",
      "  gfplint model kmalloc GFP_KERNEL --context spinlock",
      "  gfplint model __vmalloc 'GFP_NOFS | __GFP_ZERO' --size 64K --kernel 4.16",
      "                           what is wrong with it there",
      "  gfplint model __vmalloc GFP_NOFS --size 64K --compare 4.16,5.17,6.12",
      "                           where and why it became right",
      "  gfplint model alloc_pages 'GFP_KERNEL | __GFP_NOFAIL' --order 4",
      "  gfplint model kmalloc GFP_ATOMIC --context raw-spinlock --rt",
      "  gfplint model vmalloc --scope nofs --scope noio",
      "  gfplint model --kernel 4.10",
      "                           the allocators of 4.10",
      "  echo '{\"api\":\"kmalloc\",\"mask\":\"GFP_NOFS\",\"size\":64,\"kernel\":\"6.1\"}' |",
      "    gfplint model --batch -",
      "                           one JSON object a line, as in docs/model.md",
      "",
      "Exit status: 0 answered, whatever the answer; 2 wrong usage: no such API, flag or version"
          + " (the nearest names are given), or a line of the batch could not be answered (it gets"
          + " an object with \"error\", the others are answered); 3 the model's data is not"
          + " usable, or the answer could not be written."
    })
final class ModelCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "API",
      arity = "0..1",
      description = "A function that allocates, as in kmalloc. Default: list them.")
  private Optional<String> api;

  @Parameters(
      index = "1",
      paramLabel = "MASK",
      arity = "0..1",
      description =
          "Its mask as C spells it, in quotes: names, |, &, ~, parentheses and 0. Not needed where"
              + " the mask is implicit.")
  private Optional<String> mask;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "Bytes, as in 8192, 64K, 2M or 1K-64K. Default: unknown.")
  private Optional<String> size;

  @Option(names = "--order", paramLabel = "N", description = "A page order in place of a size.")
  private Optional<String> order;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description =
          "A task scope around the call: nofs, noio, noreclaim or pin. Several: outermost first.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      split = ",",
      description =
          "Where the call is: process, spinlock, raw-spinlock, bit-spinlock, rcu-read,"
              + " rcu-read-bh, rcu-read-sched, preempt-off, bh-off, irq-off, softirq, hardirq or"
              + " nmi. Several add up. Default: process.")
  private List<String> contexts = new ArrayList<>();

  @Option(names = "--rt", description = "On a PREEMPT_RT kernel.")
  private boolean realtime;

  @Option(
      names = {"--kernel", "--kernel-version"},
      paramLabel = "VERSION",
      description =
          "Answer for this version, as in 5.15. Default: the version of the tree, else the newest"
              + " whose source the facts were read in.")
  private Optional<String> kernel;

  @Option(
      names = "--tree",
      paramLabel = "DIR",
      description = "The kernel tree. Default: the one that you are in, if any.")
  private Optional<Path> tree;

  @Option(
      names = "--compare",
      paramLabel = "VERSION",
      split = ",",
      description = "Answer for several versions side by side, and mark what differs.")
  private List<String> compared = new ArrayList<>();

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description =
          "Answer one JSON query a line with one JSON object a line. '-' is standard input.")
  private Optional<Path> batch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, or json: one object; with --compare an array, in which a version without an"
              + " answer has an object with \"error\". Default: text.")
  private Optional<Format> format;

  @Option(
      names = {"--color", "--colour"},
      paramLabel = "WHEN",
      defaultValue = "auto",
      description =
          "Colour the text: auto (on a terminal, unless NO_COLOR is set), always or never."
              + " Default: auto.")
  private ColourMode colour;

  ModelCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    rejectMixtures();
    OutputStream out = new BufferedOutputStream(console.out(), 1 << 16);
    try {
      boolean whole = true;
      if (batch.isPresent()) {
        whole = answerBatch(out);
      } else {
        out.write(answer().getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      return whole ? ExitCode.CLEAN : ExitCode.USAGE;
    } catch (ModelQueryException e) {
      throw new InputException(TerminalText.escape(e.getMessage()));
    } catch (IOException e) {
      throw new OutputFailure("standard output", e);
    }
  }

  private void rejectMixtures() {
    boolean question =
        size.isPresent()
            || order.isPresent()
            || realtime
            || !scopes.isEmpty()
            || !contexts.isEmpty()
            || !compared.isEmpty();
    if (batch.isPresent()) {
      if (api.isPresent() || question) {
        throw new InputException(
            "--batch takes its queries from a file; of the rest only --kernel and --tree go with"
                + " it, for queries without \"kernel\"");
      }
      if (format.filter(f -> f == Format.TEXT).isPresent()) {
        throw new InputException("--batch answers in JSON; --format text does not go with it");
      }
    } else if (api.isEmpty() && question) {
      throw new InputException("name an allocator, as in 'gfplint model kmalloc GFP_KERNEL'");
    }
    if (size.isPresent() && order.isPresent()) {
      throw new InputException("give either --size or --order");
    }
    if (!compared.isEmpty() && kernel.isPresent()) {
      throw new InputException("give either --kernel or --compare");
    }
  }

  private boolean json() {
    return format.filter(f -> f == Format.JSON).isPresent();
  }

  private String answer() throws IOException {
    boolean colours = colour.colours(console);
    if (api.isEmpty()) {
      AllocatorModel model = AllocatorModel.forVersion(version());
      return json() ? pretty(listed(model)) : ModelText.list(model);
    }
    if (!compared.isEmpty()) {
      return compare(colours);
    }
    ModelAnswer answer = query(version()).answer();
    return json() ? pretty(answer.toJson()) : new ModelText(colours).of(answer);
  }

  private String compare(boolean colours) throws IOException {
    ModelComparison comparison = new ModelComparison(colours);
    List<Object> objects = new ArrayList<>();
    ModelQueryException problem = null;
    boolean any = false;
    for (String text : compared) {
      ModelQuery query = query(ModelQuery.parseKernel(text));
      try {
        ModelAnswer answer = query.answer();
        comparison.add(answer);
        objects.add(answer.toJson());
        any = true;
      } catch (ModelQueryException e) {
        problem = e;
        comparison.add(query.kernel(), TerminalText.escape(e.getMessage()));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("api", query.api());
        object.put("kernel", query.kernel().toString());
        object.put("error", e.getMessage());
        objects.add(object);
      }
    }
    if (!any) {
      throw problem;
    }
    return json() ? pretty(objects) : comparison.table();
  }

  private ModelQuery query(KernelVersion version) {
    Optional<AllocationSize> asked =
        size.map(ModelQuery::parseSize).or(() -> order.map(ModelQuery::parseOrder));
    return new ModelQuery(
        version,
        api.orElseThrow(),
        mask.filter(m -> !m.isBlank()),
        asked,
        new ExecutionContext(
            ModelQuery.parseScopes(scopes), ModelQuery.parseContexts(contexts), realtime));
  }

  // ---- version

  private KernelVersion version() {
    return given().orElseGet(this::found);
  }

  /** The version that the command line names, by itself or by a tree. */
  private Optional<KernelVersion> given() {
    if (kernel.isPresent()) {
      return kernel.map(TreeSelection::version);
    }
    if (tree.isEmpty()) {
      return Optional.empty();
    }
    Path root = TreeSelection.of(tree, List.of(), true, console.directory()).tree();
    KernelVersion version =
        KernelTree.open(root)
            .version()
            .orElseThrow(
                () ->
                    new InputException(
                        TerminalText.escape(tree.get().toString())
                            + " has no Makefile that states a version; give --kernel"));
    return Optional.of(said(version, root));
  }

  private KernelVersion found() {
    Optional<KernelTree> around = KernelTree.findUpward(console.directory());
    Optional<KernelVersion> version = around.flatMap(KernelTree::version);
    if (version.isPresent()) {
      return said(version.get(), around.get().root());
    }
    KernelVersion newest = AllocatorModel.coverage().newest();
    console.say(
        "no --kernel, and not in a kernel tree: answering for "
            + newest
            + ", the newest whose source the facts were read in");
    return newest;
  }

  private KernelVersion said(KernelVersion version, Path root) {
    console.say(
        "answering for " + version + ", the version of " + TerminalText.escape(root.toString()));
    return version;
  }

  // ---- batch

  /** Answers every line; false if some could not be. */
  private boolean answerBatch(OutputStream out) throws IOException {
    Optional<KernelVersion> defaultKernel = given();
    Path path = batch.orElseThrow();
    boolean whole = true;
    try (InputStream in = open(path);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      int number = 0;
      while (true) {
        String line = read(lines, path);
        if (line == null) {
          return whole;
        }
        number++;
        if (line.isBlank()) {
          continue;
        }
        Map<String, Object> answer;
        try {
          answer = ModelQuery.fromJson(line, defaultKernel).answer().toJson();
        } catch (ModelQueryException e) {
          whole = false;
          answer = new LinkedHashMap<>();
          answer.put("line", number);
          answer.put("error", "line " + number + ": " + e.getMessage());
          answer.put("nearest", e.nearest());
        }
        out.write(compact(answer).getBytes(StandardCharsets.UTF_8));
        if (!lines.ready()) {
          // Whoever asks line by line waits for the answer.
          out.flush();
        }
      }
    }
  }

  private InputStream open(Path path) {
    if (path.toString().equals("-")) {
      return System.in;
    }
    try {
      return Files.newInputStream(console.directory().resolve(path));
    } catch (NoSuchFileException e) {
      throw new InputException("there is no " + shown(path));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static String read(BufferedReader lines, Path path) {
    try {
      return lines.readLine();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static InputException unreadable(Path path, IOException e) {
    return new InputException(
        "cannot read " + shown(path) + ": " + TerminalText.escape(ReportFile.reason(e)));
  }

  private static String shown(Path path) {
    return TerminalText.escape(path.toString());
  }

  // ---- JSON

  private static Map<String, Object> listed(AllocatorModel model) {
    List<Object> apis = new ArrayList<>();
    for (AllocatorApi api : model.apis()) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", api.name());
      object.put("family", api.family());
      api.maskArgument().ifPresent(argument -> object.put("maskArgument", argument + 1));
      api.implicitMask().ifPresent(implicit -> object.put("implicitMask", implicit));
      apis.add(object);
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("kernel", model.version().toString());
    model.versionNote().ifPresent(note -> list.put("note", note));
    list.put("apis", apis);
    return list;
  }

  private static String pretty(Object value) throws IOException {
    return written(value, true);
  }

  private static String compact(Object value) throws IOException {
    return written(value, false);
  }

  private static String written(Object value, boolean pretty) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      if (pretty) {
        json.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      write(json, value);
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(value.toString());
    }
  }
}
