package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.result.Estimate;
import org.scorebound.result.Quantity;
import org.scorebound.score.NetworkScore;

/**
 * Which weight of the loss gives the smallest bound and the smallest W2, when one trains with it;
 * and which weight in the score-matching corollary gives the smallest bound for one and the same
 * network. The theorem itself is the smallest of all corollaries (Cauchy–Schwarz, with equality for
 * {@code lambda} proportional to {@code k I / sqrt m}).
 */
final class WeightsExperiment extends PairedExperiment<LossWeight> {

  private static final int SEEDS = 10;

  /** At the published size. */
  WeightsExperiment(Request request) {
    this(request, publishedBase(request), Measurements.checkpointsOnly());
  }

  /** At another size. */
  WeightsExperiment(Request request, Setting base, Measurements sizes) {
    super(
        "weights", request, SEEDS, base, sizes, List.of(LossWeight.values()), LossWeight.G_SQUARED);
  }

  @Override
  Setting setting(LossWeight weight) {
    return base.with(weight);
  }

  @Override
  String way(LossWeight weight) {
    return "lambda = " + weight.label();
  }

  @Override
  String prefix(LossWeight weight) {
    return "weight " + weight.label();
  }

  @Override
  Map<String, Object> document(LossWeight weight) {
    Map<String, Object> json = super.document(weight);
    json.put("lambda", weight.of(base.process(), base.noise().steps()));
    return json;
  }

  @Override
  public List<Task> followUps(Results results) {
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      Columns run = results.get(key(LossWeight.G_SQUARED, i));
      if (run.has("theta")) {
        tasks.add(new Corollaries(run, i));
      }
    }
    return tasks;
  }

  /** The corollary with every weight, on one network and with certified L_s. */
  private final class Corollaries implements Task {
    private final Columns run;
    private final int index;

    Corollaries(Columns run, int index) {
      this.run = run;
      this.index = index;
    }

    @Override
    public String key() {
      return "corollaries seed " + index;
    }

    @Override
    public long effort() {
      return 1;
    }

    @Override
    public Columns run(Work work) {
      NetworkScore score =
          new NetworkScore(
              base.process(), base.architecture(), NetworkScore.Output.NOISE, run.get("theta"));
      NetworkBound bound =
          new NetworkBound(
              base,
              sizes.lossPoints(),
              TrainingTask.stream(request.seed(), index).child("bound"),
              work.kernels());
      double[][] m = bound.errors(score, work.kernels());
      Columns columns = new Columns();
      for (String side : List.of("certified", "sampled")) {
        double[] ls = run.get("cert." + side + "Ls.0");
        for (LossWeight w : LossWeight.values()) {
          LossFormula formula = LossFormula.scoreMatching().withLambda(weight(w, ls));
          columns.put(
              side + " " + w.label(), bound.corollary(m, ls, formula, bound.tMin()).logBound());
        }
        columns.put(side + " theorem", bound.theoremFrom(m, ls, bound.tMin()).logBound());
      }
      return columns;
    }
  }

  /** The weight as a function of time, for a network whose I belongs to these L_s. */
  private ToDoubleFunction<TimePoint> weight(LossWeight w, double[] ls) {
    int d = base.data().dimension();
    return switch (w) {
      case ONE -> p -> 1;
      case SIGMA_SQUARED -> p -> base.process().diffusion().noiseCovariance(p.t(), d)[0][0];
      case G_SQUARED -> TimePoint::gSquared;
      case K_I -> {
        double[] logI = new double[ls.length + 1];
        double h = base.noise().horizon() / ls.length;
        for (int k = 0; k < ls.length; k++) {
          logI[k + 1] = logI[k] + h * base.noise().betas().get(k) * (0.5 + ls[k]);
        }
        double top = Arrays.stream(logI).max().orElse(0);
        yield p -> {
          int k = Math.clamp((int) (p.t() / h), 0, ls.length - 1);
          double log = logI[k] + (p.t() / h - k) * (logI[k + 1] - logI[k]) - top;
          return p.k() * Math.max(Math.exp(log), Double.MIN_NORMAL);
        };
      }
    };
  }

  @Override
  Findings findings(Results results, RunStatistics statistics) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("smallestW2", smallest(statistics, RunStatistics.Measure.LOG_W2));
    outcome.put(
        "smallestBoundCertified", smallest(statistics, RunStatistics.Measure.BOUND_CERTIFIED));
    outcome.put("smallestBoundSampled", smallest(statistics, RunStatistics.Measure.BOUND_SAMPLED));
    outcome.put("rankCorrelation", statistics.trends());
    Chart chart =
        new Chart(
            "weights-w2",
            "Empirical W2 while training, by the weight of the loss",
            "Mean over " + seeds + " seeds with Student's 95 % intervals.",
            Quantity.log("optimiser steps", ""),
            Quantity.log("W2", "data units"));
    return new Findings(
        outcome,
        TrainingOutcome.notes(),
        List.of(statistics.along(chart, "at.w2").build()),
        List.of(
            statistics.differences("weights-differences", "What the weight changes").build(),
            statistics.means("weights-means", "Each weight at its last checkpoint").build(),
            corollaries(results).build()));
  }

  /**
   * The way with the least mean, and whether it is the least at 95 % in every paired difference.
   */
  private static Map<String, Object> smallest(
      RunStatistics statistics, RunStatistics.Measure figure) {
    String best = "";
    double least = Double.POSITIVE_INFINITY;
    for (String way : statistics.ways()) {
      double mean = new Sample(statistics.column(way, figure)).mean();
      if (mean < least) {
        least = mean;
        best = way;
      }
    }
    boolean decided = !best.isEmpty();
    for (String way : statistics.ways()) {
      if (!way.equals(best) && decided) {
        Estimate e =
            Sample.difference(statistics.column(way, figure), statistics.column(best, figure))
                .interval(RunStatistics.LEVEL);
        decided = e.lower() > 0;
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("weight", best);
    json.put("mean", Double.isFinite(least) ? least : 0);
    json.put("decided", decided);
    return json;
  }

  private Sheet corollaries(Results results) {
    Sheet sheet =
        new Sheet(
            "weights-corollaries",
            "One network, the corollary with each weight",
            "ln of sqrt(2 (int k^2 I^2/lambda) J) + I(T) W2(p_T, q_T) on [T/1000, T], where lambda ="
                + " sigma^2 is finite, for the networks trained with g^2; over seeds. The theorem"
                + " is below all of them.");
    sheet.words("L_s", "lambda").numbers("mean ln bound", "lower", "upper", "seeds");
    for (String side : List.of("certified", "sampled")) {
      List<String> names = new ArrayList<>(List.of("theorem"));
      for (LossWeight w : LossWeight.values()) {
        names.add(w.label());
      }
      for (String name : names) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
          if (results.has("corollaries seed " + i)) {
            values.add(results.get("corollaries seed " + i).number(side + " " + name));
          }
        }
        Sample sample = new Sample(values.stream().mapToDouble(Double::doubleValue).toArray());
        Estimate e = sample.interval(RunStatistics.LEVEL);
        sheet.row(side, name, e.value(), e.lower(), e.upper(), sample.size());
      }
    }
    return sheet;
  }
}
