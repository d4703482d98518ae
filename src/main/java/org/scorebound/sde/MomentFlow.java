package org.scorebound.sde;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.AffineScore;
import org.scorebound.score.ScoreModel;
import org.scorebound.transport.GaussianW2;

/**
 * The law of the sampler in closed form where everything is Gaussian and affine: ordinary
 * differential equations for its mean and covariance, taken relative to those of {@code p_t}.
 *
 * <p>With {@code delta = E y - m_t} and {@code Delta = Cov y - V_t}, in reversed time {@code r = T
 * - t}, for {@code s(x) = S (x - m_t) + e} and {@code D = S + V_t^{-1}}:
 *
 * <pre>
 *   d delta / dr = -(A - k S) delta + k e
 *   d Delta / dr = -(A - k S) Delta - Delta (A - k S)^T + k (D V + V D^T) + (g^2 + sigma^2 - 2k) I
 * </pre>
 *
 * The last term is 0 for every member of the reverse family. Differences are integrated, so an
 * exact score started from {@code p_T} gives exactly 0. Dormand–Prince 8(5,3) of Commons Math
 * (Hairer, Norsett, Wanner 1993, doi:10.1007/978-3-540-78862-1) at two tolerances; their difference
 * is part of the error. Moments are kept, so a time is integrated to once. For one thread.
 */
public final class MomentFlow {

  private static final double FINE = 1e-13;
  private static final double COARSE = 1e-10;

  /** Rounding of the closed forms between the two ends, relative to the laws' scale. */
  private static final double ROUNDING = 1e-14;

  private final ScoreModel score;
  private final Diffusion diffusion;
  private final DoubleUnaryOperator k;
  private final DoubleUnaryOperator sigmaSquared;
  private final StartLaw start;
  private final int d;

  /** The fine integration's moments at the times read so far; each costs a run from T. */
  private final Map<Double, Moments> fine = new HashMap<>();

  /**
   * A flow.
   *
   * @param sampler a sampler with Gaussian data, an affine score and a Gaussian start
   */
  public MomentFlow(Sampler sampler) {
    this(sampler, sampler::k, sampler::sigmaSquared);
  }

  /** The same with other coefficients k and sigma^2 in the sampler, as the negative controls do. */
  public MomentFlow(Sampler sampler, DoubleUnaryOperator k, DoubleUnaryOperator sigmaSquared) {
    this.score = sampler.score();
    this.diffusion = score.process().diffusion();
    this.k = k;
    this.sigmaSquared = sigmaSquared;
    this.start = sampler.start();
    this.d = score.dimension();
    if (!applies(sampler)) {
      throw new IllegalArgumentException("moment equations need Gaussian data and an affine score");
    }
  }

  /** Whether the closed form applies. */
  public static boolean applies(Sampler sampler) {
    return sampler.score().process().data().isGaussian()
        && AffineScore.of(sampler.score(), sampler.horizon()) != null;
  }

  /**
   * The sampler's law at one time.
   *
   * @param meanDifference {@code E y - m_t}
   * @param covarianceDifference {@code Cov y - V_t}
   */
  public record Moments(double[] meanDifference, double[][] covarianceDifference) {}

  /** The moments at time t, at the fine tolerance; {@code V_t + Delta} is positive semidefinite. */
  public Moments at(double t) {
    Moments moments = fine(t);
    double[][] sum = sum(t, moments);
    return new SymmetricEigen(sum).min() >= 0
        ? moments
        : new Moments(
            moments.meanDifference(),
            Matrices.addScaled(semidefinite(sum), -1, score.process().covariance(t)));
  }

  /** {@code Cov y(t)}. */
  public double[][] covariance(double t) {
    return semidefinite(sum(t, fine(t)));
  }

