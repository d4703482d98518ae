package org.scorebound.lipschitz;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.score.AffineScore;
import org.scorebound.score.ExactScore;
import org.scorebound.score.LinearErrorScore;
import org.scorebound.score.NetworkScore;
import org.scorebound.score.Perturbation;
import org.scorebound.score.PerturbedScore;
import org.scorebound.score.ScoreModel;

/**
 * Where the Jacobian of a score lies, over all of R^d at one time: certified bounds of the spectrum
 * of its symmetric part and of its spectral norm, the two-sided Lipschitz constant.
 *
 * <p>Affine scores: exact. Mixtures: {@code Hess log p = E_r[-P_i] + Cov_r(g)} with the
 * responsibilities r, so the lower end is at least {@code -max lambda_max(P_i)}; a common
 * covariance attains it far out. Upper end: {@link ScoreLipschitz}. A sine field adds at most
 * {@code |c| |diag(a) F|_2} to the norm, the skew part and either end. Networks: {@link
 * NetworkSpectrum}.
 *
 * <p>For any matrix {@code M = P + Q}, P symmetric with its spectrum in {@code [m - r, m + r]}, Q
 * skew with {@code |Q|_2 <= q}:
 *
 * <pre>
 *   |M|_2 <= r + sqrt(m^2 + q^2).
 * </pre>
 *
 * <p>Proof. Let {@code |v| = 1, a = v.Pv}. Since {@code v.Qv = 0}, {@code |Mv|^2 = |Pv|^2 + 2 (Pv -
 * a v).Qv + |Qv|^2 <= a^2 + (s + q)^2} with {@code s^2 = |Pv|^2 - a^2}, the variance of P's
 * eigenvalues under the weights of v, at most {@code (m + r - a)(a - m + r)} (Bhatia and Davis
 * 2000, doi:10.1080/00029890.2000.12005203). With {@code a = m + r cos u}, {@code s <= r sin u},
 * that is at most {@code m^2 + r^2 + q^2 + 2 r (m cos u + q sin u)}, largest {@code (r + sqrt(m^2 +
 * q^2))^2}. In the plane the bound is attained, by {@code m I + q R + r diag(1, -1)}, R the quarter
 * turn.
 *
 * @param lowest at most every eigenvalue of sym J; {@code -Infinity} where none is proved
 * @param highest at least every eigenvalue of sym J, the one-sided constant
 * @param skew at least {@code |(J - J^T)/2|_2} everywhere
 * @param norm at least {@code |J|_2} everywhere, the two-sided constant
 */
public record ScoreSpectrum(double lowest, double highest, double skew, double norm) {

  /** Relative, of a few operations. */
  private static final double ROUNDING = 0x1p-50;

  /** Checks {@code lowest <= highest <= norm} and {@code 0 <= skew}. */
  public ScoreSpectrum {
    if (!(lowest <= highest && highest <= norm && skew >= 0)) {
      throw new IllegalArgumentException(
          "spectrum must satisfy lowest <= highest <= norm and skew >= 0, got "
              + lowest
              + ", "
              + highest
              + ", "
              + norm
              + " and "
              + skew);
    }
  }

  /** The spectrum of a model with finite L_s at time t. */
  public static ScoreSpectrum of(ScoreModel model, double t) {
    return of(
        model, t, new ScoreLipschitz(model, ScoreLipschitz.FINE_GAP, Kernels.of(BackEnd.VECTOR)));
  }

  /** The same with the profile of L_s at hand. */
  public static ScoreSpectrum of(ScoreModel model, double t, ScoreLipschitz lipschitz) {
    AffineScore affine = AffineScore.of(model, t);
    if (affine != null) {
      SymmetricEigen eigen = new SymmetricEigen(affine.slope());
      return symmetric(eigen.min(), eigen.max());
    }
    double highest = lipschitz.at(t).certified();
    return switch (model) {
      case ExactScore e -> symmetric(Math.min(highest, floor(e.process().marginal(t))), highest);
      case PerturbedScore p -> perturbed(p, t, highest);
      case NetworkScore n -> lipschitz.networkSpectrum(n, t);
      case LinearErrorScore l -> throw new AssertionError("affine");
    };
  }

  /** Certified bounds, each of which may improve another. */
  static ScoreSpectrum of(double lowest, double highest, double skew, double norm) {
    double both = Math.min(norm, norm(lowest, highest, skew) * (1 + ROUNDING));
    return new ScoreSpectrum(
        Math.max(lowest, -both), Math.min(highest, both), Math.min(skew, both), both);
  }

  private static double norm(double lowest, double highest, double skew) {
    return 0.5 * (highest - lowest) + Math.hypot(0.5 * (lowest + highest), skew);
  }

  /** That of c times the score, {@code c >= 0}. */
  ScoreSpectrum times(double c) {
    return new ScoreSpectrum(
        lowest * c - ROUNDING * Math.abs(lowest * c),
        highest * c + ROUNDING * Math.abs(highest * c),
        skew * c * (1 + ROUNDING),
        norm * c * (1 + 2 * ROUNDING));
  }

  /**
   * At least {@code sup |B + scale J|_2}, up to rounding.
   *
   * @param low at most every eigenvalue of sym B
   * @param high at least every eigenvalue of sym B
   * @param turn at least {@code |(B - B^T)/2|_2}
   * @param scale at least 0
   */
  public double amplification(double low, double high, double turn, double scale) {
    return norm(low + scale * lowest, high + scale * highest, turn + scale * skew);
  }

  private static ScoreSpectrum perturbed(PerturbedScore p, double t, double highest) {
    double slope = Math.abs(p.profile().at(t)) * norm(p.perturbation());
    double lowest = Math.min(highest, floor(p.process().marginal(t)) - slope);
    // The mixture's own Hessian is symmetric and at most highest + slope.
    double norm = Math.max(-lowest, Math.abs(highest) + 2 * slope);
    return of(lowest, highest, p.dimension() == 1 ? 0 : slope, norm);
  }

  private static double norm(Perturbation perturbation) {
    return switch (perturbation) {
      case Perturbation.Constant c -> 0;
      case Perturbation.Sine s -> {
        double[][] f = Matrices.copy(s.frequency());
        for (int i = 0; i < f.length; i++) {
          for (int j = 0; j < f.length; j++) {
            f[i][j] *= s.amplitude()[i];
          }
        }
        yield Matrices.spectralNorm(f);
      }
    };
  }

  /** {@code -max lambda_max(C_i^-1)}, below every eigenvalue of the Hessian. */
  private static double floor(GaussianMixture law) {
    return -1 / law.smallestComponentVariance();
  }

  private static ScoreSpectrum symmetric(double lowest, double highest) {
    return new ScoreSpectrum(lowest, highest, 0, Math.max(Math.abs(lowest), Math.abs(highest)));
  }
}
