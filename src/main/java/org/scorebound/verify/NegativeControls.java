package org.scorebound.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.scorebound.bound.KlFormula;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.Profile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.score.AffineScore;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.QuantileFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.sde.TimeGrid;

/**
 * The wrong formulas of THEORY.md section 5, each swapped for one term of the production path on a
 * configuration that must tell it apart, and one control that changes nothing.
 *
 * <p>Most use an equality case, where a wrong term shows as {@code |W2/bound - 1|}.
 */
public final class NegativeControls {

  /** Inequalities are judged by their relative excess, to this. */
  private static final double INEQUALITY_TOLERANCE = 1e-9;

  /** 128 extrapolated Heun steps come to 4e-7 of the equality case; this leaves a factor 25. */
  private static final double SIMULATION_TOLERANCE = 1e-5;

  private static final int STEPS = 128;

  private NegativeControls() {}

  /** An equality case, ready to be evaluated with one term swapped. */
  private static final class Subject {
    final Configuration configuration;
    final ModelProfile profile;
    final double w2;
    final double w2Start;

    Subject(String name, Map<String, Object> document) {
      document.put("name", name);
      configuration = Families.read(document);
      profile = new ModelProfile(configuration.score(), configuration.family());
      Sampler sampler = configuration.sampler();
      w2 = new MomentFlow(sampler).distance(0).value();
      w2Start =
          configuration
              .start()
              .distance(configuration.score().process().marginal(sampler.horizon()))
              .value();
    }

    Profile value() {
      return profile.at(End.VALUE);
    }

    /** {@code |w2 / bound - 1|}. */
    double deviation(TheoremFormula formula, Profile read, double distance, double start) {
      double bound = Math.exp(formula.evaluate(read, start).logBound());
      return Math.abs(distance / bound - 1);
    }

    double deviation(TheoremFormula formula) {
      return deviation(formula, value(), w2, w2Start);
    }

    double deviation(UnaryOperator<TimePoint> swap) {
      return deviation(TheoremFormula.theorem(), swapped(value(), swap), w2, w2Start);
    }

    double deviation(LossFormula formula) {
      double bound = Math.exp(formula.evaluate(value(), w2Start, 0).logBound());
      return Math.abs(w2 / bound - 1);
    }
  }

  private static Profile swapped(Profile profile, UnaryOperator<TimePoint> swap) {
    return profile.withPoints(t -> swap.apply(profile.at(t)), profile.resolution());
  }

  private static Control equality(
      String name, Subject subject, java.util.function.DoubleSupplier wrong) {
    return new Control(
        name,
        "|W2/bound - 1|",
        subject.configuration.name(),
        EqualityCases.TOLERANCE,
        true,
        () -> subject.deviation(TheoremFormula.theorem()),
        wrong);
  }

  private static Control formula(String name, Subject subject, TheoremFormula wrong) {
    return equality(name, subject, () -> subject.deviation(wrong));
  }

