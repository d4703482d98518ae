package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebound.bound.LogEstimate;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.score.NetworkScore;
import org.scorebound.verify.Configuration;
import org.scorebound.verify.Evaluation;
import org.scorebound.verify.Outcome;

/**
 * W2 and bound of the samplers {@code sigma = churn g}, from the probability-flow ODE (churn 0)
 * over the reverse SDE (1) to strong churn, for one and the same score: a trained network, the
 * exact score with a sine added, and a case where the bound is an equality for every member
 * (THEORY.md section 3), which says how well both sides are computed. With a network of the user's,
 * that one and the equality case.
 */
final class SigmaFamilyExperiment implements Experiment {

  private static final double[] CHURNS = {0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3};
  private static final String NETWORK = "trained network";
  private static final String SINE = "exact score plus a sine";
  private static final String EQUALITY = "equality case";
  private static final String GIVEN = "given network";
  private static final int PATHS = 1000;

  private final Request request;
  private final Setting base;
  private final Measurements sizes;
  private final Optional<GivenNetwork> given;

  /** At the published size. */
  SigmaFamilyExperiment(Request request) {
    this(request, request.standard(DataLaw.fourClusters()), Measurements.checkpointsOnly());
  }

  /** At another size. */
  SigmaFamilyExperiment(Request request, Setting base, Measurements sizes) {
    this(request, base, sizes, Optional.empty());
  }

  private SigmaFamilyExperiment(
      Request request, Setting base, Measurements sizes, Optional<GivenNetwork> given) {
    this.request = request;
    this.base = base;
    this.sizes = sizes;
    this.given = given;
  }

  /** With the request's network in place of a trained one and of the sine. */
  static SigmaFamilyExperiment of(Request request, GivenNetwork network) {
    Setting base = Setting.standard(network.data(), 1);
    return new SigmaFamilyExperiment(
        request, base, Measurements.checkpointsOnly(), Optional.of(network));
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (double churn : CHURNS) {
      tasks.add(new Configured(EQUALITY, churn, read(equality(churn))));
    }
    if (given.isPresent()) {
      for (double churn : CHURNS) {
        tasks.add(new Configured(GIVEN, churn, given.get().at(churn)));
      }
      return tasks;
    }
    tasks.add(new TrainingTask(NETWORK, base, sizes, request.rate(), request.seed(), 0));
    for (double churn : CHURNS) {
      tasks.add(new Configured(SINE, churn, read(sine(churn))));
    }
    return tasks;
  }

  @Override
  public List<Task> followUps(Results results) {
    List<Task> tasks = new ArrayList<>();
    if (given.isEmpty() && results.get(NETWORK).has("theta")) {
      for (double churn : CHURNS) {
        tasks.add(new Trained(results.get(NETWORK), churn));
      }
    }
    return tasks;
  }

  private static String key(String score, double churn) {
    return score + " churn " + churn;
  }

  /** What a churn of a score has: {@code w2} and {@code bound} are value, lower, upper. */
  private static Columns columns(Estimate w2, double logValue, double logLower, double logUpper) {
    return new Columns()
        .put("w2", w2.value(), w2.lower(), w2.upper())
        .put("logBound", logValue, logLower, logUpper)
        .put("w2 kind", w2.kind().label());
  }

  /** A member of the family with a score that a configuration describes. */
  private final class Configured implements Task {
    private final String score;
    private final double churn;
    private final Configuration configuration;

    Configured(String score, double churn, Configuration configuration) {
      this.score = score;
      this.churn = churn;
      this.configuration = configuration;
    }

    @Override
    public String key() {
      return SigmaFamilyExperiment.key(score, churn);
    }

    @Override
    public long effort() {
      return 1000;
    }

    @Override
    public Columns run(Work work) {
      RandomStream random = RandomStream.root(request.seed()).child("sigma family").child(score);
      Outcome outcome = new Evaluation(configuration, PATHS, random).run();
      LogEstimate bound = outcome.theorem().right().orElseThrow();
      return columns(outcome.w2(), bound.logValue(), bound.logLower(), bound.logUpper())
          .put("logI", outcome.logI().orElse(Double.NaN));
    }
  }

  private static Configuration read(Map<String, Object> document) {
    return Configuration.read(JsonInput.parse(JsonOutput.toString(document), "sigma-family"));
  }

  /** A member of the family with the trained network. */
  private final class Trained implements Task {
    private final Columns run;
    private final double churn;

    Trained(Columns run, double churn) {
      this.run = run;
      this.churn = churn;
    }

    @Override
    public String key() {
      return SigmaFamilyExperiment.key(NETWORK, churn);
    }

    @Override
    public long effort() {
      return 2000;
    }

    @Override
    public Columns run(Work work) {
      RandomStream root = TrainingTask.stream(request.seed(), 0);
      Gauge gauge = new Gauge(base, sizes, root, work.kernels());
      NetworkScore score =
          new NetworkScore(
              base.process(), base.architecture(), NetworkScore.Output.NOISE, run.get("theta"));
      double[][] m = gauge.bound().errors(score, work.kernels());
      ReverseFamily family = new ReverseFamily(churn);
      double[] above = run.get("cert.certifiedLs.0");
      double[] below = run.get("cert.sampledLs.0");
      var certified = gauge.bound().theorem(m, above, family);
      var sampled = gauge.bound().theorem(m, below, family);
      Estimate w2 = gauge.simulated(score, family, PATHS, root.child("sigma family")).w2();
      return columns(w2, certified.logBound(), sampled.logBound(), certified.logBound())
          .put("logI", certified.logI());
    }
  }

  private static Map<String, Object> object(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return map;
  }

