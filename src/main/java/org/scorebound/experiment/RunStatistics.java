package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;

/**
 * Several ways to train, each over the same seeds: what the last checkpoints have, and the
 * differences to one of the ways, seed by seed.
 */
final class RunStatistics {

  /** Of all intervals but the controls'. */
  static final double LEVEL = 0.95;

  /** What is compared, from the last checkpoint. */
  enum Measure {
    /** {@code J_SM}, which has the same weight for every way to train. */
    LOG_J("ln J_SM"),
    /** Empirical W2, mean of several draws. */
    LOG_W2("ln W2"),
    /** The theorem with sampled L_s. */
    BOUND_SAMPLED("ln bound, sampled L_s"),
    /** The theorem with certified L_s. */
    BOUND_CERTIFIED("ln bound, certified L_s"),
    /** Bound over W2. */
    GAP_SAMPLED("ln bound/W2, sampled L_s"),
    /** Bound over W2. */
    GAP_CERTIFIED("ln bound/W2, certified L_s"),
    /** The largest sampled L_s over the steps. */
    LARGEST_LS("largest L_s, sampled");

    private final String label;

    Measure(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }

    double of(Columns run) {
      double logW2 = Math.log(run.last("at.w2"));
      return switch (this) {
        case LOG_J -> run.last("at.logJ");
        case LOG_W2 -> logW2;
        case BOUND_SAMPLED -> run.last("at.logTheorem");
        case BOUND_CERTIFIED -> run.last("cert.logTheorem");
        case GAP_SAMPLED -> run.last("at.logTheorem") - logW2;
        case GAP_CERTIFIED -> run.last("cert.logTheorem") - logW2;
        case LARGEST_LS -> run.last("at.largestLs");
      };
    }
  }

  private final Map<String, List<Columns>> ways;
  private final String reference;
  private final RandomStream random;

  /**
   * Statistics.
   *
   * @param ways the runs of each way, all of the same seeds in the same order
   * @param reference the way that the others are compared with
   * @param random for the sign flips and shuffles
   */
  RunStatistics(Map<String, List<Columns>> ways, String reference, RandomStream random) {
    this.ways = ways;
    this.reference = reference;
    this.random = random;
  }

  /** One figure over the seeds of a way. */
  double[] column(String way, Measure figure) {
    return ways.getOrDefault(way, List.of()).stream().mapToDouble(figure::of).toArray();
  }

  /** The paired difference of a way to the reference. */
  Sample difference(String way, Measure figure) {
    return Sample.difference(column(way, figure), column(reference, figure));
  }

  /** A row for each way: means with Student's 95 % intervals. */
  Sheet means(String id, String title) {
    Sheet sheet =
        new Sheet(
            id,
            title,
            "Last checkpoint, mean over seeds with Student's 95 % interval; W2: mean of several"
                + " draws; diverged runs are left out and counted.");
    sheet.words("way", "quantity").numbers("mean", "lower", "upper", "seeds", "diverged");
    for (String way : ways.keySet()) {
      long diverged = ways.get(way).stream().filter(run -> !run.word("diverged").isEmpty()).count();
      for (Measure figure : Measure.values()) {
        Sample sample = new Sample(column(way, figure));
        Estimate e = sample.interval(LEVEL);
        sheet.row(
            way, figure.label(), e.value(), e.lower(), e.upper(), sample.size(), (int) diverged);
      }
    }
    return sheet;
  }

  /** A row for each way and figure: paired differences to the reference. */
  Sheet differences(String id, String title) {
    Sheet sheet =
        new Sheet(
            id,
            title,
            "Difference to "
                + reference
                + ", seed by seed: same points, first weights, order and noise. Student's 95 %"
                + " interval; p: two-sided, by random flips of the signs.");
    sheet
        .words("way", "quantity")
        .numbers("mean difference", "lower", "upper", "p of no difference", "seeds")
        .words("says");
    for (String way : ways.keySet()) {
      if (!way.equals(reference)) {
        for (Measure figure : Measure.values()) {
          Sample sample = difference(way, figure);
          Estimate e = sample.interval(LEVEL);
          double p = sample.signFlipP(random.child(way).child(figure.label()));
          sheet.row(
              way, figure.label(), e.value(), e.lower(), e.upper(), p, sample.size(), says(e));
        }
      }
    }
    return sheet;
  }

  /** What an interval of a difference says. */
  static String says(Estimate e) {
    return e.lower() > 0 ? "higher" : e.upper() < 0 ? "lower" : "undecided";
  }

  /**
   * Whether loss and W2, and loss and bound, go together over the checkpoints of each run, and that
   * they do not where the epochs are shuffled.
   */
  Map<String, Object> trends() {
    Map<String, Object> json = new LinkedHashMap<>();
    for (String way : ways.keySet()) {
      List<Columns> runs = ways.get(way);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("lossAgainstW2", interval(runs, r -> pair(r, "at.w2").spearman(), LEVEL));
      one.put("lossAgainstBound", interval(runs, r -> pair(r, "at.logTheorem").spearman(), LEVEL));
      RandomStream shuffles = random.child("shuffles").child(way);
      Estimate control =
          interval(
              runs,
              r -> pair(r, "at.w2").shuffled(shuffles).spearman(),
              TrainingOutcome.CONTROL_LEVEL);
      one.put("lossAgainstW2Shuffled", control);
      one.put("controlShowsNoTrend", control.contains(0));
      json.put(way, one);
    }
    return json;
  }

  private static Trend pair(Columns run, String y) {
    return Trend.of(run.get("at.loss"), run.get(y));
  }

  private static Estimate interval(
      List<Columns> runs, ToDoubleFunction<Columns> number, double level) {
    return finite(new Sample(runs.stream().mapToDouble(number).toArray()).interval(level));
  }

  /** Documents hold no infinities: an unbounded interval becomes the largest there is. */
  static Estimate finite(Estimate e) {
    return Estimate.of(
        e.value(),
        Math.max(e.lower(), -Double.MAX_VALUE),
        Math.min(e.upper(), Double.MAX_VALUE),
        e.kind());
  }

  /** A column over the checkpoints, its mean and interval over the seeds of a way. */
  List<Estimate> alongTheWay(String way, String column) {
    List<Columns> runs = ways.getOrDefault(way, List.of());
    int n = runs.getFirst().get(column).length;
    List<Estimate> along = new ArrayList<>();
    for (int c = 0; c < n; c++) {
      int at = c;
      along.add(
          new Sample(runs.stream().mapToDouble(r -> r.get(column)[at]).toArray()).interval(LEVEL));
    }
    return along;
  }

  /** Adds a line for each way: a column over the checkpoints. */
  Chart along(Chart chart, String column) {
    ways.forEach(
        (way, runs) ->
            chart.intervals(way, runs.getFirst().get("at.step"), alongTheWay(way, column)));
    return chart;
  }

  /** The names of the ways. */
  List<String> ways() {
    return List.copyOf(ways.keySet());
  }

  /** The empirical W2 that a perfect sampler would have at a checkpoint. */
  double floor() {
    return ways.values().iterator().next().getFirst().get("floor")[1];
  }
}