  /** All controls; building them evaluates nothing but the cheap closed forms. */
  static List<Control> all() {
    Subject moved = new Subject("start moved along u", EqualityCases.moved(1, 0.3));
    Subject ode = new Subject("drift along u, ODE", EqualityCases.drift(0, "vp"));
    Subject low = new Subject("scale .8, ODE", EqualityCases.scaled(0, 0.8));
    Subject high = new Subject("scale 1.25, ODE", EqualityCases.scaled(0, 1.25));
    Subject top = new Subject("top eigenvector", EqualityCases.anisotropic(1, true));
    Subject matching = new Subject("c proportional to kI/lambda", EqualityCases.proportional(1));
    TheoremFormula right = TheoremFormula.theorem();
    List<Control> controls = new ArrayList<>();
    controls.add(
        formula("halve the integrand", moved, right.withLoss(p -> 0.5 * p.k() * Math.sqrt(p.m()))));
    controls.add(formula("drop L_f", moved, right.withRate(p -> p.k() * p.ls())));
    controls.add(
        formula(
            "flip the sign of L_f",
            moved,
            right.withRate(p -> -p.driftOneSided() + p.k() * p.ls())));
    controls.add(formula("drop I", moved, right.withPower(0)));
    controls.add(formula("square I", moved, right.withPower(2)));
    controls.add(formula("I from t to T", moved, right.withGainFromEnd()));
    controls.add(formula("forget the root of m", moved, right.withLoss(p -> p.k() * p.m())));
    controls.add(equality("E over q_t for p_t", low, () -> low.deviation(p -> underModel(low, p))));
    controls.add(
        equality("L of the true score, error down", low, () -> low.deviation(p -> trueL(low, p))));
    controls.add(
        equality("L of the true score, error up", high, () -> high.deviation(p -> trueL(high, p))));
    controls.add(formula("drop the offset", moved, right.withStartFactor(0)));
    controls.add(
        equality(
            "W2 squared for W2",
            moved,
            () -> moved.deviation(right, moved.value(), moved.w2 * moved.w2, moved.w2Start)));
    controls.add(
        equality(
            "independent initial coupling",
            moved,
            () -> moved.deviation(right, moved.value(), moved.w2, independent(moved))));
    controls.add(equality("g^2 drift with sigma = 0", ode, () -> wrongSampler(ode)));
    controls.add(
        equality("k = g^2 for the ODE", ode, () -> ode.deviation(p -> p.withK(p.gSquared()))));
    controls.add(equality("sampled L_s, pair quotients", top, () -> sampledQuotients(top)));
    controls.add(boxConstant());
    controls.add(
        formula(
            "loss averaged over coordinates",
            moved,
            right.withLoss(p -> p.k() * Math.sqrt(p.m() / 3))));
    controls.add(
        new Control(
            "J without 1/2",
            "|W2/bound - 1|, score-matching corollary",
            matching.configuration.name(),
            EqualityCases.TOLERANCE,
            true,
            () -> matching.deviation(LossFormula.scoreMatching()),
            () -> matching.deviation(LossFormula.scoreMatching().withHalf(1))));
    controls.add(
        equality("beta read at T - t", moved, () -> moved.deviation(p -> reversed(moved, p))));
    controls.add(simulated("step grid off by one", moved, NegativeControls::offByOne));
    controls.add(simulated("shuffled time grid", ode, NegativeControls::shuffled));
    controls.add(swappedEnds());
    controls.add(logSobolev());
    controls.addAll(DistanceControls.all());
    controls.addAll(DiscreteControls.all());
    controls.add(
        new Control(
            "nothing swapped",
            "|W2/bound - 1|",
            moved.configuration.name(),
            EqualityCases.TOLERANCE,
            false,
            () -> moved.deviation(right),
            () -> moved.deviation(right.withLoss(p -> Math.sqrt(p.m()) * p.k()))));
    return controls;
  }

  /** Runs all controls. */
  public static List<Control.Result> run() {
    return all().stream().map(Control::run).toList();
  }

  /** m with the model's marginal in place of p_t: {@code tr(D C D) + |e + D delta|^2}. */
  private static TimePoint underModel(Subject subject, TimePoint p) {
    MomentFlow flow = new MomentFlow(subject.configuration.sampler());
    AffineScore affine = affine(subject, p.t());
    MomentFlow.Moments moments = flow.at(p.t());
    double[][] cov = Matrices.addScaled(affine.covariance(), 1, moments.covarianceDifference());
    double[][] d = affine.slopeError();
    double[] shift = Matrices.multiply(d, moments.meanDifference());
    double m = Matrices.frobenius(Matrices.multiply(d, cov), d);
    for (int i = 0; i < shift.length; i++) {
      double e = shift[i] + affine.valueAtMean()[i];
      m += e * e;
    }
    return p.withM(m);
  }

  private static AffineScore affine(Subject subject, double t) {
    return java.util.Objects.requireNonNull(AffineScore.of(subject.configuration.score(), t));
  }

  private static TimePoint trueL(Subject subject, TimePoint p) {
    double[][] v = affine(subject, p.t()).covariance();
    return p.withLs(-1 / new SymmetricEigen(v).max());
  }

