package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.scorebound.bound.KlFormula;
import org.scorebound.bound.LogEstimate;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.DiscreteTheorem;
import org.scorebound.sde.DistanceSides;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.QuantileFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.sde.UnresolvedException;
import org.scorebound.transport.GaussianW2;

/**
 * Evaluates both sides of every bound on one configuration.
 *
 * <p>W2 by the strongest method that applies: moment equations (Gaussian data, affine score),
 * quantile maps (one dimension, ODE), else simulation from both sides. Each bound is evaluated with
 * certified L_s (value), with sampled L_s (lower) and with the upper ends of all intervals (upper).
 */
public final class Evaluation {

  /** The theorem's name among the checks. */
  public static final String THEOREM = "theorem";

  /** The published form with L_f. */
  public static final String PAPER = "paper";

  /** The score-matching corollary. */
  public static final String SCORE_MATCHING = "scoreMatching";

  /** The denoising corollary. */
  public static final String DENOISING = "denoising";

  /** The DDPM corollary. */
  public static final String DDPM = "ddpm";

  /** Girsanov's bound on KL. */
  public static final String KL = "kl";

  /** Talagrand's inequality. */
  public static final String TALAGRAND = "talagrand";

  /** Both laws are integrated to 1e-13; the root of a small difference loses some digits. */
  private static final double WAY_ERROR = 1e-9;

  /** Pairs of the discrete theorem, which holds for any number of them. */
  private static final int DISCRETE_PAIRS = 16;

  private final Configuration configuration;
  private final Sampler sampler;
  private final Kernels kernels;
  private final double tolerance;
  private final ForwardProcess process;
  private final int paths;
  private final RandomStream random;

  /** Where both laws are Gaussian at all times and that is resolved; else null. */
  private @Nullable MomentFlow moments;

  /**
   * An evaluation.
   *
   * @param configuration what to check
   * @param paths number of simulated paths where simulation is needed
   * @param random the stream of this configuration
   */
  public Evaluation(Configuration configuration, int paths, RandomStream random) {
    this(configuration, paths, random, Kernels.of(BackEnd.VECTOR), ModelProfile.PRECISE);
  }

  /** The same, with batches on the given kernels and integrals to the given accuracy. */
  public Evaluation(
      Configuration configuration,
      int paths,
      RandomStream random,
      Kernels kernels,
      double tolerance) {
    this.tolerance = tolerance;
    this.kernels = kernels;
    this.configuration = configuration;
    this.sampler = configuration.sampler();
    this.process = configuration.score().process();
    this.paths = paths;
    this.random = random;
    this.moments = MomentFlow.applies(sampler) ? new MomentFlow(sampler) : null;
  }

  /**
   * {@code W2(p_0, q_0)} and {@code W2(q_tmin, q_0)}, by one method.
   *
   * @param w2 the distance
   * @param modelWay the model's own way from t_min to 0
   * @param method how both were found
   * @param sides what a simulated w2 is made of
   */
  private record Distance(
      Estimate w2, Estimate modelWay, String method, Optional<Outcome.Sides> sides) {

    static Distance closed(Estimate w2, Estimate modelWay, String method) {
      return new Distance(w2, modelWay, method, Optional.empty());
    }
  }

  /** Runs it. */
  public Outcome run() {
    Optional<String> outOfRange = NumberRange.exceeded(configuration);
    if (outOfRange.isPresent()) {
      return undecidable(outOfRange.get());
    }
    Distance distance = distance();
    GaussianMixture end = process.marginal(sampler.horizon());
    Estimate start = configuration.start().distance(end);
    List<Assumption> assumptions = Assumption.of(configuration);
    Optional<Assumption> failing =
        assumptions.stream()
            .filter(a -> a.needed() && a.status() == Assumption.Status.FAILS)
            .findFirst();
    if (failing.isPresent() || !new ScoreLipschitz(configuration.score()).isFinite()) {
      String reason = "bound infinite: " + failing.map(Assumption::why).orElse("L_s is not finite");
      return new Outcome(
          configuration,
          distance.w2(),
          distance.method(),
          start,
          "none",
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          discrete(null),
          List.of(
              BoundCheck.notApplicable(THEOREM, reason),
              BoundCheck.notApplicable(PAPER, reason),
              BoundCheck.notApplicable(SCORE_MATCHING, reason),
              BoundCheck.notApplicable(DENOISING, reason)),
          assumptions,
          distance.sides());
    }
    return bounds(distance, start, assumptions);
  }

