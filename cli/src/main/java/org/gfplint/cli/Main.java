package org.gfplint.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.gfplint.finding.Confidence;
import org.gfplint.model.ModelDataException;
import org.gfplint.report.Grouping;
import org.gfplint.report.TerminalText;
import org.gfplint.rules.InputException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
public final class Main {
  private Main() {}

  /** Names a file with a command on each line, words separated by tabs; see aot-cache.sh. */
  private static final String TRAINING = "gfplint.training";

  private static final List<String> VERSION = List.of("--version", "-V");

  public static void main(String[] args) throws IOException {
    if (System.getProperty(TRAINING) != null) {
      for (String line : Files.readAllLines(Path.of(System.getProperty(TRAINING)))) {
        run(Console.ofProcess(), line.split("\t"));
      }
      System.exit(ExitCode.CLEAN);
    }
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs one command to its end and returns its exit status; lets no exception through. */
  static int run(Console console, String... args) {
    if (args.length == 1 && VERSION.contains(args[0])) {
      // What scripts ask before everything else; making out the options takes twice as long.
      return printVersion(console);
    }
    boolean debug = List.of(args).contains("--debug");
    PrintWriter out = new PrintWriter(writer(console.out()), true);
    CommandLine line =
        commandLine(console, args)
            .setUsageHelpWidth(90)
            .setOut(out)
            .setErr(new PrintWriter(console.err(), true, UTF_8))
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    ColourMode.AUTO.colours(console) ? Ansi.ON : Ansi.OFF))
            .setParameterExceptionHandler((e, a) -> misused(console, e))
            .setExecutionExceptionHandler((e, c, r) -> failed(console, e, debug));
    try {
      return line.execute(args);
    } catch (Throwable e) {
      return failed(console, e, debug);
    }
  }

  /**
   * The commands as picocli has them.
   *
   * @param args to be executed; only the command that they call is there, or all if they are empty
   */
  static CommandLine commandLine(Console console, String... args) {
    return withCommands(new CommandLine(new GfplintCommand()), console, args)
        .registerConverter(Output.Format.class, word(Output.Format.class))
        .registerConverter(ParseCommand.Format.class, word(ParseCommand.Format.class))
        .registerConverter(ModelCommand.Format.class, word(ModelCommand.Format.class))
        .registerConverter(ScopesCommand.Format.class, word(ScopesCommand.Format.class))
        .registerConverter(CallgraphCommand.Format.class, word(CallgraphCommand.Format.class))
        .registerConverter(CheckCommand.FailOn.class, word(CheckCommand.FailOn.class))
        .registerConverter(Grouping.By.class, word(Grouping.By.class))
        .registerConverter(FixCommand.Per.class, word(FixCommand.Per.class))
        .registerConverter(Confidence.class, word(Confidence.class))
        .registerConverter(ColourMode.class, word(ColourMode.class))
        .registerConverter(CompletionCommand.Shell.class, word(CompletionCommand.Shell.class));
  }

  private static int printVersion(Console console) {
    try {
      console.out().write(("gfplint " + ToolVersion.line() + "\n").getBytes(UTF_8));
      return ExitCode.CLEAN;
    } catch (IOException e) {
      return failed(console, new OutputFailure("standard output", e), false);
    }
  }

  /**
   * Adds the command that is called, or all of them if it cannot be told: making out what options
   * each has is a tenth of the time that the hook takes.
   */
  private static CommandLine withCommands(CommandLine line, Console console, String... args) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("check", () -> new CheckCommand(console));
    commands.put("fix", () -> new FixCommand(console));
    commands.put(
        "baseline",
        () ->
            new CommandLine(new BaselineCommand())
                .addSubcommand(new BaselineCommand.Create(console))
                .addSubcommand(new BaselineCommand.Update(console))
                .addSubcommand(new BaselineCommand.Show(console)));
    commands.put("scopes", () -> new ScopesCommand(console));
    commands.put("callgraph", () -> new CallgraphCommand(console).commandLine());
    commands.put(
        "hook",
        () ->
            new CommandLine(new HookCommand())
                .addSubcommand(new HookCommand.Install(console))
                .addSubcommand(new HookCommand.Uninstall(console))
                .addSubcommand(new HookCommand.Run(console)));
    commands.put("config", () -> new ConfigCommand(console));
    commands.put("index", () -> new IndexCommand(console));
    commands.put("explain", () -> new ExplainCommand(console));
    commands.put("model", () -> new ModelCommand(console));
    commands.put("parse", () -> new ParseCommand(console));
    commands.put("doctor", () -> new DoctorCommand(console));
    commands.put("completion", () -> new CompletionCommand(console));
    commands.put("man", () -> new ManCommand(console));
    if (args.length > 0 && commands.containsKey(args[0])) {
      commands.keySet().retainAll(List.of(args[0]));
    }
    commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line;
  }

  private static int misused(Console console, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().get(0);
      console.say(
          "'"
              + command
              + "' does not know '"
              + TerminalText.escape(argument)
              + "'"
              + NearestName.of(argument, known(e.getCommandLine().getCommandSpec()))
                  .map(name -> "; did you mean '" + name + "'?")
                  .orElse(""));
    } else if (e instanceof MissingParameterException
        && e.getMessage().startsWith("Error: Missing required argument(s): --format")) {
      console.say("-o needs its --format, as in --format sarif -o report.sarif");
    } else {
      console.say(TerminalText.escape(e.getMessage()));
    }
    console.err().println("Try '" + command + " --help'.");
    return ExitCode.USAGE;
  }

  /** Reads one of an enum's constants, written in lower case. */
  private static <E extends Enum<E>> ITypeConverter<E> word(Class<E> type) {
    return typed -> {
      List<String> words = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        String word = constant.name().toLowerCase(Locale.ROOT);
        if (word.equals(typed)) {
          return constant;
        }
        words.add(word);
      }
      throw new TypeConversionException("'" + typed + "' is none of " + String.join(", ", words));
    };
  }

  /** What may stand in a command line: the names of its options and subcommands. */
  private static List<String> known(CommandSpec command) {
    List<String> names = new ArrayList<>(command.optionsMap().keySet());
    names.addAll(command.subcommands().keySet());
    return names;
  }

  private static int failed(Console console, Throwable e, boolean debug) {
    if (e instanceof InputException) {
      console.say(e.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof OutputFailure || e instanceof ModelDataException) {
      console.say(e.getMessage());
    } else if (e instanceof OutOfMemoryError) {
      console.say(
          "out of memory; allow it more, as in GFPLINT_JAVA_OPTS=-Xmx8g (now "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MiB)");
    } else {
      console.say(
          "internal error: "
              + e
              + (debug ? "" : " (run again with --debug for the whole story, and report it)"));
    }
    if (debug) {
      e.printStackTrace(console.err());
    }
    return ExitCode.INCOMPLETE;
  }

  private static OutputStreamWriter writer(OutputStream out) {
    return new OutputStreamWriter(out, UTF_8);
  }
}