  /** {@code sqrt(E|x|^2 + E|y|^2 - 2 E x . E y)} at T. */
  private static double independent(Subject subject) {
    Configuration c = subject.configuration;
    GaussianMixture end = c.score().process().marginal(c.sampler().horizon());
    GaussianMixture start = c.start().law(end);
    double[] gap = Matrices.subtract(end.mean(), start.mean());
    return Math.sqrt(
        Matrices.dot(gap, gap)
            + Matrices.trace(end.covariance())
            + Matrices.trace(start.covariance()));
  }

  private static double wrongSampler(Subject subject) {
    Sampler sampler = subject.configuration.sampler();
    DoubleUnaryOperator g2 = t -> sampler.score().process().diffusion().gSquared(t);
    double wrong = new MomentFlow(sampler, g2, sampler::sigmaSquared).distance(0).value();
    return subject.deviation(TheoremFormula.theorem(), subject.value(), wrong, subject.w2Start);
  }

  /** The largest of eight pair quotients {@code (s(x)-s(y)).(x-y)/|x-y|^2} in place of L_s. */
  private static double sampledQuotients(Subject subject) {
    RandomStream random = RandomStream.root(7);
    double[][] pairs = new double[8][2];
    for (double[] pair : pairs) {
      double angle = random.nextDouble(0, Math.PI);
      pair[0] = Math.cos(angle);
      pair[1] = Math.sin(angle);
    }
    return subject.deviation(
        p -> {
          double[][] slope = affine(subject, p.t()).slope();
          double best = Double.NEGATIVE_INFINITY;
          for (double[] u : pairs) {
            best = Math.max(best, Matrices.dot(u, Matrices.multiply(slope, u)));
          }
          return p.withLs(best);
        });
  }

  /** beta at the mirrored time, all else at t. */
  private static TimePoint reversed(Subject subject, TimePoint p) {
    TimePoint other = subject.value().at(subject.value().horizon() - p.t());
    return new TimePoint(
        p.t(),
        other.gSquared(),
        other.sigmaSquared(),
        other.k(),
        other.driftOneSided(),
        other.driftLipschitz(),
        p.ls(),
        p.m());
  }

  /**
   * Two far clusters and a drift from one to the other: a box around one of them sees no danger.
   */
  private static Control boxConstant() {
    Map<String, Object> document =
        Families.doc(
            "name",
            "two clusters, drift between them",
            "data",
            Families.doc(
                "type",
                "mixture",
                "weights",
                new double[] {0.5, 0.5},
                "means",
                new double[][] {{-1}, {1}},
                "cov",
                new double[][] {{0.04}}),
            "diffusion",
            Families.doc(
                "type",
                "vp",
                "schedule",
                Families.doc("type", "constant", "beta", 3.0),
                "horizon",
                1.0),
            "sampler",
            Families.doc("churn", 0.0),
            "score",
            Families.doc(
                "type",
                "exact-plus",
                "perturbation",
                Families.doc("type", "constant", "vector", new double[] {0.3})),
            "start",
            Families.doc("type", "marginal"));
    Configuration c = Families.read(document);
    ModelProfile profile = new ModelProfile(c.score(), c.family());
    TheoremFormula right = TheoremFormula.theorem();
    double lower = new QuantileFlow(c.sampler()).distance(0).lower();
    return new Control(
        "L_s of a box for the global one",
        "W2/bound - 1, an inequality",
        c.name(),
        INEQUALITY_TOLERANCE,
        true,
        () -> lower / Math.exp(right.evaluate(profile.at(End.VALUE), 0).logBound()) - 1,
        () ->
            lower
                    / Math.exp(
                        right
                            .evaluate(
                                swapped(profile.at(End.VALUE), p -> p.withLs(boxed(c, p.t()))), 0)
                            .logBound())
                - 1);
  }

