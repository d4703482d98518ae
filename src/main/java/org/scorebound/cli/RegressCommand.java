package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.regress.GateRun;
import org.scorebound.regress.Judge;
import org.scorebound.regress.Judgement;
import org.scorebound.regress.MeasurementLog;
import org.scorebound.regress.Plan;
import org.scorebound.regress.fork.Harness;
import org.scorebound.regress.fork.Sentinels;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares two builds of a JMH benchmark jar. */
@Command(
    name = "regress",
    description =
        "Compare two builds of any JMH benchmark jar: forks in randomised blocks, verdicts with "
            + "stated error probabilities, controls in every run. docs/regress.md explains how.")
final class RegressCommand implements Callable<ExitCode> {

  private final Harness harness;

  @Mixin private RegressSides sides = new RegressSides();

  @Option(
      names = "--benchmarks",
      paramLabel = "REGEX",
      description = "Benchmarks whose full names have it (default: all).")
  private String benchmarks = "";

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "Time to spend, such as 90s, 10m or 2h. It is turned into a number of blocks before "
              + "the first of them (default: up to 48 blocks).")
  private @Nullable String budget;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      description = "At most N blocks: 12, 24 or 48 (default: 48).")
  private int blocks = 48;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Of the order of the forks (default: a new one, written into the result).")
  private @Nullable Long seed;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Result document (default: scorebound-regress.json here). The forks go beside it as they "
              + "end, with .forks.jsonl at the end.")
  private Path out = Path.of("scorebound-regress.json");

  @Option(names = "--resume", description = "Go on with an interrupted run of the same command.")
  private boolean resume;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      arity = "0..1",
      fallbackValue = "scorebound-history.jsonl",
      description =
          "Append the candidate's numbers to a history (default: scorebound-history.jsonl).")
  private @Nullable Path record;

  @Option(names = "--markdown", paramLabel = "FILE", description = "A summary for a pull request.")
  private @Nullable Path markdown;

  @Option(names = "--junit", paramLabel = "FILE", description = "The verdicts as JUnit XML.")
  private @Nullable Path junit;

  @Mixin private ReportOption page = new ReportOption();

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Option(
      names = "--shared",
      description = "With --calibrate: other jobs run on this machine, and the table says so.")
  private boolean shared;

  @ArgGroup private @Nullable Other other;

  /** Ways to use the command without comparing two builds. */
  static final class Other {
    @Option(
        names = "--recompute",
        paramLabel = "FILE",
        description = "Judge the forks of a result document again, and compare bit for bit.")
    private @Nullable Path recompute;

    @Option(
        names = "--calibrate",
        paramLabel = "FOLDER",
        description =
            "Measure the gate's own false alarms and power with identical builds and injected "
                + "slowdowns, for the time of --budget; runs are added to those in the folder, and "
                + "the table is made of all of them.")
    private @Nullable Path calibrate;
  }

  @Spec private CommandSpec spec;

  RegressCommand() {
    this(Harness.real());
  }

  /** With forks from elsewhere, for tests. */
  RegressCommand(Harness harness) {
    this.harness = harness;
  }

  @Override
  public ExitCode call() throws IOException, InterruptedException {
    if (other != null && other.recompute != null) {
      return RegressDocument.recompute(other.recompute, spec.commandLine().getOut());
    }
    if (other != null && other.calibrate != null) {
      try (TerminalProgress progress = TerminalProgress.open(quiet)) {
        return new RegressCalibration(harness, other.calibrate, shared, blocks)
            .run(
                sides.baseline().map(Path::of),
                Optional.ofNullable(budget).map(RegressCommand::seconds),
                seed == null ? 1 : seed,
                spec.commandLine().getParseResult().originalArgs(),
                progress,
                spec.commandLine().getOut());
      }
    }
    check();
    return compare();
  }

  private void check() {
    if (shared) {
      throw new InputException("--shared goes with --calibrate alone");
    }
    if (blocks != 12 && blocks != 24 && blocks != 48) {
      throw new InputException("--blocks must be 12, 24 or 48, got " + blocks);
    }
    for (Path file : new Path[] {out, markdown, junit}) {
      if (file != null) {
        AtomicFile.checkWritable(file);
      }
    }
    page.check(out);
    if (Files.exists(logFile()) && !resume) {
      throw new InputException(
          logFile()
              + ": forks of an interrupted run; --resume goes on with them, or remove the file");
    }
    if (resume && !Files.exists(logFile())) {
      throw new InputException(logFile() + ": no such file, so there is nothing to resume");
    }
  }

  private ExitCode compare() throws IOException, InterruptedException {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    Outcome outcome = outcome(Optional.ofNullable(budget).map(RegressCommand::seconds));
    Plan plan = outcome.plan;
    GateRun.Measured measured = outcome.measured;
    Judgement judgement =
        new Judge(plan.rules(), plan.seed())
            .judge(measured.series(), measured.controls(), plan.unpaired());
    List<String> words = spec.commandLine().getParseResult().originalArgs();
    double elapsed = 1e-9 * (System.nanoTime() - started);
    new RegressDocument(plan, measured, judgement)
        .write(out, ResultDocument.timing(words, 1, begun, elapsed));
    RegressReport report = new RegressReport(plan, judgement);
    if (markdown != null) {
      report.markdown(markdown);
    }
    if (junit != null) {
      report.junit(junit);
    }
    if (record != null) {
      RegressHistory.append(record, begun, plan, measured, judgement);
    }
    Files.delete(logFile());
    PrintWriter print = spec.commandLine().getOut();
    report.print(print);
    print.printf(Locale.ROOT, "%.0f s, seed %d%n", elapsed, plan.seed());
    print.println("result: " + out);
    page.write(out, print);
    return report.exitCode();
  }

  private record Outcome(Plan plan, GateRun.Measured measured) {}

  private Outcome outcome(Optional<Double> budgetSeconds) throws IOException, InterruptedException {
    try (TerminalProgress progress = TerminalProgress.open(quiet);
        RegressSides.Opened opened = sides.open(harness, progress);
        MeasurementLog log = MeasurementLog.open(logFile())) {
      RegressPlanner planner = new RegressPlanner(opened, benchmarks, blocks, budgetSeconds);
      Sentinels sentinels = harness.sentinels();
      Plan plan;
      if (log.plan().isPresent()) {
        plan = planner.resumed(log.plan().get(), logFile());
      } else {
        try {
          long drawn = seed == null ? new SecureRandom().nextLong(1L << 53) : seed;
          plan = planner.plan(drawn, sentinels, progress);
        } catch (InputException | InterruptedException e) {
          Files.deleteIfExists(logFile());
          throw e;
        }
        log.begin(plan);
      }
      GateRun run =
          new GateRun(plan, opened.baseline(), opened.candidate(), opened.copy(), sentinels, log);
      return new Outcome(plan, plan.cases().isEmpty() ? GateRun.nothing() : run.measure(progress));
    }
  }

  private Path logFile() {
    String name = out.getFileName().toString();
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return out.resolveSibling(stem + ".forks.jsonl");
  }

  /** Seconds of a time such as {@code 90s}, {@code 10m}, {@code 1.5h}. */
  static double seconds(String time) {
    String digits = time.isEmpty() ? "" : time.substring(0, time.length() - 1);
    double unit =
        switch (time.isEmpty() ? ' ' : time.charAt(time.length() - 1)) {
          case 's' -> 1;
          case 'm' -> 60;
          case 'h' -> 3600;
          default -> 0;
        };
    if (unit == 0 || !digits.matches("[0-9]+(\\.[0-9]+)?") || Double.parseDouble(digits) == 0) {
      throw new InputException(
          "--budget must be a time such as 90s, 10m or 2h, got '" + time + "'");
    }
    return unit * Double.parseDouble(digits);
  }
}
