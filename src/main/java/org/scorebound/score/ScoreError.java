package org.scorebound.score;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.result.Estimate;

/**
 * {@code m(t) = E_{p_t} |grad log p_t - s(., t)|^2}, the score-matching loss at one time.
 *
 * <p>Closed forms: 0 for the exact score; {@code c^2 E|e|^2} for a perturbation; for an affine
 * score {@code S(x - a)}, by integration by parts {@code E[grad log p . S(x - a)] = -tr S}, so
 * {@code m = J + 2 tr S + tr(S V S^T) + |S(m - a)|^2} with J the Fisher information; for Gaussian
 * data {@code tr(D V D^T) + |S(m - a)|^2} with {@code D = S + V^{-1}}, without cancellation. Affine
 * scores of mixtures in two or more dimensions, and networks: {@link SampledError}.
 */
public final class ScoreError {

  private ScoreError() {}

  /** m(t) of a model, under the marginal of its own process. */
  public static Estimate secondMoment(ScoreModel model, double t) {
    return secondMoment(model, t, Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with samples evaluated on the given kernels. */
  public static Estimate secondMoment(ScoreModel model, double t, Kernels kernels) {
    return switch (model) {
      case ExactScore e -> Estimate.exact(0, 0);
      case PerturbedScore p -> {
        double c = p.profile().at(t);
        yield Estimate.exact(c * c * p.perturbation().secondMoment(p.process().marginal(t)), 0);
      }
      case LinearErrorScore l -> linear(l, t, kernels);
      case NetworkScore n -> SampledError.secondMoment(n, t, kernels);
    };
  }

  private static Estimate linear(LinearErrorScore score, double t, Kernels kernels) {
    GaussianMixture law = score.process().marginal(t);
    AffineScore a = score.affine(t);
    double atMean = Matrices.dot(a.valueAtMean(), a.valueAtMean());
    if (law.isGaussian()) {
      double[][] d = a.slopeError();
      return Estimate.exact(
          atMean + Matrices.frobenius(Matrices.multiply(d, a.covariance()), d), 0);
    }
    if (law.dimension() > 1) {
      return SampledError.secondMoment(score, t, kernels);
    }
    double rest =
        2 * Matrices.trace(a.slope())
            + Matrices.frobenius(Matrices.multiply(a.slope(), a.covariance()), a.slope())
            + atMean;
    Estimate fisher = FisherInformation.of(law);
    return Estimate.of(
        Math.max(0, fisher.value() + rest),
        Math.max(0, fisher.lower() + rest),
        Math.max(0, fisher.upper() + rest),
        fisher.kind());
  }
}