  /**
   * The largest second derivative of log p_t within two standard deviations of the right cluster.
   */
  private static double boxed(Configuration c, double t) {
    GaussianMixture law = c.score().process().marginal(t);
    MixtureEvaluator evaluator = law.evaluator();
    double centre = law.componentMean(1)[0];
    double radius = 2 * Math.sqrt(law.componentCovariance(1)[0][0]);
    double best = Double.NEGATIVE_INFINITY;
    int points = 41;
    for (int i = 0; i < points; i++) {
      double x = Math.max(0.8 * centre, centre + radius * (2.0 * i / (points - 1) - 1));
      best = Math.max(best, evaluator.hessian(new double[] {x})[0][0]);
    }
    return best;
  }

  private static Control simulated(
      String name, Subject subject, UnaryOperator<double[]> wrongGrid) {
    double horizon = subject.configuration.sampler().horizon();
    double[] times = new double[STEPS + 1];
    for (int j = 0; j <= STEPS; j++) {
      times[j] = horizon * (STEPS - j) / STEPS;
    }
    return new Control(
        name,
        "|coupled RMS/W2 - 1|, simulated",
        subject.configuration.name(),
        SIMULATION_TOLERANCE,
        true,
        () -> simulatedDeviation(subject, times),
        () -> simulatedDeviation(subject, wrongGrid.apply(times)));
  }

  /** On an equality case the coupled difference carries no noise: two paths are enough. */
  private static double simulatedDeviation(Subject subject, double[] times) {
    Sampler sampler = subject.configuration.sampler();
    double[] ones = new double[sampler.score().dimension()];
    Arrays.fill(ones, 1);
    SynchronousCoupling.Ends ends =
        new SynchronousCoupling(sampler, TimeGrid.of(times)).run(2, RandomStream.root(3));
    double fine = SynchronousCoupling.squaredDistances(ends.x(), ends.y(), ones)[0];
    double coarse = SynchronousCoupling.squaredDistances(ends.xCoarse(), ends.yCoarse(), ones)[0];
    return Math.abs(Math.sqrt(fine + (fine - coarse) / 3) / subject.w2 - 1);
  }

  private static double[] offByOne(double[] times) {
    double[] shifted = times.clone();
    System.arraycopy(times, 1, shifted, 0, times.length - 1);
    return shifted;
  }

  private static double[] shuffled(double[] times) {
    double[] mixed = times.clone();
    RandomStream random = RandomStream.root(5);
    for (int i = mixed.length - 2; i > 1; i--) {
      int j = 1 + random.nextInt(i);
      double keep = mixed[i];
      mixed[i] = mixed[j];
      mixed[j] = keep;
    }
    return mixed;
  }

  /** The interval of a simulated distance must hold the closed form's value; swapped, it cannot. */
  private static Control swappedEnds() {
    Map<String, Object> document = EqualityCases.scaled(1, 0.8);
    document.put("name", "scale .8, SDE");
    Configuration c = Families.read(document);
    double truth = new MomentFlow(c.sampler()).distance(0).value();
    Estimate simulated = new CoupledDistance(c.sampler()).estimate(400, RandomStream.root(11));
    return new Control(
        "interval ends swapped",
        "how far the closed form lies outside the simulated interval",
        c.name(),
        INEQUALITY_TOLERANCE,
        true,
        () -> outside(truth, simulated.lower(), simulated.upper()),
        () -> outside(truth, simulated.upper(), simulated.lower()));
  }

  private static double outside(double truth, double lower, double upper) {
    return Math.max(0, Math.max(lower - truth, truth - upper));
  }

  /** {@code p0 = N(0,.1)}, {@code q0 = N(0,1)}: {@code .684 <= 1.18}, but not {@code <= .374}. */
  private static Control logSobolev() {
    double[][] v0 = {{0.1}};
    double[][] v1 = {{1}};
    double kl = KlFormula.gaussian(new double[1], v0, v1);
    double w2 =
        org.scorebound.transport.GaussianW2.between(new double[1], v0, new double[1], v1).value();
    return new Control(
        "log-Sobolev constant of p0 for that of q0",
        "W2/bound - 1, an inequality",
        "N(0,.1) and N(0,1)",
        INEQUALITY_TOLERANCE,
        true,
        () -> w2 / KlFormula.talagrand(1, kl) - 1,
        () -> w2 / KlFormula.talagrand(0.1, kl) - 1);
  }
}
