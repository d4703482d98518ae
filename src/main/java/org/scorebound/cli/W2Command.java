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
import org.scorebound.io.BundledData;
import org.scorebound.io.CsvTable;
import org.scorebound.io.HostFacts;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.NpyFile;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.Estimate;
import org.scorebound.result.MachineInfo;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.Method;
import org.scorebound.transport.Plan;
import org.scorebound.transport.UntrustedException;
import org.scorebound.transport.Verifier;
import picocli.CommandLine.Command;
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

  @Parameters(
      index = "0",
      paramLabel = "A",
      description = "First cloud: CSV or .npy, one point a row; or the name of a bundled data set.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "Second cloud.")
  private String second = "";

  @Option(
      names = "--weights",
      arity = "2",
      paramLabel = "FILE",
      description = "Weights of the points of A and of B, one a row; '-' for equal weights.")
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
      description = "auto, sorting, tree, scan, dense or transport (default: ${DEFAULT-VALUE}).")
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

  @Option(names = "--quiet", description = "No progress; only results and errors.")
  private boolean quiet;

  @Spec private CommandSpec spec;

  /** Points one a column. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Points(double[] data, int d, int n) {}

  /** What {@code --out} holds. */
  record Document(
      String schema,
      String first,
      String second,
      int sizeFirst,
      int sizeSecond,
      int dimension,
      Estimate w2,
      double squared,
      double primal,
      double dual,
      double roundingBound,
      String method,
      String description,
      boolean verified,
      double seconds,
      long heapMegabytes,
      BuildInfo build,
      MachineInfo machine) {}

  @Override
  public ExitCode call() {
    Method chosen = parse(method);
    Optional.ofNullable(plan).ifPresent(AtomicFile::checkWritable);
    Optional.ofNullable(out).ifPresent(AtomicFile::checkWritable);
    Points a = points(first, rows.getFirst());
    Points b = points(second, rows.getLast());
    if (a.d != b.d) {
      throw new InputException(
          "clouds must have the same dimension, got "
              + a.d
              + " in "
              + first
              + " and "
              + b.d
              + " in "
              + second);
    }
    double[] wa = weights(weights.getFirst(), a.n);
    double[] wb = weights(weights.getLast(), b.n);
    PrintWriter print = spec.commandLine().getOut();
    long start = System.nanoTime();
    EmpiricalDistance w2;
    try (TerminalProgress progress = TerminalProgress.open(quiet)) {
      w2 = EmpiricalW2.between(a.data, wa, b.data, wb, a.d, chosen, progress);
      if (verify) {
        progress.report(0, -1, "verifying all pairs");
        Verifier.check(a.data, b.data, a.d, w2);
      }
    } catch (UntrustedException e) {
      spec.commandLine().getErr().println(spec.qualifiedName() + ": " + e.getMessage());
      return ExitCode.UNTRUSTED;
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    print(print, a, b, w2, seconds);
    if (plan != null) {
      write(plan, w2.plan());
    }
    if (out != null) {
      JsonOutput.write(out, document(a, b, w2, seconds));
    }
    return ExitCode.OK;
  }

  private void print(PrintWriter print, Points a, Points b, EmpiricalDistance w2, double seconds) {
    Estimate e = w2.w2();
    print.println("W2        " + e.value() + "  (exact)");
    print.println("interval  [" + e.lower() + ", " + e.upper() + "]");
    print.println("squared   " + w2.squared());
    print.println("clouds    " + a.n + " and " + b.n + " points in dimension " + a.d);
    print.println("method    " + w2.description());
    if (verify) {
      print.println("verified  all " + (long) a.n * b.n + " pairs by brute force");
    }
    print.println(String.format(Locale.ROOT, "time      %.3f s", seconds));
    print.println("heap      " + heap() + " MB");
  }

  private Document document(Points a, Points b, EmpiricalDistance w2, double seconds) {
    var c = w2.certificate();
    return new Document(
        "scorebound-w2-1",
        first,
        second,
        a.n,
        b.n,
        a.d,
        w2.w2(),
        w2.squared(),
        c.primal(),
        c.dual(),
        c.primalError() + c.dualError(),
        w2.method().label(),
        w2.description(),
        verify,
        seconds,
        heap(),
        HostFacts.build(),
        HostFacts.machine());
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
        "--method must be auto, sorting, tree, scan, dense or transport, got '" + name + "'");
  }

  private static Points points(String name, String range) {
    Points all;
    if (NpyFile.isNpy(name)) {
      NpyFile file = NpyFile.read(Path.of(name));
      all = new Points(file.data(), file.columns(), file.rows());
    } else {
      CsvTable table = BundledData.resolve(name);
      all = new Points(table.data(), table.d(), table.n());
    }
    if (range.isEmpty()) {
      return all;
    }
    String[] ends = range.split("-", -1);
    try {
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (ends.length == 2 && from >= 1 && from <= to && to <= all.n) {
        double[] part = new double[(to - from + 1) * all.d];
        System.arraycopy(all.data, (from - 1) * all.d, part, 0, part.length);
        return new Points(part, all.d, to - from + 1);
      }
    } catch (NumberFormatException e) {
      throw new InputException("--rows must be like 1-136, got '" + range + "'", e);
    }
    throw new InputException(
        "--rows must lie within 1-" + all.n + " of " + name + ", got '" + range + "'");
  }

  private static double @Nullable [] weights(String name, int n) {
    if (name.equals("-")) {
      return null;
    }
    Points w = points(name, "");
    if (w.d != 1 || w.n != n) {
      throw new InputException(
          name + ": must have " + n + " rows of one weight, got " + w.n + " rows of " + w.d);
    }
    return w.data;
  }
}
