package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.scorebound.bound.Logs;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;

/** What is to be seen in the training runs of one data law. */
final class TrainingFigures {

  /** At this level an interval of a control that holds 0 says that there is no trend. */
  static final double CONTROL_LEVEL = 0.99;

  private static final double LEVEL = 0.95;

  private final Setting setting;
  private final Measurements sizes;
  private final List<Columns> runs;
  private final Columns first;
  private final RandomStream random;

  /**
   * Figures.
   *
   * @param runs one for each seed, of {@link TrainingTask}
   * @param seed for the intervals' resamples
   */
  TrainingFigures(Setting setting, Measurements sizes, List<Columns> runs, long seed) {
    this.setting = setting;
    this.sizes = sizes;
    this.runs = runs;
    this.first = runs.getFirst();
    this.random = RandomStream.root(seed).child("intervals").child(setting.data().label());
  }

  /** What a reader must know of the numbers. */
  static List<String> notes() {
    return List.of(
        "q_T = N(0, I) and B(T) = 8.505 unless a setting says otherwise; sampler of the empirical W2:"
            + " DDPM's ancestral one, one step for each step of the network",
        "empirical W2 is exact for its two clouds of fresh points, and as an estimate of the laws'"
            + " distance biased up; the floor is what it gives for a perfect sampler",
        "the bound is the theorem's for the reverse SDE in continuous time with beta and the score"
            + " constant in each step; W2 of that law is bracketed by simulation (synchronous"
            + " coupling above, moments below, statistical at 1e-6) at the certified checkpoints",
        "certified L_s is never below L_s, sampled L_s never above: a bound with sampled L_s is a"
            + " lower estimate of the bound, and no bound",
        "m is a mean over a fixed batch, so every bound here is an estimate in its integral",
        "the denoising form holds on [T/1000, T] and bounds W2(p_tmin, q_tmin); W2(p_0, p_tmin) and"
            + " W2(q_tmin, q_0) are to be added, and are in the table of certified checkpoints",
        "loss = mean of lambda |s + eps/sigma|^2 over steps, summed over coordinates");
  }

  private boolean diverged(Columns run) {
    return !run.word("diverged").isEmpty();
  }

  /** Statements that were checked. */
  Map<String, Object> outcome() {
    Map<String, Object> json = new LinkedHashMap<>();
    List<String> why =
        runs.stream().map(r -> r.word("diverged")).filter(w -> !w.isEmpty()).toList();
    json.put("status", why.isEmpty() ? "finished" : "diverged");
    if (!why.isEmpty()) {
      json.put("why", why);
    }
    json.put("evaluations", (int) Arrays.stream(first.get("eval.w2")).filter(w -> w > 0).count());
    int ascent = setting.ascentEpochs() * setting.batches();
    double[] steps = first.get("at.step");
    double[] loss = first.get("at.loss");
    double before = loss[0];
    double peak = before;
    for (int c = 0; c < loss.length && steps[c] <= ascent; c++) {
      peak = Math.max(peak, loss[c]);
    }
    if (Double.isFinite(before + peak)) {
      json.put("lossAtStart", before);
      json.put("largestLossInAscent", peak);
      json.put("ascentRaisesTheLoss", peak > before);
    }
    Map<String, Object> rank = new LinkedHashMap<>();
    put(rank, "lossAgainstW2", sample(r -> trend(r, "at.loss", "at.w2").spearman()));
    RandomStream shuffles = random.child("shuffles");
    Sample control = sample(r -> trend(r, "at.loss", "at.w2").shuffled(shuffles).spearman());
    put(rank, "lossAgainstW2Shuffled", control);
    put(rank, "lossAgainstBound", sample(r -> trend(r, "at.loss", "at.logTheorem").spearman()));
    if (control.size() >= 2) {
      rank.put("controlShowsNoTrend", control.interval(CONTROL_LEVEL).contains(0));
    }
    json.put("rankCorrelation", rank);
    json.put("certifiedBoundsHold", certifiedBoundsHold());
    Trend term = fixedTerm(first);
    if (Double.isFinite(term.slope())) {
      json.put("slopeOfMatchingTermAtFixedI", term.slope());
      json.put("largestResidualAtFixedI", term.largestResidual());
    }
    return json;
  }

  /** Whether no lower end of the continuous-time W2 is above the theorem with certified L_s. */
  private boolean certifiedBoundsHold() {
    double[] lower = first.get("cert.w2Lower");
    double[] bound = first.get("cert.logTheorem");
    boolean holds = true;
    for (int i = 0; i < lower.length; i++) {
      holds &= !(Math.log(lower[i]) > bound[i]);
    }
    return holds;
  }

