package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.ConstantSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.score.ExactScore;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.QuantileFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;

/**
 * {@code L_s(t)} against t with its limit -1, and the offset {@code I(T) W2(p_T, N(0, I))} and
 * {@code W2(p_0, q_0)} against T in {10, 50, 100, 150, 200} (the published figure 3), at the
 * constant rate .05 per unit of time; with the exact score of the four clusters, with networks
 * trained for each horizon, and with heavy-tailed data, for which the limit and the decay fail.
 *
 * <p>Exact score: the clusters are a product of two equal laws on the line and so are the samplers'
 * laws, hence every W2 is {@code sqrt 2} times that on the line, where it is known exactly, and L_s
 * is that on the line.
 */
final class HorizonExperiment implements Experiment {

  /** The rate of the process, per unit of time. */
  static final double RATE = 0.05;

  /** The horizons. */
  static final int[] HORIZONS = {10, 50, 100, 150, 200};

  private static final double[] PUBLISHED = {67, 59, 15, 4, 1.5};
  private static final int PATHS = 2000;

  private final Request request;
  private final Setting base;
  private final Measurements sizes;

  /** At the published size. */
  HorizonExperiment(Request request) {
    this(
        request,
        request.standard(DataLaw.fourClusters()),
        new Measurements(0, 0, 128, 4, 1024, 1, 250, 256, 8));
  }

  /** At another size. */
  HorizonExperiment(Request request, Setting base, Measurements sizes) {
    this.request = request;
    this.base = base;
    this.sizes = sizes;
  }

  /** The process up to a horizon. */
  static VariancePreserving process(double horizon) {
    return new VariancePreserving(new ConstantSchedule(RATE), horizon);
  }

  @Override
  public List<Task> tasks() {
    List<Task> tasks = new ArrayList<>();
    for (int i = HORIZONS.length - 1; i >= 0; i--) {
      int t = HORIZONS[i];
      tasks.add(
          new TrainingTask(
              "network T = " + t,
              base.with(NoiseSchedule.constant(RATE, t, t)),
              sizes,
              request.rate(),
              request.seed(),
              0));
    }
    for (int t : HORIZONS) {
      tasks.add(new Exact(t));
    }
    tasks.add(new HorizonCurves());
    return tasks;
  }

  /** The exact score of the four clusters at one horizon. */
  private final class Exact implements Task {
    private final int horizon;

    Exact(int horizon) {
      this.horizon = horizon;
    }

    @Override
    public String key() {
      return "exact T = " + horizon;
    }

    @Override
    public long effort() {
      return 1000;
    }

    @Override
    public Columns run(Work work) {
      GaussianMixture axis = base.data().axis().orElseThrow();
      ForwardProcess onLine = new ForwardProcess(axis, process(horizon));
      StartLaw start = new StartLaw.Gaussian(new double[1], new double[][] {{1}});
      Estimate w2Start = start.distance(onLine.marginal(horizon)).times(Math.sqrt(2));
      Columns columns = new Columns();
      columns.put("start", w2Start.value());
      ExactScore score = new ExactScore(onLine);
      for (double churn : new double[] {0, 1}) {
        ReverseFamily family = new ReverseFamily(churn);
        TheoremFormula.Evaluated e =
            TheoremFormula.theorem()
                .evaluate(
                    new ModelProfile(score, family, 1e-8, work.kernels())
                        .at(ModelProfile.End.VALUE),
                    w2Start.upper());
        columns.put("logI " + churn, e.logI());
        columns.put("logOffset " + churn, e.logOffset());
        Sampler sampler = new Sampler(score, family, start);
        Estimate w2 =
            family.isOde()
                ? new QuantileFlow(sampler, work.kernels()).distance(0)
                : new CoupledDistance(sampler, work.kernels())
                    .estimate(
                        PATHS, RandomStream.root(request.seed()).child("horizon").child(horizon));
        Estimate both = w2.times(Math.sqrt(2));
        columns.put("w2 " + churn, both.value(), both.lower(), both.upper());
      }
      return columns;
    }
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rate", RATE);
    json.put("horizons", HORIZONS);
    json.put("network", base.document());
    json.put(
        "heavyTails",
        "location "
            + HorizonCurves.LOCATION
            + ", scale "
            + HorizonCurves.SCALE
            + ": Laplace, and Student's t with "
            + HorizonCurves.NU
            + " degrees of freedom");
    json.put("published", PUBLISHED);
    return json;
  }

