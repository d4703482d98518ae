package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.scorebound.bench.BenchDocument;
import org.scorebound.bench.BenchRun;
import org.scorebound.bench.BenchmarkCase;
import org.scorebound.bench.BenchmarkSession;
import org.scorebound.bench.BenchmarkSuite;
import org.scorebound.bench.Figure;
import org.scorebound.bench.ForkFailedException;
import org.scorebound.bench.ForkPlan;
import org.scorebound.bench.MeasuredRun;
import org.scorebound.bench.Profile;
import org.scorebound.bench.Roof;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.BackEnd;
import org.scorebound.result.Progress;
import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the kernels against their baselines and against what the machine can do. */
@Command(
    name = "bench",
    description =
        "Measure the kernels, each against its baselines and as a share of what one thread of this "
            + "machine can do, measured in the same run.")
final class BenchCommand implements Callable<ExitCode> {

  private static final int NEAR_NAMES = 3;
  private static final int QUICK_FORKS = 2;
  private static final int FULL_FORKS = 3;

  private final Supplier<Optional<BenchmarkSuite>> suites;

  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      description =
          "Benchmarks to run: a regular expression found in their names as --list shows them "
              + "(default: all).")
  private @Nullable String pattern;

  @Option(
      names = "--quick",
      description = "Only what the table of figures needs, with short forks: under 3 minutes.")
  private boolean quick;

  @Option(names = "--list", description = "List the benchmarks and run none.")
  private boolean list;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Only variants on this linear algebra: vector, jblas or scalar.")
  private @Nullable String backEnd;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description =
          "Virtual machines per benchmark (default: "
              + FULL_FORKS
              + "; "
              + QUICK_FORKS
              + " with --quick).")
  private @Nullable Integer forks;

  @Option(
      names = "--profile",
      description =
          "One more fork of each benchmark under async-profiler (flame graph, hottest methods) and "
              + "perf (machine code), where they are available.")
  private boolean profile;

  @Option(
      names = "--jvm",
      paramLabel = "FILE",
      description = "The java program to fork (default: the one that runs this).")
  private @Nullable Path jvm;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Result document (default: scorebound-bench.json here). JMH's own goes beside it, with "
              + ".jmh.json at the end.")
  private @Nullable Path out;

  @Option(
      names = "--into",
      paramLabel = "FILE",
      description =
          "Result document of an earlier run here: replace in it the groups of what REGEX matches, "
              + "whole, and keep all others. JMH's own goes beside it, with .runN.jmh.json at the "
              + "end.")
  private @Nullable Path into;

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Mixin private ReportOption report = new ReportOption();

  @Spec private CommandSpec spec;

  BenchCommand() {
    this(BenchmarkSuite::find);
  }

  /** With benchmarks from elsewhere, for tests. */
  BenchCommand(Supplier<Optional<BenchmarkSuite>> suites) {
    this.suites = suites;
  }

  @Override
  public ExitCode call() throws IOException {
    long started = System.nanoTime();
    String begun = CommonOptions.timestamp();
    BenchmarkSuite suite =
        suites
            .get()
            .orElseThrow(
                () ->
                    new InputException(
                        "there are no benchmarks on the class path; start with ./scorebound or"
                            + " target/benchmarks/scorebound.jar"));
    List<BenchmarkCase> cases = suite.cases();
    BenchTarget target = target(cases);
    List<BenchmarkCase> selected = target.whole(selected(cases), spec.commandLine().getErr());
    PrintWriter print = spec.commandLine().getOut();
    if (list) {
      selected.forEach(one -> print.println(one.label()));
      return ExitCode.OK;
    }
    check(target);
    SequencedMap<String, String> unavailable = new LinkedHashMap<>();
    List<BenchmarkCase> asked = withRoof(selected, cases);
    List<BenchmarkCase> possible = new ArrayList<>();
    for (BenchmarkCase one : asked) {
      suite
          .unavailable(one)
          .ifPresentOrElse(why -> unavailable.put(one.label(), why), () -> possible.add(one));
    }
    BenchmarkSession session = suite.open(Optional.ofNullable(jvm).map(Path::toString));
    int rounds = forks != null ? forks : quick ? QUICK_FORKS : FULL_FORKS;
    ForkPlan plan = quick ? ForkPlan.QUICK : ForkPlan.FULL;
    SequencedMap<String, Double> stages = new LinkedHashMap<>();
    BenchRun.Outcome outcome;
    List<Profile> profiles = new ArrayList<>();
    List<BenchRun.Failure> failures;
    try (InterruptNote interrupt = InterruptNote.open(spec.commandLine().getErr());
        TerminalProgress progress = TerminalProgress.open(quiet)) {
      BenchRun measurement =
          new BenchRun(session, possible, plan, rounds, quick ? 1 : rounds)
              .afterRounds(
                  (done, soFar) -> {
                    MeasuredRun part =
                        run(
                            target.partial(),
                            soFar.roof(),
                            done,
                            plan,
                            timing(begun, started, stages));
                    BenchDocument document =
                        new BenchDocument(
                            List.of(part), soFar.rows(), soFar.failures(), unavailable, List.of());
                    if (keep(
                        target.partial(), session, document, document.figures(cases, selected))) {
                      interrupt.say(
                          "scorebound bench: stopped after %d of %d rounds; they are kept in %s"
                              .formatted(done, rounds, target.partial().file()));
                    }
                  });
      outcome = measurement.measure(progress);
      failures = new ArrayList<>(outcome.failures());
      stages.put("measure", seconds(started));
      if (profile) {
        profiles.addAll(
            profiles(session, selected, unavailable, failures, target.profiles(), progress));
        stages.put("profile", seconds(started) - stages.get("measure"));
      }
    }
    MeasuredRun run = run(target, outcome.roof(), rounds, plan, timing(begun, started, stages));
    BenchDocument document =
        target.with(
            run,
            asked,
            new BenchDocument(List.of(run), outcome.rows(), failures, unavailable, profiles));
    List<Figure.Measured> figures = document.figures(cases, selected);
    AtomicFile.write(target.framework(), session::writeFrameworkResults);
    target.write(document, figures);
    target.partial().delete();
    new BenchReport(print).print(document, figures);
    target.notes().forEach(line -> print.println("dropped: " + line));
    failures.forEach(f -> print.println("FAILED: " + f.label() + ": " + f.message()));
    print.printf(
        Locale.ROOT,
        "%d benchmarks, %d forks each, in %.0f s%n",
        outcome.rows().size(),
        rounds,
        seconds(started));
    print.println("result: " + target.file() + ", JMH's own: " + target.framework());
    report.write(target.file(), print);
    return failures.isEmpty() ? ExitCode.OK : ExitCode.UNTRUSTED;
  }

  private static double seconds(long since) {
    return 1e-9 * (System.nanoTime() - since);
  }

  private RunTiming timing(String begun, long started, SequencedMap<String, Double> stages) {
    return new RunTiming(
        spec.commandLine().getParseResult().originalArgs(), 1, begun, seconds(started), stages);
  }

  private MeasuredRun run(
      BenchTarget target, Roof roof, int rounds, ForkPlan plan, RunTiming timing) {
    RunInfo info =
        new RunInfo(
            RunInfo.SCHEMA_VERSION,
            "bench",
            0,
            backEnd == null ? "all" : backEnd,
            HostFacts.build(),
            HostFacts.machine());
    String framework = String.valueOf(target.framework().getFileName());
    return new MeasuredRun(target.id(), info, timing, quick, rounds, plan, roof, framework);
  }

  /**
   * Keeps what whole rounds measured, in case the run does not come to its end; whether it could.
   */
  private boolean keep(
      BenchTarget partial,
      BenchmarkSession session,
      BenchDocument document,
      List<Figure.Measured> figures) {
    try {
      AtomicFile.write(partial.framework(), session::writeFrameworkResults);
      partial.write(document, figures);
      return true;
    } catch (InputException | IOException e) {
      // The run is worth more than its safety copy, and its own files may still be writable.
      spec.commandLine().getErr().println("scorebound bench: " + e.getMessage());
      return false;
    }
  }

  private BenchTarget target(List<BenchmarkCase> cases) throws IOException {
    if (into == null) {
      return BenchTarget.alone(out == null ? Path.of("scorebound-bench.json") : out);
    }
    if (out != null) {
      throw new InputException(
          "--into names the document to change and --out a new one: give one of them");
    }
    if (jvm != null) {
      throw new InputException(
          "--into takes runs on the java program that runs this alone: leave out --jvm, or write a"
              + " new document with --out");
    }
    if (backEnd != null) {
      throw new InputException(
          "--into measures groups whole, on every back end: leave out --backend, or write a new"
              + " document with --out");
    }
    return BenchTarget.into(into, withRoof(cases, cases));
  }

  private void check(BenchTarget target) {
    if (forks != null && forks < 1) {
      throw new InputException("--forks must be at least 1, got " + forks);
    }
    if (jvm != null && !Files.isExecutable(jvm)) {
      throw new InputException("--jvm must be a program, got " + jvm);
    }
    AtomicFile.checkWritable(target.file());
    report.check(target.file());
    AtomicFile.checkWritable(target.framework());
  }

  private List<BenchmarkCase> selected(List<BenchmarkCase> all) {
    List<BenchmarkCase> cases = new ArrayList<>(all);
    if (quick) {
      cases.removeIf(one -> Figure.ALL.stream().noneMatch(f -> f.needs(one)));
    }
    if (backEnd != null) {
      List<String> known = List.of(labels());
      if (!known.contains(backEnd)) {
        throw new InputException(
            "unknown back end '" + backEnd + "'" + Nearest.clause(backEnd, known));
      }
      cases.removeIf(one -> !one.backEnd().isEmpty() && !one.backEnd().equals(backEnd));
    }
    if (pattern != null) {
      Pattern regex = compile(pattern);
      List<BenchmarkCase> before = List.copyOf(cases);
      cases.removeIf(
          one -> !regex.matcher(one.label()).find() && !regex.matcher(one.benchmark()).find());
      if (cases.isEmpty()) {
        TreeSet<String> names = new TreeSet<>();
        before.forEach(one -> names.add(one.group().split(" ", 2)[0]));
        throw new InputException(
            "no benchmark matches '"
                + pattern
                + "'; near names are "
                + String.join(", ", Nearest.several(pattern, names, NEAR_NAMES))
                + " (--list shows all)");
      }
    }
    return cases;
  }

  private static String[] labels() {
    BackEnd[] values = BackEnd.values();
    String[] labels = new String[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = values[i].label();
    }
    return labels;
  }

  private static Pattern compile(String pattern) {
    try {
      return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new InputException(
          "'" + pattern + "' is no regular expression: " + e.getDescription(), e);
    }
  }

  /** The roof's benchmarks first, whatever was selected. */
  private static List<BenchmarkCase> withRoof(
      List<BenchmarkCase> selected, List<BenchmarkCase> all) {
    List<BenchmarkCase> cases = new ArrayList<>();
    all.stream().filter(one -> Roof.GROUPS.contains(one.group())).forEach(cases::add);
    selected.stream().filter(one -> !cases.contains(one)).forEach(cases::add);
    return cases;
  }

  private List<Profile> profiles(
      BenchmarkSession session,
      List<BenchmarkCase> selected,
      Map<String, String> unavailable,
      List<BenchRun.Failure> failures,
      Path to,
      Progress progress)
      throws IOException {
    Path folder = Files.createDirectories(to.toAbsolutePath());
    List<Profile> profiles = new ArrayList<>();
    List<BenchmarkCase> cases =
        selected.stream().filter(one -> !unavailable.containsKey(one.label())).toList();
    for (BenchmarkCase one : cases) {
      progress.report(profiles.size(), cases.size(), "profiles");
      try {
        profiles.add(session.profile(one, folder));
      } catch (ForkFailedException e) {
        failures.add(
            new BenchRun.Failure(one.label() + " (profiled)", String.valueOf(e.getMessage())));
      }
    }
    return profiles;
  }
}
