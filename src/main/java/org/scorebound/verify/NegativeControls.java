package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.bound.TimePoint;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.random.RandomStream;
import org.scorebound.score.AffineScore;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.Sampler;

/**
 * The wrong formulas of THEORY.md section 5, each swapped for one term of the production path on a
 * configuration that must tell it apart, and one control that changes nothing.
 *
 * <p>Most use an equality case, where a wrong term shows as {@code |W2/bound - 1|}.
 */
public final class NegativeControls {

  private NegativeControls() {}

  private static Control equality(String name, EqualitySubject subject, DoubleSupplier wrong) {
    return new Control(
        name,
        "|W2/bound - 1|",
        subject.configuration.name(),
        EqualityCases.TOLERANCE,
        true,
        () -> subject.deviation(TheoremFormula.theorem()),
        wrong);
  }

  private static Control formula(String name, EqualitySubject subject, TheoremFormula wrong) {
    return equality(name, subject, () -> subject.deviation(wrong));
  }

  /** All controls; building them evaluates nothing but the cheap closed forms. */
  static List<Control> all() {
    EqualitySubject moved = new EqualitySubject("start moved along u", EqualityCases.moved(1, 0.3));
    EqualitySubject ode = new EqualitySubject("drift along u, ODE", EqualityCases.drift(0, "vp"));
    EqualitySubject low = new EqualitySubject("scale .8, ODE", EqualityCases.scaled(0, 0.8));
    EqualitySubject high = new EqualitySubject("scale 1.25, ODE", EqualityCases.scaled(0, 1.25));
    EqualitySubject top =
        new EqualitySubject("top eigenvector", EqualityCases.anisotropic(1, true));
    EqualitySubject matching =
        new EqualitySubject("c proportional to kI/lambda", EqualityCases.proportional(1));
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
    controls.add(InequalityControls.boxConstant());
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
    controls.add(SimulationControls.offByOne(moved));
    controls.add(SimulationControls.shuffled(ode));
    controls.add(SimulationControls.swappedEnds());
    controls.add(InequalityControls.logSobolev());
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
  private static TimePoint underModel(EqualitySubject subject, TimePoint p) {
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

  private static AffineScore affine(EqualitySubject subject, double t) {
    return Objects.requireNonNull(AffineScore.of(subject.configuration.score(), t));
  }

  private static TimePoint trueL(EqualitySubject subject, TimePoint p) {
    double[][] v = affine(subject, p.t()).covariance();
    return p.withLs(-1 / new SymmetricEigen(v).max());
  }

  /** {@code sqrt(E|x|^2 + E|y|^2 - 2 E x . E y)} at T. */
  private static double independent(EqualitySubject subject) {
    Configuration c = subject.configuration;
    GaussianMixture end = c.score().process().marginal(c.sampler().horizon());
    GaussianMixture start = c.start().law(end);
    double[] gap = Matrices.subtract(end.mean(), start.mean());
    return Math.sqrt(
        Matrices.dot(gap, gap)
            + Matrices.trace(end.covariance())
            + Matrices.trace(start.covariance()));
  }

  private static double wrongSampler(EqualitySubject subject) {
    Sampler sampler = subject.configuration.sampler();
    DoubleUnaryOperator g2 = t -> sampler.score().process().diffusion().gSquared(t);
    double wrong = new MomentFlow(sampler, g2, sampler::sigmaSquared).distance(0).value();
    return subject.deviation(TheoremFormula.theorem(), subject.value(), wrong, subject.w2Start);
  }

  /** The largest of eight pair quotients {@code (s(x)-s(y)).(x-y)/|x-y|^2} in place of L_s. */
  private static double sampledQuotients(EqualitySubject subject) {
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
  private static TimePoint reversed(EqualitySubject subject, TimePoint p) {
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
}