  @Override
  public Findings findings(Results results) {
    Columns curves = results.get("curves");
    double[] horizons = Arrays.stream(HORIZONS).asDoubleStream().toArray();
    double[] laplace = HorizonCurves.logOffsets(curves, false);
    double[] student = HorizonCurves.logOffsets(curves, true);
    double[] exact1 = column(results, "exact T = ", "logOffset 1.0");
    double[] exact0 = column(results, "exact T = ", "logOffset 0.0");
    double[] netSampled = offset(results, "at.logI");
    double[] netCertified = offset(results, "cert.logI");
    Sheet sheet =
        new Sheet(
            "horizon-offsets",
            "Offset and W2 against the horizon",
            "ln I(T) W2(p_T, q_T), q_T = N(0, I). Exact score: exact, to the quadrature's error; W2 of"
                + " the ODE exact, of the SDE from above by simulation. Networks: W2 of the ancestral"
                + " sampler, empirical, biased up. Heavy tails: from below. Published: in a setting"
                + " that was not published.");
    sheet.numbers(
        "T",
        "B(T)",
        "W2(p_T, q_T)",
        "ln offset, exact score, SDE",
        "ln offset, exact score, ODE",
        "W2, exact score, ODE",
        "W2, exact score, SDE, lower",
        "W2, exact score, SDE, upper",
        "ln offset, network, sampled L_s",
        "ln offset, network, certified L_s",
        "W2, network",
        "ln offset, Laplace, lower",
        "ln offset, Student, lower",
        "ln offset, published");
    for (int h = 0; h < HORIZONS.length; h++) {
      Columns exact = results.get("exact T = " + HORIZONS[h]);
      Columns network = results.get("network T = " + HORIZONS[h]);
      sheet.row(
          HORIZONS[h],
          RATE * HORIZONS[h],
          exact.number("start"),
          exact1[h],
          exact0[h],
          exact.get("w2 0.0")[0],
          exact.get("w2 1.0")[1],
          exact.get("w2 1.0")[2],
          netSampled[h],
          netCertified[h],
          network.last("at.w2"),
          laplace[h],
          student[h],
          Math.log(PUBLISHED[h]));
    }
    Map<String, Object> outcome = new LinkedHashMap<>();
    double[] ls = curves.get("clusters");
    outcome.put("limitOfLsClusters", ls[ls.length - 1]);
    outcome.put("offsetFallsExactScore", falls(exact1));
    outcome.put("offsetFallsNetworkSampled", falls(netSampled));
    outcome.put("offsetFallsNetworkCertified", falls(netCertified));
    outcome.put("offsetFallsLaplace", falls(laplace));
    outcome.put("offsetFallsStudent", falls(student));
    outcome.put("offsetBoundsW2ExactScore", bounds(results));
    outcome.put("twoPointLs", curves.get("check"));
    return new Findings(
        outcome,
        notes(),
        List.of(
            offsets(horizons, exact1, exact0, netSampled, netCertified, laplace, student),
            distances(results, horizons),
            constants(curves, results)),
        List.of(sheet.build(), HorizonCurves.truncations(curves).build()));
  }

  private static List<String> notes() {
    List<String> notes = new ArrayList<>(TrainingOutcome.notes());
    notes.set(
        0, "q_T = N(0, I); constant rate " + RATE + ", so B(T) = " + RATE + " T; one step a unit");
    notes.add(
        "two atoms at +-1 at B = 1, 3, 6: L_s = -.661, -.997, -1.0000; atoms at 2^j with weights"
            + " exp(-4^j): L_s grows with every atom, so it is infinite for all of them, although"
            + " the law is sub-Gaussian");
    return notes;
  }

  private static boolean falls(double[] a) {
    boolean falls = true;
    for (int i = 1; i < a.length; i++) {
      falls &= a[i] < a[i - 1];
    }
    return falls;
  }

