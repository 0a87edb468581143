package org.gfplint.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.gfplint.finding.Confidence;
import org.gfplint.model.ModelDataException;
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

  public static void main(String[] args) {
    System.exit(run(Console.ofProcess(), args));
  }

  /** Runs one command to its end and returns its exit status; lets no exception through. */
  static int run(Console console, String... args) {
    GfplintCommand root = new GfplintCommand();
    CheckCommand check = new CheckCommand(console);
    FixCommand fix = new FixCommand(console);
    ScopesCommand scopes = new ScopesCommand(console);
    CallgraphCommand callgraph = new CallgraphCommand(console);
    BooleanSupplier debug =
        () -> check.debug() || fix.debug() || scopes.debug() || callgraph.debug();
    PrintWriter out = new PrintWriter(writer(console.out()), true);
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(check)
            .addSubcommand(fix)
            .addSubcommand(
                new CommandLine(new BaselineCommand())
                    .addSubcommand(new BaselineCommand.Create(console))
                    .addSubcommand(new BaselineCommand.Update(console))
                    .addSubcommand(new BaselineCommand.Show(console)))
            .addSubcommand(scopes)
            .addSubcommand(callgraph.commandLine())
            .addSubcommand(
                new CommandLine(new HookCommand())
                    .addSubcommand(new HookCommand.Install(console))
                    .addSubcommand(new HookCommand.Uninstall(console))
                    .addSubcommand(new HookCommand.Run(console)))
            .addSubcommand(new ConfigCommand(console))
            .addSubcommand(new IndexCommand(console))
            .addSubcommand(new ExplainCommand(console))
            .addSubcommand(new ModelCommand(console))
            .addSubcommand(new ParseCommand(console))
            .addSubcommand(new DoctorCommand(console))
            .registerConverter(Output.Format.class, word(Output.Format.class))
            .registerConverter(ParseCommand.Format.class, word(ParseCommand.Format.class))
            .registerConverter(ModelCommand.Format.class, word(ModelCommand.Format.class))
            .registerConverter(ScopesCommand.Format.class, word(ScopesCommand.Format.class))
            .registerConverter(CallgraphCommand.Format.class, word(CallgraphCommand.Format.class))
            .registerConverter(CheckCommand.FailOn.class, word(CheckCommand.FailOn.class))
            .registerConverter(FixCommand.Per.class, word(FixCommand.Per.class))
            .registerConverter(Confidence.class, word(Confidence.class))
            .registerConverter(ColourMode.class, word(ColourMode.class))
            .setUsageHelpWidth(90)
            .setOut(out)
            .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    ColourMode.AUTO.colours(console) ? Ansi.ON : Ansi.OFF))
            .setParameterExceptionHandler((e, a) -> misused(console, e))
            .setExecutionExceptionHandler((e, c, r) -> failed(console, e, debug.getAsBoolean()));
    try {
      return line.execute(args);
    } catch (Throwable e) {
      return failed(console, e, debug.getAsBoolean());
    }
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
    return new OutputStreamWriter(out, StandardCharsets.UTF_8);
  }
}
