package org.scorebound.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Estimate;
import org.scorebound.result.Progress;
import org.scorebound.transport.CostMatrix;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.Method;
import org.scorebound.transport.OptimalCost;
import org.scorebound.transport.Plan;
import org.scorebound.transport.UntrustedException;
import org.scorebound.transport.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The exact distance between two files of points. */
@Command(
    name = "w2",
    description =
        "The exact Wasserstein-2 distance between two clouds of points, with its certificate.")
final class W2Command implements Callable<ExitCode> {

  /** Finds the distance; a parameter so that tests can plant a wrong one. */
  @FunctionalInterface
  interface Solver {
    EmpiricalDistance between(
        double[] x,
        double @Nullable [] wx,
        double[] y,
        double @Nullable [] wy,
        int d,
        Method method,
        Progress progress,
        Kernels kernels);
  }

  private final Solver solver;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "A",
      description = "First cloud: CSV or .npy, one point a row; or the name of a bundled data set.")
  private String first = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "B", description = "Second cloud.")
  private String second = "";

  @Option(
      names = "--cost",
      paramLabel = "FILE",
      description =
          "Instead of clouds a matrix of costs, CSV or .npy: prints the least mean cost of a plan."
              + " 'inf' forbids a pair (without --weights).")
  private @Nullable String cost;

  @Option(
      names = "--weights",
      arity = "2",
      paramLabel = "FILE",
      description =
          "Weights of the points of A and of B (rows and columns with --cost), one a row; '-' for"
              + " equal weights.")
  private List<String> weights = List.of("-", "-");

  @Option(
      names = "--rows",
      arity = "2",
      paramLabel = "FROM-TO",
      description = "Rows of A and of B to be taken, counted from 1, both ends included.")
  private List<String> rows = List.of("", "");

  @Option(
      names = "--method",
      defaultValue = "auto",
      paramLabel = "NAME",
      description =
          "auto, sorting, tree, scan, dense, transport or flow (default: ${DEFAULT-VALUE}).")
  private String method = "auto";

  @Option(
      names = "--verify",
      description = "Check plan and duals by brute force over all pairs, from the files' numbers.")
  private boolean verify;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description = "Write the plan as CSV: row of A, row of B (counted from 0), mass.")
  private @Nullable Path plan;

  @Option(names = "--out", paramLabel = "FILE", description = "Write a result document (JSON).")
  private @Nullable Path out;

  @Mixin private ReportOption report = new ReportOption();

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Mixin private final W2Companions companions = new W2Companions();

  @Mixin private final BackEndOption backEnd = new BackEndOption();

  @Spec private CommandSpec spec;

  W2Command() {
    this(EmpiricalW2::between);
  }

  W2Command(Solver solver) {
    this.solver = solver;
  }

  @Override
  public ExitCode call() {
    Method chosen = parse(method);
    Optional.ofNullable(plan).ifPresent(AtomicFile::checkWritable);
    Optional.ofNullable(out).ifPresent(AtomicFile::checkWritable);
    Optional.ofNullable(out).ifPresent(report::check);
    if (out == null && report.wanted()) {
      throw new InputException("--report goes with --out, as the page is made from the document");
    }
    if (cost == null ? second.isEmpty() : !first.isEmpty()) {
      throw new InputException(
          "w2 needs two clouds A and B, or --cost FILE and none, got "
              + (first.isEmpty() ? "no cloud" : second.isEmpty() ? "one" : "both"));
    }
    try {
      return cost == null ? clouds(chosen) : costs(cost, chosen);
    } catch (UntrustedException e) {
      spec.commandLine().getErr().println(spec.qualifiedName() + ": " + e.getMessage());
      return ExitCode.UNTRUSTED;
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private ExitCode clouds(Method chosen) {
    W2Points a = W2Points.read(first, rows.getFirst());
    W2Points b = W2Points.read(second, rows.getLast());
    if (a.d() != b.d()) {
      throw new InputException(
          "clouds must have the same dimension, got "
              + a.d()
              + " in "
              + first
              + " and "
              + b.d()
              + " in "
              + second);
    }
    double[] wa = W2Points.weights(weights.getFirst(), a.n());
    double[] wb = W2Points.weights(weights.getLast(), b.n());
    companions.check(a.d(), a.n(), b.n(), wa != null || wb != null);
    Kernels kernels = backEnd.kernels();
    String begun = CommonOptions.timestamp();
    long start = System.nanoTime();
    EmpiricalDistance w2;
    List<W2Companions.Companion> also;
    double seconds;
    try (TerminalProgress progress = TerminalProgress.open(quiet)) {
      w2 = solver.between(a.data(), wa, b.data(), wb, a.d(), chosen, progress, kernels);
      if (verify) {
        progress.report(0, -1, "verifying all pairs");
        Verifier.check(a.data(), wa, b.data(), wb, a.d(), w2);
      }
      seconds = (System.nanoTime() - start) * 1e-9;
      progress.report(0, -1, "companions");
      also = companions.compute(a, wa, b, wb, w2.squared());
    }
    print(spec.commandLine().getOut(), a, b, w2, also, seconds);
    if (plan != null) {
      write(plan, w2.plan());
    }
    if (out != null) {
      JsonOutput.write(
          out,
          W2Document.clouds(
              run(begun, seconds, kernels.backEnd()), first, a, second, b, w2, verify, also));
      report.write(out, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private ExitCode costs(String file, Method chosen) {
    if (chosen != Method.AUTO) {
      throw new InputException("--method must be auto with --cost, got '" + method + "'");
    }
    W2Points c = W2Points.costs(file);
    double[] wa = W2Points.weights(weights.getFirst(), c.n());
    double[] wb = W2Points.weights(weights.getLast(), c.d());
    String begun = CommonOptions.timestamp();
    long start = System.nanoTime();
    OptimalCost least;
    try {
      least = CostMatrix.solve(c.data(), c.n(), c.d(), wa, wb);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + ": " + e.getMessage(), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    PrintWriter print = spec.commandLine().getOut();
    Estimate e = least.estimate();
    print.println("cost      " + e.value() + "  (exact)");
    print.println("interval  [" + e.lower() + ", " + e.upper() + "]");
    print.println("matrix    " + c.n() + " x " + c.d());
    print.println("method    " + least.method().description());
    footer(print, seconds);
    if (plan != null) {
      write(plan, least.plan());
    }
    if (out != null) {
      JsonOutput.write(out, W2Document.costs(run(begun, seconds, BackEnd.VECTOR), file, c, least));
      report.write(out, spec.commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private W2Document.Run run(String begun, double seconds, BackEnd kernels) {
    return new W2Document.Run(
        spec.commandLine().getParseResult().originalArgs(),
        begun,
        seconds,
        companions.seed(),
        kernels.label());
  }

  private static void footer(PrintWriter print, double seconds) {
    print.println(String.format(Locale.ROOT, "time      %.3f s", seconds));
    print.println("heap      " + heap() + " MB");
  }

  private void print(
      PrintWriter print,
      W2Points a,
      W2Points b,
      EmpiricalDistance w2,
      List<W2Companions.Companion> also,
      double seconds) {
    Estimate e = w2.w2();
    print.println("W2        " + e.value() + "  (exact)");
    print.println("interval  [" + e.lower() + ", " + e.upper() + "]");
    print.println("squared   " + w2.squared());
    print.println("clouds    " + a.n() + " and " + b.n() + " points in dimension " + a.d());
    print.println("method    " + w2.description());
    if (verify) {
      print.println("verified  all " + (long) a.n() * b.n() + " pairs by brute force");
    }
    for (W2Companions.Companion c : also) {
      Estimate value = c.value();
      String interval =
          value.radius() == 0 ? "" : "  [" + value.lower() + ", " + value.upper() + "]";
      print.println(
          String.format("%-10s", c.name()) + value.value() + interval + "  (" + c.meaning() + ")");
    }
    footer(print, seconds);
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }

  private static void write(Path file, Plan plan) {
    AtomicFile.write(
        file,
        stream -> {
          var text = new StringBuilder("a,b,mass\n");
          for (int k = 0; k < plan.size(); k++) {
            text.append(plan.from()[k]).append(',').append(plan.to()[k]).append(',');
            text.append(plan.mass()[k]).append('\n');
          }
          stream.write(text.toString().getBytes(StandardCharsets.UTF_8));
        });
  }

  private static Method parse(String name) {
    for (Method m : Method.values()) {
      if (m.label().equals(name)) {
        return m;
      }
    }
    throw new InputException(
        "--method must be auto, sorting, tree, scan, dense, transport or flow, got '" + name + "'");
  }
}
