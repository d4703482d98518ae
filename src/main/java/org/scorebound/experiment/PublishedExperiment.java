package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.network.Precision;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.score.ExactScore;
import org.scorebound.score.NetworkScore;
import org.scorebound.transport.EmpiricalW2;
import org.scorebound.transport.SlicedW2;

/**
 * The published notebook's settings and estimators beside ours, on the same networks: one trained
 * in its setting (clusters of sd .0125, schedule 1e-5..1e-2 with {@code B(T) = .05}, {@code q_T}
 * the noised data) and one in ours. The estimators are changed one by one, so that each step shows
 * what one choice does.
 */
final class PublishedExperiment implements Experiment {

  private static final int STEPS = 10;
  private static final double PUBLISHED_SD = 0.0125;
  private static final int DRAWS = 20;
  private static final String PUBLISHED = "published setting";
  private static final String OWN = "our setting";

  private final Request request;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Measurements sizes;

  /** At the published size. */
  PublishedExperiment(Request request) {
    this(request, Measurements.checkpointsOnly());
  }

  /** With other measurements. */
  PublishedExperiment(Request request, Measurements sizes) {
    this.request = request;
    this.sizes = sizes;
    settings.put(
        PUBLISHED,
        request
            .standard(clusters(PUBLISHED_SD * PUBLISHED_SD))
            .with(NoiseSchedule.published(STEPS))
            .with(Setting.Start.NOISED_DATA));
    settings.put(OWN, request.standard(DataLaw.fourClusters()));
  }

  private static DataLaw clusters(double variance) {
    return DataLaw.clusters("4-clusters-2d, variance " + variance, 2, 4, variance);
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    settings.forEach(
        (name, setting) ->
            tasks.add(new TrainingTask(name, setting, sizes, request.rate(), request.seed(), 0)));
    return tasks;
  }

  @Override
  public List<Task> followUps(Results results) {
    List<Task> tasks = new ArrayList<>();
    settings.forEach(
        (name, setting) -> {
          if (results.get(name).has("theta")) {
            tasks.add(new Estimators(name, setting, results.get(name)));
          }
        });
    return tasks;
  }

  /** All estimators on one network. */
  private final class Estimators implements Task {
    private final String name;
    private final Setting setting;
    private final Columns run;

    Estimators(String name, Setting setting, Columns run) {
      this.name = name;
      this.setting = setting;
      this.run = run;
    }

    @Override
    public String key() {
      return "estimators, " + name;
    }

    @Override
    public long effort() {
      return 500;
    }

    @Override
    public Columns run(Work work) {
      Kernels kernels = work.kernels();
      RandomStream root = TrainingTask.stream(request.seed(), 0);
      NetworkScore score =
          new NetworkScore(
              setting.process(),
              setting.architecture(),
              NetworkScore.Output.NOISE,
              run.get("theta"));
      NetworkBound bound =
          new NetworkBound(setting, sizes.lossPoints(), root.child("bound"), kernels);
      double[][] m = bound.errors(score, kernels);
      Columns columns = new Columns();
      distances(columns, score, root.child("estimators"), kernels);
      double[] grid =
          PublishedEstimators.gridLipschitz(k -> score.atStep(k, kernels), setting.noise().steps());
      Map<String, double[]> constants = new LinkedHashMap<>();
      constants.put("grid", grid);
      constants.put("sampled", run.get("cert.sampledLs.0"));
      constants.put("certified", run.get("cert.certifiedLs.0"));
      constants.forEach(
          (side, ls) -> {
            NetworkBound.Forms forms = bound.forms(m, ls);
            columns.put("ls " + side, ls);
            columns.put("logI " + side, forms.logI());
            columns.put("theorem " + side, forms.logTheorem());
            columns.put("matching " + side, forms.logMatching());
            // A loss averaged over d coordinates is 1/d of the sum: J halves at d = 2.
            columns.put(
                "averaged " + side,
                forms.logMatchingTerm() - 0.5 * Math.log(setting.data().dimension()));
          });
      return columns;
    }

