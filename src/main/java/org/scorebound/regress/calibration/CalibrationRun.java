package org.scorebound.regress.calibration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.zip.GZIPInputStream;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.LineLog;
import org.scorebound.regress.BenchmarkId;
import org.scorebound.regress.Block;
import org.scorebound.regress.Comparison;
import org.scorebound.regress.Fork;
import org.scorebound.regress.Judge;
import org.scorebound.regress.MeasurementReader;
import org.scorebound.regress.Metric;
import org.scorebound.regress.Order;
import org.scorebound.regress.Rules;
import org.scorebound.regress.Series;
import org.scorebound.regress.Side;
import org.scorebound.regress.fork.ForkException;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.JmhResults;
import org.scorebound.regress.fork.Sentinels;
import org.scorebound.result.Progress;

/**
 * Real runs of the gate on a benchmark whose work is a parameter: identical sides, and sides whose
 * candidate does a known percentage more. Every run is a line of a file; a later call adds to it.
 */
public final class CalibrationRun {

  /** The benchmark and its parameter. */
  public static final String BENCHMARK = "org.scorebound.benchmarks.BusyBenchmark.busy";

  private static final String PARAMETER = "percent";
  private static final String SCHEMA = "scorebound/regress-calibration/1";

  private final Rules rules;
  private final Forker baseline;
  private final Forker candidate;
  private final Sentinels sentinels;

  /** Runs with some rules. */
  public CalibrationRun(Rules rules, Forker baseline, Forker candidate, Sentinels sentinels) {
    this.rules = rules;
    this.baseline = baseline;
    this.candidate = candidate;
    this.sentinels = sentinels;
  }

  /**
   * How many runs are wanted of a condition and an effect.
   *
   * @param percent injected
   * @param runs in all
   */
  public record Target(Condition condition, double percent, int runs) {}

  /**
   * The runs of a file and, before them, those of the same file with {@code .gz} at the end, which
   * is how earlier ones are kept; none if there is neither.
   */
  public static List<RealRun> read(Path file) {
    List<RealRun> runs = new ArrayList<>();
    Path packed = file.resolveSibling(file.getFileName() + ".gz");
    if (Files.exists(packed)) {
      read(packed, GZIPInputStream::new, runs);
    }
    if (Files.exists(file)) {
      read(file, stream -> stream, runs);
    }
    return runs;
  }

  private interface Unpacking {
    InputStream of(InputStream stream) throws IOException;
  }

  private static void read(Path file, Unpacking unpacking, List<RealRun> runs) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                unpacking.of(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        number++;
        JsonInput line = JsonInput.parse(text, file + ":" + number);
        line.oneOf("schema", List.of(SCHEMA));
        JsonInput in = line.object("run");
        String condition = in.string("condition");
        for (Condition one : Condition.values()) {
          if (one.label().equals(condition)) {
            runs.add(
                new RealRun(
                    one,
                    in.number("percent"),
                    in.longInteger("seed"),
                    MeasurementReader.series(in.object("series"))));
          }
        }
      }
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Measures one run, and more until all targets are met or the longest does not fit into the time
   * that is left. The next is of the target that has the smallest share of its runs.
   *
   * @param budgetSeconds which bounds how many runs this call adds, nothing else
   * @param blocks at most in a run; those that are open then stay so
   */
  public void measure(
      Path file,
      List<Target> targets,
      long seed,
      double budgetSeconds,
      int blocks,
      Progress progress)
      throws InterruptedException, ForkException {
    List<RealRun> runs = read(file);
    long start = System.nanoTime();
    try (LineLog log = LineLog.open(file, (text, number, offset, bytes) -> {})) {
      double longest = 0;
      while (true) {
        Target next = mostWanted(targets, runs);
        double left = budgetSeconds - 1e-9 * (System.nanoTime() - start);
        if (next == null || (longest > 0 && left < longest)) {
          return;
        }
        progress.report(runs.size(), targets.stream().mapToInt(Target::runs).sum(), "runs");
        long begun = System.nanoTime();
        RealRun run = run(next, seed + runs.size(), blocks);
        longest = Math.max(longest, 1e-9 * (System.nanoTime() - begun));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("schema", SCHEMA);
        line.put("run", run);
        log.append(JsonOutput.toLine(line));
        runs.add(run);
      }
    }
  }

  /** The one with the smallest share of its runs; the first of equals. */
  private static @org.jspecify.annotations.Nullable Target mostWanted(
      List<Target> targets, List<RealRun> runs) {
    Target best = null;
    double least = 1;
    for (Target t : targets) {
      double share = (double) count(t, runs) / t.runs();
      if (share < least) {
        least = share;
        best = t;
      }
    }
    return best;
  }

  private static long count(Target t, List<RealRun> runs) {
    return runs.stream()
        .filter(r -> r.condition() == t.condition() && r.percent() == t.percent())
        .count();
  }

  private RealRun run(Target target, long seed, int most)
      throws InterruptedException, ForkException {
    boolean drifts = target.condition().drifts();
    List<Block> blocks = new ArrayList<>();
    Metric metric = Metric.of("avgt", "ns/op");
    Judge judge = new Judge(rules, seed);
    try (Burner burner = new Burner(target.condition().burners(), drifts ? 0 : 1)) {
      for (int n : rules.looks()) {
        if (n > most) {
          break;
        }
        while (blocks.size() < n) {
          if (drifts) {
            burner.share(0.5 * blocks.size() / rules.schedule().most());
          }
          blocks.add(block(Order.drawn(seed, 0, blocks.size()), target.percent()));
        }
        Series series = new Series(id(0), metric, blocks, Optional.empty());
        Comparison c = judge.compare(List.of(series)).getFirst();
        if (!Judge.isOpen(c)) {
          break;
        }
      }
    }
    return new RealRun(
        target.condition(),
        target.percent(),
        seed,
        new Series(id(0), metric, blocks, Optional.empty()));
  }

  private Block block(Order order, double percent) throws InterruptedException, ForkException {
    List<Fork> forks = new ArrayList<>();
    for (Side side : order.sides()) {
      long start = System.nanoTime();
      JmhResults.Result r =
          side == Side.BASELINE ? baseline.fork(id(0)) : candidate.fork(id(percent));
      double register = sentinels.register();
      double memory = sentinels.memory();
      double seconds = 1e-9 * (System.nanoTime() - start);
      forks.add(rounded(new Fork(r.scores(), r.bytes(), register, memory, seconds)));
    }
    return new Block(order, forks);
  }

  /** Five digits of every number, so that the files of many runs stay small; the noise has two. */
  static Fork rounded(Fork f) {
    MathContext digits = new MathContext(5);
    DoubleUnaryOperator round = x -> new BigDecimal(x).round(digits).doubleValue();
    return new Fork(
        Arrays.stream(f.scores()).map(round).toArray(),
        Arrays.stream(f.bytes()).map(b -> Double.isNaN(b) ? b : round.applyAsDouble(b)).toArray(),
        round.applyAsDouble(f.register()),
        round.applyAsDouble(f.memory()),
        round.applyAsDouble(f.seconds()));
  }

  private static BenchmarkId id(double percent) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    parameters.put(PARAMETER, Double.toString(percent));
    return new BenchmarkId(BENCHMARK, "avgt", parameters);
  }
}