  private Outcome bounds(Distance distance, Estimate start, List<Assumption> assumptions) {
    ModelProfile profile =
        new ModelProfile(configuration.score(), configuration.family(), tolerance, kernels);
    Bracketed bracketed = new Bracketed(profile, start);
    TheoremFormula theorem = TheoremFormula.theorem();
    Bracketed.Theorem main = bracketed.theorem(theorem);
    Bracketed.Theorem paper = bracketed.theorem(TheoremFormula.paper());
    Bracketed.Loss matching = bracketed.loss(LossFormula.scoreMatching(), 0);
    List<BoundCheck> checks = new ArrayList<>();
    checks.add(BoundCheck.compare(THEOREM, distance.w2(), main.bound()));
    checks.add(BoundCheck.compare(PAPER, distance.w2(), paper.bound()));
    checks.add(BoundCheck.compare(SCORE_MATCHING, distance.w2(), matching.bound()));
    Optional<Outcome.Denoising> denoising = denoising(bracketed, checks, distance);
    ddpm(profile, start, checks, distance.w2());
    Optional<Estimate> kl = kl(profile, checks, distance.w2());
    return new Outcome(
        configuration,
        distance.w2(),
        distance.method(),
        start,
        profile.lipschitzAt(0).method(),
        OptionalDouble.of(main.logI()),
        OptionalDouble.of(main.logISampled()),
        OptionalDouble.of(paper.logI()),
        Optional.of(main.integral()),
        Optional.of(matching.loss()),
        denoising,
        kl,
        discrete(profile.lipschitz()),
        List.copyOf(checks),
        assumptions,
        distance.sides());
  }

  /**
   * The discrete theorem.
   *
   * @param known the profile of L_s, whose bounds of a network are used again; of other scores they
   *     are found to a wider gap
   */
  private DiscreteTheorem.Result discrete(@Nullable ScoreLipschitz known) {
    ScoreModel score = configuration.score();
    ReverseFamily family = configuration.family();
    StepAmplification amplifications =
        known != null && score instanceof NetworkScore
            ? new StepAmplification(score, family, known)
            : new StepAmplification(score, family);
    return new DiscreteTheorem(sampler, kernels, amplifications)
        .check(DISCRETE_PAIRS, random.child("discrete"));
  }

  private double tMin() {
    return ModelProfile.T_MIN_SHARE * sampler.horizon();
  }

  /** An outcome with nothing known and one reason for all bounds. */
  private Outcome undecidable(String reason) {
    return new Outcome(
        configuration,
        CoupledDistance.UNRESOLVED,
        "none",
        CoupledDistance.UNRESOLVED,
        "none",
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        DiscreteTheorem.Result.NONE,
        List.of(
            BoundCheck.undecided(THEOREM, reason),
            BoundCheck.undecided(PAPER, reason),
            BoundCheck.undecided(SCORE_MATCHING, reason),
            BoundCheck.undecided(DENOISING, reason)),
        Assumption.of(configuration),
        Optional.empty());
  }

  private Distance distance() {
    MomentFlow flow = moments;
    String closed = "";
    try {
      if (flow != null) {
        return Distance.closed(flow.distance(0), gaussianWay(flow), "moment equations and Bures");
      }
      if (QuantileFlow.applies(sampler)) {
        QuantileFlow quantiles = new QuantileFlow(sampler, kernels);
        return Distance.closed(quantiles.distance(0), quantiles.way(tMin(), 0), "quantile maps");
      }
    } catch (UnresolvedException e) {
      moments = null;
      closed = " (closed form: " + e.getMessage() + ")";
    }
    CoupledDistance coupled = new CoupledDistance(sampler, kernels);
    SynchronousCoupling.Ends ends = coupled.paths(paths, random.child("coupling"), tMin());
    Optional<DistanceSides> sides = coupled.sides(ends);
    double level = CoupledDistance.LEVEL;
    return new Distance(
        sides.map(s -> s.w2(level)).orElse(CoupledDistance.UNRESOLVED),
        coupled.way(ends),
        "synchronous coupling above, moments and a fitted potential below" + closed,
        sides.map(s -> Outcome.Sides.of(s, level)));
  }

  private Optional<Outcome.Denoising> denoising(
      Bracketed bracketed, List<BoundCheck> checks, Distance distance) {
    double tMin = tMin();
    if (!(new SymmetricEigen(process.diffusion().noiseCovariance(tMin, process.dimension())).min()
        > 0)) {
      checks.add(BoundCheck.notApplicable(DENOISING, "no noise has been added by t_min"));
      return Optional.empty();
    }
    Bracketed.Loss loss = bracketed.loss(LossFormula.denoising(), tMin);
    double dataBridge = dataBridge(tMin);
    LogEstimate bridged =
        Bracketed.plus(
            Bracketed.plus(loss.bound(), Estimate.exact(dataBridge, 0)), distance.modelWay());
    checks.add(BoundCheck.compare(DENOISING, distance.w2(), bridged));
    return Optional.of(
        new Outcome.Denoising(tMin, loss.loss(), loss.bound(), dataBridge, distance.modelWay()));
  }