  private static Map<String, Object> configuration(
      String name, double churn, Map<String, Object> data, Map<String, Object> perturbation) {
    return object(
        "name",
        name,
        "data",
        data,
        "diffusion",
        object(
            "type",
            "vp",
            "schedule",
            object("type", "linear", "betaMin", 0.1, "betaMax", 16.9),
            "horizon",
            1.0),
        "sampler",
        object("churn", churn),
        "score",
        object("type", "exact-plus", "perturbation", perturbation),
        "start",
        object("type", "marginal"));
  }

  /** A constant error along the top eigenvector of a Gaussian's covariance. */
  private static Map<String, Object> equality(double churn) {
    return configuration(
        EQUALITY,
        churn,
        object(
            "type",
            "gaussian",
            "mean",
            new double[] {1, -0.5},
            "cov",
            new double[][] {{0.5, 0}, {0, 0.1}}),
        object("type", "constant", "vector", new double[] {0.2, 0}));
  }

  private static Map<String, Object> sine(double churn) {
    List<double[]> means =
        List.of(
            new double[] {-0.5, -0.5},
            new double[] {0.5, -0.5},
            new double[] {-0.5, 0.5},
            new double[] {0.5, 0.5});
    double[][] cov = {{0.05, 0}, {0, 0.05}};
    return configuration(
        SINE,
        churn,
        object(
            "type",
            "mixture",
            "weights",
            new double[] {0.25, 0.25, 0.25, 0.25},
            "means",
            means,
            "covs",
            List.of(cov, cov, cov, cov)),
        object(
            "type",
            "sine",
            "amplitude",
            new double[] {0.2, 0.2},
            "frequency",
            new double[][] {{1, 0}, {0, 1}}));
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("churns", CHURNS);
    json.put("paths", PATHS);
    if (given.isPresent()) {
      json.put("given", given.get().document());
    } else {
      json.put("network", base.document());
      json.put("sine", sine(1));
    }
    json.put("equality", equality(1));
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Sheet sheet =
        new Sheet(
            "sigma-family",
            "From the ODE to strong churn, one score",
            "sigma = churn g. W2 of the continuous-time law: exact (equality case), else from both"
                + " sides by simulation, statistical at 1e-6. ln bound: certified L_s above,"
                + " sampled L_s below; for the network the integral is an estimate.");
    sheet
        .words("score")
        .numbers(
            "churn",
            "W2",
            "W2, lower",
            "W2, upper",
            "ln bound",
            "ln bound, lower",
            "ln bound, upper",
            "ln I(T)",
            "ln bound/W2");
    Map<String, Object> outcome = new LinkedHashMap<>();
    List<Figure> figures = new ArrayList<>();
    for (String score : List.of(EQUALITY, SINE, NETWORK, GIVEN)) {
      List<Columns> rows = new ArrayList<>();
      for (double churn : CHURNS) {
        if (results.has(key(score, churn))) {
          Columns row = results.get(key(score, churn));
          rows.add(row);
          double[] w2 = row.get("w2");
          double[] bound = row.get("logBound");
          sheet.row(
              score,
              churn,
              w2[0],
              w2[1],
              w2[2],
              bound[0],
              bound[1],
              bound[2],
              row.number("logI"),
              bound[0] - Math.log(w2[0]));
        }
      }
      if (!rows.isEmpty()) {
        figures.add(figure(score, rows));
        outcome.put(score, outcome(score, rows));
      }
    }
    List<String> notes = new ArrayList<>();
    if (given.isEmpty()) {
      notes.addAll(TrainingOutcome.notes());
      notes.add("the network is that of the experiment training with the same seed and epochs");
    } else {
      notes.add("the network is " + given.get().file() + ", judged as verify does");
    }
    return new Findings(outcome, notes, figures, List.of(sheet.build()));
  }

  private static Map<String, Object> outcome(String score, List<Columns> rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    double worst = 0;
    int best = 0;
    boolean holds = true;
    for (int i = 0; i < rows.size(); i++) {
      double[] w2 = rows.get(i).get("w2");
      double[] bound = rows.get(i).get("logBound");
      worst = Math.max(worst, Math.abs(Math.expm1(Math.log(w2[0]) - bound[0])));
      best = bound[0] < rows.get(best).get("logBound")[0] ? i : best;
      holds &= Math.log(w2[1]) <= bound[2];
    }
    json.put("noMemberViolates", holds);
    if (score.equals(EQUALITY)) {
      json.put("largestDeviationFromEquality", worst);
    } else {
      json.put("churnOfSmallestBound", CHURNS[best]);
    }
    return json;
  }

  private static Figure figure(String score, List<Columns> rows) {
    double[] churns = Arrays.copyOf(CHURNS, rows.size());
    List<Estimate> w2 = new ArrayList<>();
    List<Estimate> bounds = new ArrayList<>();
    for (Columns row : rows) {
      double[] w = row.get("w2");
      double[] b = row.get("logBound");
      w2.add(
          Estimate.of(
              Math.log(w[0]),
              w[1] > 0 ? Math.log(w[1]) : Double.NEGATIVE_INFINITY,
              Math.log(w[2]),
              Evidence.STATISTICAL));
      bounds.add(Estimate.of(b[0], b[1], b[2], Evidence.ESTIMATED));
    }
    return new Chart(
            "sigma-family-" + score,
            score + ": W2 and bound against the churn",
            "ln W2 with its bracket; ln bound between sampled and certified L_s.",
            Quantity.linear("churn sigma/g", ""),
            Quantity.linear("natural logarithm", ""))
        .intervals("ln W2", churns, w2)
        .intervals("ln bound", churns, bounds)
        .build();
  }
}