  /** The mean over seeds and, for two or more, its interval. */
  private static void put(Map<String, Object> json, String name, Sample sample) {
    if (sample.size() == 1) {
      json.put(name, sample.mean());
    } else if (sample.size() > 1) {
      json.put(name, sample.interval(LEVEL));
    }
  }

  private Sample sample(ToDoubleFunction<Columns> number) {
    return new Sample(runs.stream().mapToDouble(number).toArray());
  }

  /** Checkpoints as pairs. */
  private static Trend trend(Columns run, String x, String y) {
    return Trend.of(run.get(x), run.get(y));
  }

  /** Checkpoints of the descent, where the loss falls: logarithms of both. */
  private Trend descent(double[] logX, double[] logY, Columns run) {
    int from = 0;
    double ascent = setting.ascentEpochs() * (double) setting.batches();
    double[] steps = run.get("at.step");
    while (from < steps.length && steps[from] <= ascent) {
      from++;
    }
    return Trend.of(
        Arrays.copyOfRange(logX, from, logX.length), Arrays.copyOfRange(logY, from, logY.length));
  }

  /** The score-matching term with I of the last checkpoint, against J; a line of slope 1/2. */
  private Trend fixedTerm(Columns run) {
    return descent(run.get("at.logJ"), fixed(run, Double.NEGATIVE_INFINITY), run);
  }

  /** The same with the offset, whose slope is below 1/2. */
  private Trend fixedBound(Columns run) {
    double offset = run.last("at.logI") + Math.log(run.get("start")[1]);
    return descent(run.get("at.logJ"), fixed(run, offset), run);
  }

  private static double[] fixed(Columns run, double logOffset) {
    double gain = 2 * run.last("at.logTerm") - Math.log(2) - run.last("at.logJ");
    return Arrays.stream(run.get("at.logJ"))
        .map(j -> 0.5 * (Math.log(2) + gain + j))
        .map(term -> Logs.add(term, logOffset))
        .toArray();
  }