  private static boolean bounds(Results results) {
    boolean holds = true;
    for (int t : HORIZONS) {
      Columns c = results.get("exact T = " + t);
      holds &= Math.log(c.get("w2 0.0")[1]) <= c.number("logOffset 0.0") + 1e-9;
      holds &= Math.log(c.get("w2 1.0")[1]) <= c.number("logOffset 1.0");
    }
    return holds;
  }

  private static double[] column(Results results, String prefix, String name) {
    return Arrays.stream(HORIZONS).mapToDouble(t -> results.get(prefix + t).number(name)).toArray();
  }

  private static double[] offset(Results results, String logI) {
    return Arrays.stream(HORIZONS)
        .mapToDouble(
            t -> {
              Columns c = results.get("network T = " + t);
              return c.last(logI) + Math.log(c.get("start")[1]);
            })
        .toArray();
  }

  private static Figure offsets(
      double[] t,
      double[] exact1,
      double[] exact0,
      double[] sampled,
      double[] certified,
      double[] laplace,
      double[] student) {
    return new Chart(
            "horizon-offset",
            "Offset I(T) W2(p_T, q_T) against the horizon",
            "It falls where L_s tends to -1. Heavy-tailed data, from below: it does not.",
            Quantity.linear("horizon T", "steps"),
            Quantity.linear("ln offset", ""))
        .line("exact score, SDE", t, exact1)
        .line("exact score, ODE", t, exact0)
        .line("network, sampled L_s (from below)", t, sampled)
        .line("network, certified L_s (from above)", t, certified)
        .line("Laplace, exact score (from below)", t, laplace)
        .line("Student t, exact score (from below)", t, student)
        .points("published", t, Trend.logs(PUBLISHED))
        .build();
  }

  private static Figure distances(Results results, double[] t) {
    List<Estimate> sde = new ArrayList<>();
    double[] ode = new double[t.length];
    double[] network = new double[t.length];
    for (int h = 0; h < t.length; h++) {
      Columns exact = results.get("exact T = " + HORIZONS[h]);
      double[] w = exact.get("w2 1.0");
      sde.add(Estimate.of(w[0], w[1], w[2], Evidence.STATISTICAL));
      ode[h] = exact.get("w2 0.0")[0];
      network[h] = results.get("network T = " + HORIZONS[h]).last("at.w2");
    }
    return new Chart(
            "horizon-w2",
            "W2(p_0, q_0) against the horizon",
            "Exact score: what is left is the start, q_T = N(0, I). Networks: empirical, biased up.",
            Quantity.linear("horizon T", "steps"),
            Quantity.log("W2", "data units"))
        .line("exact score, ODE (exact)", t, ode)
        .intervals("exact score, SDE (from both sides)", t, sde)
        .points("network, ancestral sampler", t, network)
        .build();
  }

  private static Figure constants(Columns curves, Results results) {
    double[] t = curves.get("t");
    double[] laplace = new double[t.length];
    int longest = HORIZONS[HORIZONS.length - 1];
    Columns network = results.get("network T = " + longest);
    double[] steps = new double[longest];
    Arrays.setAll(steps, k -> k + 0.5);
    return new Chart(
            "horizon-ls",
            "L_s(t) against t",
            "Limit -1 for bounded support convolved with a Gaussian; 0 for Laplace, positive and"
                + " growing for Student's t (a lower estimate). The network of T = "
                + longest
                + " is a global supremum over the plane, where its slopes are not those of the data.",
            Quantity.log("t", "steps"),
            Quantity.linear("asinh L_s", ""))
        .line("four clusters, exact score", t, asinh(curves.get("clusters")))
        .line("two atoms at +-1, exact score", t, asinh(curves.get("atoms")))
        .line("Laplace, exact score", t, laplace)
        .line("Student t, exact score", t, asinh(curves.get("student")))
        .line("network, sampled", steps, asinh(network.get("cert.sampledLs.0")))
        .line("network, certified", steps, asinh(network.get("cert.certifiedLs.0")))
        .reference("limit -1", asinh(new double[] {-1})[0])
        .build();
  }

  private static double[] asinh(double[] a) {
    return Arrays.stream(a)
        .map(x -> Math.signum(x) * Math.log(Math.abs(x) + Math.hypot(1, x)))
        .toArray();
  }
}
