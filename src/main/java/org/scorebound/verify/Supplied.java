package org.scorebound.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.scorebound.bound.LogEstimate;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.SuppliedProfile;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.io.JsonInput;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.transport.ConvexPotential;
import org.scorebound.transport.MeanInterval;
import org.scorebound.transport.PotentialFit;

/**
 * Every bound that numbers exported by another program determine: the diffusion, the member of the
 * reverse family, {@code W2(p_T, q_T)}, and m and L_s at some times. Evidence {@code supplied},
 * which never makes a violation: only that the numbers do not fit together.
 *
 * @param diffusion the forward process
 * @param family the member
 * @param startW2 {@code W2(p_T, q_T)}
 */
public record Supplied(Diffusion diffusion, ReverseFamily family, double startW2) {

  /** Below this many points on each side nothing is fitted. */
  private static final int LEAST_POINTS = 24;

  /** What a bound that the supplied numbers cannot support lacks. */
  private static final String NO_GAP = "needs C_t, which score errors alone do not tell";

  private static final String NO_KL = "needs KL(p_T || q_T), which is not among the numbers";

  /**
   * Reads {@code {"diffusion": .., "sampler": {"churn": ..}, "startW2": ..}}, the first two as in a
   * configuration.
   *
   * @param dimension of the samples, for a drift matrix
   */
  public static Supplied read(Path file, int dimension) {
    JsonInput in = JsonInput.read(file);
    Diffusion diffusion =
        ConfigurationReader.checked(
            in, () -> DiffusionReader.read(in.object("diffusion"), dimension));
    double churn = 1;
    if (in.has("sampler")) {
      JsonInput sampler = in.object("sampler");
      churn = sampler.number("churn", 1);
      if (!(churn >= 0)) {
        throw sampler.error("churn", "must be >= 0, got " + churn);
      }
      sampler.finish();
    }
    double start = in.number("startW2");
    if (!(start >= 0)) {
      throw in.error("startW2", "must be >= 0 (0 if the sampler starts from p_T), got " + start);
    }
    in.finish();
    return new Supplied(diffusion, new ReverseFamily(churn), start);
  }

  /**
   * The bounds against a distance.
   *
   * @param w2 between the samples
   * @param times of the score errors, increasing, in [0, T]
   * @param m at the times
   * @param ls at the times
   */
  public List<BoundCheck> checks(Estimate w2, double[] times, double[] m, double[] ls) {
    SuppliedProfile profile = new SuppliedProfile(diffusion, family, times, m, ls);
    List<BoundCheck> checks = new ArrayList<>();
    TheoremFormula theorem = TheoremFormula.theorem();
    checks.add(check(Evaluation.THEOREM, w2, of(profile, theorem)));
    checks.add(check(Evaluation.PAPER, w2, of(profile, TheoremFormula.paper())));
    checks.add(check(Evaluation.SCORE_MATCHING, w2, ofLoss(profile)));
    if (diffusion instanceof VariancePreserving && family.churn() == 1) {
      TheoremFormula ddpm = theorem.withRate(p -> 0.5 * p.gSquared() + p.gSquared() * p.ls());
      checks.add(check(Evaluation.DDPM, w2, of(profile, ddpm)));
    }
    checks.add(BoundCheck.notApplicable(Evaluation.DENOISING, NO_GAP));
    checks.add(BoundCheck.notApplicable(Evaluation.KL, NO_KL));
    return checks;
  }

  /** {@code log I(T)} with the supplied L_s, linear between the times. */
  public double logI(double[] times, double[] m, double[] ls) {
    return TheoremFormula.theorem()
        .evaluate(new SuppliedProfile(diffusion, family, times, m, ls).at(End.VALUE), startW2)
        .logI();
  }

  private LogEstimate of(SuppliedProfile profile, TheoremFormula formula) {
    TheoremFormula.Evaluated lower = formula.evaluate(profile.at(End.LOWER), startW2);
    TheoremFormula.Evaluated value = formula.evaluate(profile.at(End.VALUE), startW2);
    TheoremFormula.Evaluated upper = formula.evaluate(profile.at(End.UPPER), startW2);
    double error =
        Math.max(value.relativeError(), Math.max(lower.relativeError(), upper.relativeError()));
    return bracket(lower.logBound(), value.logBound(), upper.logBound(), error);
  }

  private LogEstimate ofLoss(SuppliedProfile profile) {
    LossFormula formula = LossFormula.scoreMatching();
    LossFormula.Evaluated lower = formula.evaluate(profile.at(End.LOWER), startW2, 0);
    LossFormula.Evaluated value = formula.evaluate(profile.at(End.VALUE), startW2, 0);
    LossFormula.Evaluated upper = formula.evaluate(profile.at(End.UPPER), startW2, 0);
    double error =
        Math.max(value.relativeError(), Math.max(lower.relativeError(), upper.relativeError()));
    return bracket(lower.logBound(), value.logBound(), upper.logBound(), error);
  }

  private static LogEstimate bracket(double lower, double value, double upper, double error) {
    double e = Math.min(0.5, error);
    return new LogEstimate(
        value,
        Math.min(value, lower) + Math.log1p(-e),
        Math.max(value, upper) + Math.log1p(e),
        Evidence.SUPPLIED);
  }

  private static BoundCheck check(String name, Estimate w2, LogEstimate right) {
    BoundCheck check = BoundCheck.compare(name, w2, right);
    if (check.verdict() == Verdict.INCONCLUSIVE && Math.log(w2.lower()) > right.logUpper()) {
      return new BoundCheck(
          name,
          check.left(),
          check.right(),
          Verdict.INCONCLUSIVE,
          false,
          "the supplied numbers do not fit together: W2 is above the bound");
    }
    return check;
  }

  /**
   * A lower bound of the W2 between the laws that two clouds of independent points were drawn from,
   * by a fitted convex potential on the halves that it was not fitted to; empty for few points.
   *
   * @param x d x m
   * @param y d x n
   * @param error probability that it lies above
   * @param random puts the points in an order of its own, since files are often sorted
   */
  public static OptionalDouble lower(
      double[] x, double[] y, int d, double error, RandomStream random) {
    int least = Math.min(x.length, y.length) / d;
    if (least < LEAST_POINTS) {
      return OptionalDouble.empty();
    }
    double[] a = shuffled(x, d, random.child(0));
    double[] b = shuffled(y, d, random.child(1));
    int halfX = a.length / d / 2 * d;
    int halfY = b.length / d / 2 * d;
    ConvexPotential u =
        PotentialFit.fit(Arrays.copyOf(a, halfX), Arrays.copyOf(b, halfY), d, false).potential();
    MeanInterval first = MeanInterval.of(u.first(Arrays.copyOfRange(a, halfX, a.length)));
    MeanInterval second = MeanInterval.of(u.second(Arrays.copyOfRange(b, halfY, b.length)));
    double squared = first.lower(0.5 * error) + second.lower(0.5 * error) + u.offset();
    return OptionalDouble.of(Math.sqrt(Math.max(0, squared)));
  }

  private static double[] shuffled(double[] x, int d, RandomStream random) {
    double[] out = x.clone();
    double[] keep = new double[d];
    for (int i = out.length / d - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      System.arraycopy(out, i * d, keep, 0, d);
      System.arraycopy(out, j * d, out, i * d, d);
      System.arraycopy(keep, 0, out, j * d, d);
    }
    return out;
  }
}