  /** {@code W2(p_t, q_t)}, by Bures' formula. */
  public Estimate distance(double t) {
    Moments moments = fine(t);
    double fine = distance(t, moments);
    double coarse = distance(t, integrate(t, COARSE));
    double scale = Math.sqrt(Matrices.trace(score.process().covariance(t)));
    double error =
        fine == 0 && coarse == 0 ? 0 : Math.abs(fine - coarse) + ROUNDING * (scale + fine);
    double below = new SymmetricEigen(sum(t, moments)).min();
    if (below < 0) {
      // The law is a point to within rounding; standard deviations are uncertain by the root.
      error += Math.sqrt(-d * below);
    }
    return Estimate.of(fine, Math.max(0, fine - error), fine + error, Evidence.EXACT);
  }

  private double distance(double t, Moments moments) {
    double[][] v = score.process().covariance(t);
    if (isZero(moments.covarianceDifference())) {
      return Matrices.norm(moments.meanDifference());
    }
    return GaussianW2.between(
            moments.meanDifference(), semidefinite(sum(t, moments)), new double[d], v)
        .value();
  }

  /**
   * Negative eigenvalues, which come from rounding where the law is nearly a point, raised to 0.
   */
  private static double[][] semidefinite(double[][] covariance) {
    SymmetricEigen eigen = new SymmetricEigen(covariance);
    if (eigen.min() >= 0) {
      return covariance;
    }
    double[][] root = eigen.sqrt();
    return Matrices.multiplyTransposed(root, root);
  }

  private double[][] sum(double t, Moments moments) {
    return Matrices.symmetricPart(
        Matrices.addScaled(score.process().covariance(t), 1, moments.covarianceDifference()));
  }

  private static boolean isZero(double[][] a) {
    for (double[] row : a) {
      for (double x : row) {
        if (x != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private Moments fine(double t) {
    return fine.computeIfAbsent(t, x -> integrate(x, FINE));
  }

  private Moments integrate(double to, double tolerance) {
    double[] state =
        new ReverseTimeFlow(score)
            .integrate(initial(), to, this::derivative, 1e-2 * tolerance, tolerance);
    double[] delta = new double[d];
    double[][] cov = new double[d][d];
    System.arraycopy(state, 0, delta, 0, d);
    for (int i = 0; i < d; i++) {
      System.arraycopy(state, d + i * d, cov[i], 0, d);
    }
    return new Moments(delta, Matrices.symmetricPart(cov));
  }

  private double[] initial() {
    var end = score.process().marginal(diffusion.horizon());
    var law = start.law(end);
    double[] state = new double[d + d * d];
    for (int i = 0; i < d; i++) {
      state[i] = law.componentMean(0)[i] - end.componentMean(0)[i];
      for (int j = 0; j < d; j++) {
        state[d + i * d + j] = law.componentCovariance(0)[i][j] - end.componentCovariance(0)[i][j];
      }
    }
    return state;
  }

  private void derivative(double t, double[] y, double[] dy) {
    AffineScore affine = Objects.requireNonNull(AffineScore.of(score, t));
    double[][] a = diffusion.drift(t, d);
    double kt = k.applyAsDouble(t);
    double[][] v = affine.covariance();
    double[][] error = affine.slopeError();
    double[][] closed = Matrices.addScaled(a, -kt, affine.slope());
    double excess = diffusion.gSquared(t) + sigmaSquared.applyAsDouble(t) - 2 * kt;
    for (int i = 0; i < d; i++) {
      double s = kt * affine.valueAtMean()[i];
      for (int j = 0; j < d; j++) {
        s -= closed[i][j] * y[j];
      }
      dy[i] = s;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double s = i == j ? excess : 0;
        for (int l = 0; l < d; l++) {
          s += kt * (error[i][l] * v[l][j] + v[i][l] * error[j][l]);
          s -= closed[i][l] * y[d + l * d + j] + y[d + i * d + l] * closed[j][l];
        }
        dy[d + i * d + j] = s;
        dy[d + j * d + i] = s;
      }
    }
  }
}
