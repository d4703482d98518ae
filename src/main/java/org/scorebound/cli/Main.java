package org.scorebound.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Entry point of the {@code scorebound} command: finds the subcommand, runs it, and turns what it
 * returns or throws into an exit code and at most one line on standard error.
 */
@Command(
    name = "scorebound",
    description =
        "Checks that the score-matching loss of a diffusion model bounds the Wasserstein-2 "
            + "distance between its samples and the data, and measures the kernels underneath.",
    versionProvider = Main.Version.class,
    footer = {
      "",
      "Exit codes: 0 all well; 1 violation or regression; 2 wrong usage or input;",
      "3 untrusted (a control failed); 4 undecided; 70 internal error; 130 interrupted."
    })
public final class Main implements Callable<ExitCode> {

  /** The subcommands in the order of {@code --help}: one line each. */
  private static List<Callable<ExitCode>> commands() {
    return List.of(
        new VerifyCommand(),
        new MergeCommand(),
        new ClaimsCommand(),
        new ExperimentCommand(),
        new W2Command(),
        new LipschitzCommand(),
        new BenchCommand(),
        new RegressCommand(),
        new HistoryCommand(),
        new ReportCommand(),
        new PlotCommand(),
        new ExportCommand(),
        new InfoCommand());
  }

  @Spec private CommandSpec spec;

  private Main() {}

  /**
   * Runs one command and exits with its code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    StandardError.restore();
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int code = run(out, err, args);
    System.exit(code);
  }

  /**
   * Runs one command.
   *
   * @param out takes results; if it is closed at the other end, the rest is dropped silently
   * @param err takes error lines
   * @param args the command line
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(commands(), out, err, args);
  }

  /** As above, with these subcommands. */
  static int run(
      List<? extends Callable<ExitCode>> commands,
      PrintWriter out,
      PrintWriter err,
      String... args) {
    boolean debug = Arrays.asList(args).contains("--debug");
    CommandLine line = new CommandLine(new Main());
    commands.forEach(line::addSubcommand);
    configure(line, out, err);
    line.setParameterExceptionHandler(
        (e, arguments) -> fail(err, e, debug, describe(e), ExitCode.USAGE));
    line.setExecutionExceptionHandler((e, where, parsed) -> failed(err, where, e, debug));
    try {
      int code = line.execute(args);
      return code == 0 ? returned(line) : code;
    } catch (OutOfMemoryError e) {
      return fail(
          err,
          e,
          debug,
          "scorebound: out of memory; JAVA_TOOL_OPTIONS=-Xmx8g gives more",
          ExitCode.INTERNAL);
    } catch (Error e) {
      return failed(err, line, e, debug);
    } finally {
      out.flush();
      err.flush();
    }
  }

  @Override
  public ExitCode call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /** The exit code that the command itself returned; 0 after {@code --help}. */
  private static int returned(CommandLine line) {
    ParseResult last = line.getParseResult();
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    Object result = last.commandSpec().commandLine().getExecutionResult();
    return result instanceof ExitCode exit ? exit.code() : ExitCode.OK.code();
  }

  private static void configure(CommandLine line, PrintWriter out, PrintWriter err) {
    line.setOut(out);
    line.setErr(err);
    line.setUsageHelpWidth(80);
    line.setExitCodeExceptionMapper(e -> ExitCode.INTERNAL.code());
    addHelp(line.getCommandSpec());
  }

  private static void addHelp(CommandSpec spec) {
    spec.mixinStandardHelpOptions(true);
    spec.addOption(
        OptionSpec.builder("--debug").description("Show stack traces of errors.").build());
    spec.subcommands()
        .values()
        .forEach(
            sub -> {
              addHelp(sub.getCommandSpec());
              // The list of commands shows the first line of a description only.
              var usage = sub.getCommandSpec().usageMessage();
              usage.description(String.join(" ", usage.description()));
            });
  }

  private static int failed(PrintWriter err, CommandLine where, Throwable thrown, boolean debug) {
    String name = where.getCommandSpec().qualifiedName();
    Throwable e = unwrapped(thrown);
    if (e instanceof InterruptedException) {
      return fail(err, e, debug, name + ": interrupted", ExitCode.INTERRUPTED);
    }
    if (e instanceof InputException) {
      return fail(err, e, debug, name + ": " + e.getMessage(), ExitCode.USAGE);
    }
    String hint = debug ? "" : " (--debug shows where)";
    String line = name + ": internal error: " + String.valueOf(e).lines().findFirst().orElse("");
    return fail(err, e, debug, line + hint, ExitCode.INTERNAL);
  }

  /** What a worker thread threw, without the wrapping of the executor that ran it. */
  private static Throwable unwrapped(Throwable thrown) {
    Throwable e = thrown;
    while (e instanceof ExecutionException || e instanceof CompletionException) {
      Throwable cause = e.getCause();
      if (cause == null) {
        return e;
      }
      e = cause;
    }
    return e;
  }

  private static int fail(PrintWriter err, Throwable e, boolean debug, String line, ExitCode code) {
    err.println(line);
    if (debug) {
      e.printStackTrace(err);
    }
    return code.code();
  }

  /** One line for wrong usage; an unknown command or option is told with the nearest known one. */
  private static String describe(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String prefix = spec.qualifiedName() + ": ";
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().getFirst();
      if (word.startsWith("-")) {
        String option = word.split("=", 2)[0];
        return prefix + "unknown option '" + option + "'" + Nearest.clause(option, options(spec));
      }
      if (!spec.subcommands().isEmpty()) {
        return prefix
            + "unknown command '"
            + word
            + "'"
            + Nearest.clause(word, spec.subcommands().keySet());
      }
      return prefix + "unexpected argument '" + word + "'";
    }
    String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    String help = e instanceof MissingParameterException ? " (see --help)" : "";
    return prefix + message + help;
  }

  private static List<String> options(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    spec.options().forEach(option -> names.addAll(List.of(option.names())));
    names.removeIf(name -> !name.startsWith("--"));
    return names;
  }

  /** The text of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      var build = HostFacts.build();
      return new String[] {
        "scorebound " + build.version() + build.commit().map(id -> " (" + id + ")").orElse("")
      };
    }
  }
}