  /** An empty table of the last checkpoints. */
  static Sheet endsTable() {
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
        setting.data().label(),
        diverged(first) ? "diverged: " + first.word("diverged") : "finished",
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
  static Sheet slopesTable() {
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
                "W2, n = " + sizes.checkpointPoints(),
                "J_SM",
                r -> descent(r.get("at.logJ"), Trend.logs(r.get("at.w2")), r)),
            new Row(
                "W2, n = " + sizes.checkpointPoints(),
                "denoising loss",
                r -> descent(Trend.logs(r.get("at.loss")), Trend.logs(r.get("at.w2")), r)),
            new Row(
                "theorem, own I",
                "J_SM",
                r -> descent(r.get("at.logJ"), r.get("at.logTheorem"), r)),
            new Row(
                "score-matching form, own I",
                "J_SM",
                r -> descent(r.get("at.logJ"), r.get("at.logMatching"), r)),
            new Row(
                "denoising form, own I",
                "J_DSM",
                r -> descent(r.get("at.logJDenoising"), r.get("at.logDenoising"), r)),
            new Row("score-matching term, fixed I", "J_SM", this::fixedTerm),
            new Row("score-matching form, fixed I", "J_SM", this::fixedBound));
    for (Row row : rows) {
      Estimate within =
          row.trend().of(first).slopeWithinRun(random.child(row.of()).child(row.against()));
      Estimate over = sample(r -> row.trend().of(r).slope()).interval(LEVEL);
      sheet.row(
          setting.data().label(),
          row.of(),
          row.against(),
          within.value(),
          within.lower(),
          within.upper(),
          runs.size(),
          over.value(),
          over.lower(),
          over.upper());
    }
  }

  /** An empty table of certified checkpoints. */
  static Sheet certifiedTable() {
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
          setting.data().label(),
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

  /** The figures of the first seed, with the other seeds' checkpoints. */
  List<Figure> figures() {
    String label = setting.data().label();
    List<Figure> figures = new ArrayList<>();
    Chart scatter =
        new Chart(
                "w2-against-loss-" + label,
                label + ": W2 against the loss",
                "Each evaluation while training: exact W2 of "
                    + sizes.evaluationPoints()
                    + " fresh points against the batch's loss; checkpoints: of "
                    + sizes.checkpointPoints()
                    + " against the loss on fixed samples. Floors: two clouds of data.",
                Quantity.log("denoising loss", ""),
                Quantity.log("W2", "data units"))
            .points(
                "evaluations, n = " + sizes.evaluationPoints(),
                first.get("eval.loss"),
                first.get("eval.w2"))
            .line(
                "checkpoints, n = " + sizes.checkpointPoints(),
                first.get("at.loss"),
                first.get("at.w2"));
    for (int i = 1; i < runs.size(); i++) {
      scatter.points("seed " + i, runs.get(i).get("at.loss"), runs.get(i).get("at.w2"));
    }
    scatter.reference("floor, n = " + sizes.evaluationPoints(), first.get("floor")[0]);
    scatter.reference("floor, n = " + sizes.checkpointPoints(), first.get("floor")[1]);
    figures.add(scatter.build());
    double[] certifiedLoss = certifiedLoss();
    figures.add(
        new Chart(
                "bound-against-loss-" + label,
                label + ": ln of the bound against the loss",
                "The theorem, its score-matching and its denoising form (at t_min) at each"
                    + " checkpoint; sampled L_s: lower estimates; certified L_s: upper ones.",
                Quantity.log("denoising loss", ""),
                Quantity.linear("ln bound on W2", ""))
            .line("theorem, sampled L_s", first.get("at.loss"), first.get("at.logTheorem"))
            .line("score matching, sampled", first.get("at.loss"), first.get("at.logMatching"))
            .line("denoising, sampled", first.get("at.loss"), first.get("at.logDenoising"))
            .points("theorem, certified L_s", certifiedLoss, first.get("cert.logTheorem"))
            .points("score matching, certified", certifiedLoss, first.get("cert.logMatching"))
            .points("denoising, certified", certifiedLoss, first.get("cert.logDenoising"))
            .line(
                "ln W2, n = " + sizes.checkpointPoints(),
                first.get("at.loss"),
                Trend.logs(first.get("at.w2")))
            .build());
    figures.add(
        new Chart(
                "steps-" + label,
                label + ": loss, W2 and score error over the steps",
                "The loss is raised for "
                    + setting.ascentEpochs()
                    + " passes of "
                    + setting.batches()
                    + " steps first. J_SM = 1/2 int g^2 m dt.",
                Quantity.log("optimiser steps", ""),
                Quantity.log("loss, W2, J_SM", ""))
            .line("denoising loss", first.get("at.step"), first.get("at.loss"))
            .line("W2, n = " + sizes.checkpointPoints(), first.get("at.step"), first.get("at.w2"))
            .line("J_SM", first.get("at.step"), Chart.exp(first.get("at.logJ")))
            .build());
    figures.add(afterTheAscent(label));
    return figures;
  }

  /** The checkpoints after the ascent, in which ln I reaches thousands and hides them. */
  private Figure afterTheAscent(String label) {
    int[] steps = sizes.checkpointSteps(setting.epochs() * setting.batches());
    int at =
        sizes.certified() > 0
            ? sizes.certifiedAmong(steps, setting.ascentEpochs() * setting.batches())[0]
            : 0;
    UnaryOperator<double[]> late = a -> Arrays.copyOfRange(a, at, a.length);
    double[] x = late.apply(first.get("at.step"));
    return new Chart(
            "bound-over-steps-" + label,
            label + ": ln of the bound over the steps after the ascent",
            "From the first certified checkpoint on. Theorem and score-matching form; sampled L_s:"
                + " lower estimates; certified L_s: upper ones. W2: exact, of fresh points, and of"
                + " the continuous-time law from above.",
            Quantity.log("optimiser steps", ""),
            Quantity.linear("natural logarithm", ""))
        .line("theorem, sampled L_s", x, late.apply(first.get("at.logTheorem")))
        .line("score matching, sampled", x, late.apply(first.get("at.logMatching")))
        .line("W2, n = " + sizes.checkpointPoints(), x, late.apply(Trend.logs(first.get("at.w2"))))
        .points("theorem, certified L_s", first.get("cert.step"), first.get("cert.logTheorem"))
        .points("score matching, certified", first.get("cert.step"), first.get("cert.logMatching"))
        .points(
            "W2 of the law, upper end",
            first.get("cert.step"),
            Trend.logs(first.get("cert.w2Upper")))
        .build();
  }

  private double[] certifiedLoss() {
    return Arrays.stream(first.get("cert.step"))
        .map(
            step -> {
              int c = Arrays.binarySearch(first.get("at.step"), step);
              return c < 0 ? Double.NaN : first.get("at.loss")[c];
            })
        .toArray();
  }
}