  /**
   * {@code W2(p_0, p_tmin)}: exact for Gaussians, else the forward process's own coupling, {@code
   * sqrt(E|(M - I) x_0|^2 + tr Q)}, from above.
   */
  private double dataBridge(double tMin) {
    GaussianMixture data = process.data();
    GaussianMixture moved = process.marginal(tMin);
    if (data.isGaussian()) {
      return GaussianW2.between(
              data.componentMean(0),
              data.componentCovariance(0),
              moved.componentMean(0),
              moved.componentCovariance(0))
          .value();
    }
    int d = process.dimension();
    Diffusion diffusion = process.diffusion();
    double[][] step = Matrices.addScaled(diffusion.propagator(tMin, d), -1, Matrices.identity(d));
    double[] mean = Matrices.multiply(step, data.mean());
    return Math.sqrt(
        Matrices.dot(mean, mean)
            + Matrices.trace(Matrices.congruence(step, data.covariance()))
            + Matrices.trace(diffusion.noiseCovariance(tMin, d)));
  }

  private Estimate gaussianWay(MomentFlow flow) {
    double tMin = tMin();
    MomentFlow.Moments a = flow.at(tMin);
    MomentFlow.Moments b = flow.at(0);
    double value =
        GaussianW2.between(
                add(process.mean(tMin), a.meanDifference()),
                Matrices.addScaled(process.covariance(tMin), 1, a.covarianceDifference()),
                add(process.mean(0), b.meanDifference()),
                Matrices.addScaled(process.covariance(0), 1, b.covarianceDifference()))
            .value();
    return Estimate.exact(value, Math.min(value, WAY_ERROR * (1 + value)));
  }

  private static double[] add(double[] a, double[] b) {
    double[] c = a.clone();
    for (int i = 0; i < c.length; i++) {
      c[i] += b[i];
    }
    return c;
  }

  /**
   * The DDPM corollary: {@code I(T) = exp(B(T)/2 + int beta L_s)}, and for {@code q_T = N(0,I)} an
   * offset from {@code W2(p_T, N(0,I)) <= exp(-B/2) W2(p_0, N(0,I))}.
   */
  private void ddpm(ModelProfile profile, Estimate start, List<BoundCheck> checks, Estimate w2) {
    if (!(process.diffusion() instanceof VariancePreserving vp)
        || configuration.family().churn() != 1) {
      return;
    }
    TheoremFormula ddpm =
        TheoremFormula.theorem().withRate(p -> 0.5 * p.gSquared() + p.gSquared() * p.ls());
    Estimate offset = start;
    if (configuration.start() instanceof StartLaw.Gaussian g && isStandard(g)) {
      double contraction = Math.exp(-0.5 * vp.schedule().integral(vp.horizon()));
      Estimate data = g.distance(process.data());
      double upper = contraction * data.upper();
      offset = Estimate.of(upper, Math.min(start.lower(), upper), upper, Evidence.CERTIFIED);
    }
    checks.add(BoundCheck.compare(DDPM, w2, new Bracketed(profile, offset).theorem(ddpm).bound()));
  }

  private static boolean isStandard(StartLaw.Gaussian g) {
    return Matrices.norm(g.mean()) == 0 && Matrices.isScaledIdentity(g.cov()) && g.cov()[0][0] == 1;
  }

  private Optional<Estimate> kl(ModelProfile profile, List<BoundCheck> checks, Estimate w2) {
    MomentFlow flow = moments;
    if (flow == null || configuration.family().isOde()) {
      return Optional.empty();
    }
    double klStart = gaussianKl(flow, sampler.horizon());
    KlFormula.Evaluated bound = KlFormula.pathBound(profile.at(End.VALUE), klStart);
    double klValue = gaussianKl(flow, 0);
    double error = 1e-9 * klValue + 1e-13;
    Estimate kl =
        Estimate.of(klValue, Math.max(0, klValue - error), klValue + error, Evidence.EXACT);
    LogEstimate right =
        Bracketed.exact(bound.logValue(), bound.relativeError() + 1e-12, Evidence.EXACT);
    checks.add(BoundCheck.compare(KL, kl, right));
    double constant = new SymmetricEigen(flow.covariance(0)).max();
    double talagrand = KlFormula.talagrand(constant, klValue);
    checks.add(
        BoundCheck.compare(
            TALAGRAND, w2, Bracketed.exact(Math.log(talagrand), 1e-9, Evidence.EXACT)));
    return Optional.of(kl);
  }

  private double gaussianKl(MomentFlow flow, double t) {
    MomentFlow.Moments difference = flow.at(t);
    double[][] v = process.covariance(t);
    return Math.max(
        0,
        KlFormula.gaussian(
            difference.meanDifference(),
            v,
            Matrices.addScaled(v, 1, difference.covarianceDifference())));
  }
}