    private void distances(
        Columns columns, NetworkScore score, RandomStream random, Kernels kernels) {
      for (int n : new int[] {sizes.evaluationPoints(), sizes.checkpointPoints()}) {
        AncestralSampler sampler =
            new AncestralSampler(setting.process(), setting.architecture(), n, kernels);
        double[] sliced = new double[DRAWS];
        double[] exact = new double[DRAWS];
        double[] fromNormal = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
          RandomStream stream = random.child(n).child(i);
          double[] data = setting.data().law().sample(n, stream.child("data"));
          double[] noised =
              sampler.sample(score.theta(), data, Precision.DOUBLE, stream.child("noised")).clone();
          int d = setting.data().dimension();
          sliced[i] =
              SlicedW2.between(
                      data, noised, d, PublishedEstimators.DIRECTIONS, stream.child("directions"))
                  .value();
          exact[i] = EmpiricalW2.between(data, noised, d).value();
          double[] normal =
              sampler.sample(score.theta(), null, Precision.DOUBLE, stream.child("normal"));
          fromNormal[i] =
              sampler.isFinite() ? EmpiricalW2.between(data, normal, d).value() : Double.NaN;
        }
        columns.put("sliced " + n, sliced);
        columns.put("exact " + n, exact);
        columns.put("normal " + n, fromNormal);
      }
    }
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    settings.forEach((name, setting) -> json.put(name, setting.document()));
    json.put("directions", PublishedEstimators.DIRECTIONS);
    json.put("draws", DRAWS);
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Sheet sheet =
        new Sheet(
            "published-steps",
            "One choice at a time",
            "Each row changes one choice of the row above it. Distances: mean of "
                + DRAWS
                + " draws with Student's 95 % interval; bounds: natural logarithms, m estimated on a"
                + " fixed batch. direction: what the estimator is to the quantity that the theorem"
                + " is about.");
    sheet.words("network", "quantity", "estimator", "direction").numbers("value", "lower", "upper");
    Map<String, Object> outcome = new LinkedHashMap<>();
    settings.forEach(
        (name, setting) -> {
          if (results.has("estimators, " + name)) {
            Columns c = results.get("estimators, " + name);
            steps(sheet, name, c, results.get(name));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("logIGrid", c.number("logI grid"));
            one.put("logISampled", c.number("logI sampled"));
            one.put("logICertified", c.number("logI certified"));
            one.put("gridIsBelowSampled", c.number("logI grid") < c.number("logI sampled"));
            outcome.put(name, one);
          } else {
            outcome.put(name, "diverged: " + results.get(name).word("diverged"));
          }
        });
    Sheet exact = exactScores(outcome);
    return new Findings(
        outcome,
        TrainingOutcome.notes(),
        List.of(constants(results)),
        List.of(sheet.build(), exact.build()));
  }

  private void steps(Sheet sheet, String name, Columns c, Columns run) {
    int few = sizes.evaluationPoints();
    int many = sizes.checkpointPoints();
    distance(
        sheet,
        name,
        "sliced W, n = " + few + ", from noised data",
        "below W2/sqrt(d)",
        c.get("sliced " + few));
    distance(sheet, name, "exact W2 of points, n = " + few, "biased up", c.get("exact " + few));
    distance(sheet, name, "the same, n = " + many, "biased up, less", c.get("exact " + many));
    distance(
        sheet, name, "the same, started from N(0, I)", "biased up, less", c.get("normal " + many));
    sheet.row(
        name,
        "W2",
        "continuous-time law, simulated",
        "both sides, 1e-6",
        run.last("cert.w2"),
        run.last("cert.w2Lower"),
        run.last("cert.w2Upper"));
    bound(
        sheet,
        name,
        "score matching, J averaged, L_s of the grid",
        "no bound",
        c.number("averaged grid"));
    bound(
        sheet,
        name,
        "score matching, J summed, L_s of the grid, with offset",
        "no bound",
        c.number("matching grid"));
    bound(
        sheet,
        name,
        "the same, L_s sampled over all of R^d",
        "below the bound",
        c.number("matching sampled"));
    bound(
        sheet, name, "the same, L_s certified", "above the bound", c.number("matching certified"));
    bound(
        sheet,
        name,
        "the theorem, L_s certified",
        "above the bound",
        c.number("theorem certified"));
    bound(sheet, name, "the theorem, L_s sampled", "below the bound", c.number("theorem sampled"));
  }

  private static void distance(
      Sheet sheet, String name, String estimator, String direction, double[] draws) {
    Estimate e = new Sample(draws).interval(RunStatistics.LEVEL);
    sheet.row(name, "W2", estimator, direction, e.value(), e.lower(), e.upper());
  }

  private static void bound(
      Sheet sheet, String name, String estimator, String direction, double value) {
    sheet.row(name, "ln bound", estimator, direction, value, Double.NaN, Double.NaN);
  }

  /** The grid against the closed form on exact scores, where the truth is known. */
  private static Sheet exactScores(Map<String, Object> outcome) {
    Sheet sheet =
        new Sheet(
            "published-grid",
            "The published grid on the exact score of the clusters",
            "ln I(T) on the published schedule, L_s read at the right end of each step: by difference"
                + " quotients over the grid, and by the closed form.");
    sheet.words("data").numbers("ln I(T), grid", "ln I(T), closed form");
    Kernels kernels = Kernels.of(BackEnd.VECTOR);
    for (double variance : new double[] {PUBLISHED_SD * PUBLISHED_SD, 0.01}) {
      Setting setting =
          Setting.standard(clusters(variance), 1).with(NoiseSchedule.published(STEPS));
      double[] grid =
          PublishedEstimators.gridLipschitz(
              k -> PublishedEstimators.exact(setting, k, kernels), STEPS);
      ScoreLipschitz lipschitz = new ScoreLipschitz(new ExactScore(setting.process()));
      double[] exact = new double[STEPS];
      Arrays.setAll(
          exact, k -> lipschitz.at(setting.noise().horizon() * (k + 1) / STEPS).certified());
      double a = PublishedEstimators.logI(setting.noise(), grid);
      double b = PublishedEstimators.logI(setting.noise(), exact);
      sheet.row("variance " + variance, a, b);
      outcome.put("exactScoreLogI, variance " + variance, List.of(a, b));
    }
    return sheet;
  }

  private Figure constants(Results results) {
    Chart chart =
        new Chart(
            "published-ls",
            "L_s of each step, by estimator",
            "Steps from the data (0) to the noise. Grid and sampled are from below, certified from"
                + " above.",
            Quantity.linear("step of the network", ""),
            Quantity.linear("asinh L_s", ""));
    double[] steps = new double[STEPS];
    Arrays.setAll(steps, k -> k);
    boolean any = false;
    for (String name : settings.keySet()) {
      for (String side : List.of("grid", "sampled", "certified")) {
        if (results.has("estimators, " + name)) {
          Columns c = results.get("estimators, " + name);
          any = true;
          chart.line(
              name + ", " + side,
              steps,
              Arrays.stream(c.get("ls " + side)).map(PublishedExperiment::asinh).toArray());
        }
      }
    }
    if (!any) {
      chart.points("no network", new double[] {}, new double[] {});
    }
    return chart.build();
  }

  private static double asinh(double x) {
    return Math.signum(x) * Math.log(Math.abs(x) + Math.hypot(1, x));
  }
}
