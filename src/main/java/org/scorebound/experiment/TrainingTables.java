package org.scorebound.experiment;

import java.util.Arrays;
import java.util.List;
import org.scorebound.bound.Logs;
import org.scorebound.result.Estimate;

/** The tables of a training experiment, and the rows of one data law in them. */
final class TrainingTables {

  private final TrainingRuns runs;
  private final Columns first;

  /** The rows of some runs. */
  TrainingTables(TrainingRuns runs) {
    this.runs = runs;
    this.first = runs.first;
  }

  /** An empty table of the last checkpoints. */
  static Sheet ends() {
    return new Sheet(
            "training-ends",
            "First and last checkpoint of the first seed",
            "W2: empirical, exact for its points; ln: natural logarithm; sampled L_s gives a lower"
                + " estimate of the bound, certified L_s an upper one")
        .words("data", "status")
        .numbers(
            "loss, first",
            "loss, largest",
            "loss, last",
            "W2, largest",
            "W2, last",
            "floor of W2",
            "ln bound, sampled, first",
            "ln bound, sampled, last",
            "ln bound, certified, last",
            "ln J_SM, last");
  }

  /** Adds this law's row. */
  void addEnds(Sheet sheet) {
    double[] loss = first.get("at.loss");
    double[] w2 = first.get("at.w2");
    sheet.row(
        runs.label(),
        !first.word("diverged").isEmpty() ? "diverged: " + first.word("diverged") : "finished",
        loss[0],
        largest(loss),
        first.last("at.loss"),
        largest(w2),
        first.last("at.w2"),
        first.get("floor")[1],
        first.get("at.logTheorem")[0],
        first.last("at.logTheorem"),
        first.get("cert.logTheorem").length == 0 ? Double.NaN : first.last("cert.logTheorem"),
        first.last("at.logJ"));
  }

  private static double largest(double[] a) {
    return Arrays.stream(a).filter(Double::isFinite).max().orElse(Double.NaN);
  }

  /** An empty table of slopes. */
  static Sheet slopes() {
    return new Sheet(
            "training-slopes",
            "Log-log slopes while the loss falls",
            "95 % intervals: within the first run by the circular block bootstrap, over seeds"
                + " Student's. At fixed I the score-matching term is sqrt(2 gain J): slope 1/2, and"
                + " the bound, which adds the offset, below it. Nothing bounds the slope of W2. L_s"
                + " is sampled.")
        .words("data", "of", "against")
        .numbers("slope", "lower", "upper", "seeds", "mean of seeds", "lower", "upper");
  }

  private record Row(String of, String against, ToTrend trend) {}

  private interface ToTrend {
    Trend of(Columns run);
  }

  /** Adds this law's rows. */
  void addSlopes(Sheet sheet) {
    List<Row> rows =
        List.of(
            new Row(
                "W2, n = " + runs.sizes.checkpointPoints(),
                "J_SM",
                r -> runs.descent(r.get("at.logJ"), Trend.logs(r.get("at.w2")), r)),
            new Row(
                "W2, n = " + runs.sizes.checkpointPoints(),
                "denoising loss",
                r -> runs.descent(Trend.logs(r.get("at.loss")), Trend.logs(r.get("at.w2")), r)),
            new Row(
                "theorem, own I",
                "J_SM",
                r -> runs.descent(r.get("at.logJ"), r.get("at.logTheorem"), r)),
            new Row(
                "score-matching form, own I",
                "J_SM",
                r -> runs.descent(r.get("at.logJ"), r.get("at.logMatching"), r)),
            new Row(
                "denoising form, own I",
                "J_DSM",
                r -> runs.descent(r.get("at.logJDenoising"), r.get("at.logDenoising"), r)),
            new Row("score-matching term, fixed I", "J_SM", runs::fixedTerm),
            new Row("score-matching form, fixed I", "J_SM", runs::fixedBound));
    for (Row row : rows) {
      Estimate within =
          row.trend().of(first).slopeWithinRun(runs.random.child(row.of()).child(row.against()));
      Estimate over = runs.sample(r -> row.trend().of(r).slope()).interval(TrainingRuns.LEVEL);
      sheet.row(
          runs.label(),
          row.of(),
          row.against(),
          within.value(),
          within.lower(),
          within.upper(),
          runs.all.size(),
          over.value(),
          over.lower(),
          over.upper());
    }
  }

  /** An empty table of certified checkpoints. */
  static Sheet certified() {
    return new Sheet(
            "training-certified",
            "Checkpoints with certified L_s, first seed",
            "ln of each form of the bound, L_s certified | sampled; W2 of the continuous-time law"
                + " from both sides, which the theorem bounds; bridges in data units")
        .words("data")
        .numbers(
            "step",
            "W2, lower",
            "W2, upper",
            "ln theorem, certified",
            "ln theorem, sampled",
            "ln score matching, certified",
            "ln score matching, sampled",
            "ln denoising at t_min, certified",
            "ln denoising at t_min, sampled",
            "ln denoising with bridges, certified",
            "W2(p_0, p_tmin) <=",
            "W2(q_tmin, q_0) <=",
            "ln I(T), certified",
            "ln I(T), sampled",
            "largest L_s, certified",
            "largest L_s, sampled");
  }

  /** Adds this law's rows. */
  void addCertified(Sheet sheet) {
    double[] steps = first.get("cert.step");
    for (int i = 0; i < steps.length; i++) {
      int c = Arrays.binarySearch(first.get("at.step"), steps[i]);
      if (c < 0) {
        continue;
      }
      double bridges = first.number("dataBridge") + first.get("cert.way")[i];
      sheet.row(
          runs.label(),
          steps[i],
          first.get("cert.w2Lower")[i],
          first.get("cert.w2Upper")[i],
          first.get("cert.logTheorem")[i],
          first.get("at.logTheorem")[c],
          first.get("cert.logMatching")[i],
          first.get("at.logMatching")[c],
          first.get("cert.logDenoising")[i],
          first.get("at.logDenoising")[c],
          Logs.add(first.get("cert.logDenoising")[i], Math.log(bridges)),
          first.number("dataBridge"),
          first.get("cert.way")[i],
          first.get("cert.logI")[i],
          first.get("at.logI")[c],
          largest(first.get("cert.certifiedLs." + i)),
          largest(first.get("cert.sampledLs." + i)));
    }
  }
}
