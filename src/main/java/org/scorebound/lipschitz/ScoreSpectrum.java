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
 * {@code |c| |diag(a) F|_2} to the norm and either end. Networks: {@link
 * NetworkScore#lipschitzUpper}.
 *
 * @param lowest at most every eigenvalue of sym J; {@code -Infinity} where none is proved
 * @param highest at least every eigenvalue of sym J, the one-sided constant
 * @param norm at least {@code |J|_2} everywhere, the two-sided constant
 */
public record ScoreSpectrum(double lowest, double highest, double norm) {

  /** Checks {@code lowest <= highest <= norm}. */
  public ScoreSpectrum {
    if (!(lowest <= highest && highest <= norm)) {
      throw new IllegalArgumentException(
          "spectrum must satisfy lowest <= highest <= norm, got "
              + lowest
              + ", "
              + highest
              + ", "
              + norm);
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
      case NetworkScore n -> network(NetworkScore.lipschitzUpper(n.frozen(t)), highest);
      case LinearErrorScore l -> throw new AssertionError("affine");
    };
  }

  private static ScoreSpectrum network(double norm, double highest) {
    double widest = Math.max(norm, highest);
    return new ScoreSpectrum(Math.min(highest, -norm), highest, widest);
  }

  private static ScoreSpectrum perturbed(PerturbedScore p, double t, double highest) {
    double slope = Math.abs(p.profile().at(t)) * norm(p.perturbation());
    double lowest = Math.min(highest, floor(p.process().marginal(t)) - slope);
    // The mixture's own Hessian is symmetric and at most highest + slope.
    double norm = Math.max(-lowest, Math.abs(highest) + 2 * slope);
    return new ScoreSpectrum(lowest, highest, norm);
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
    return new ScoreSpectrum(lowest, highest, Math.max(Math.abs(lowest), Math.abs(highest)));
  }
}
