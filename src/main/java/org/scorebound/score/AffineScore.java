package org.scorebound.score;

import org.jspecify.annotations.Nullable;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;

/**
 * An affine score at one time, {@code s(x) = S (x - m_t) + e}, beside the moments of {@code p_t}.
 *
 * @param mean m_t
 * @param covariance V_t
 * @param slope S, symmetric d x d
 * @param slopeError {@code D = S + V_t^{-1}}, formed without cancellation
 * @param valueAtMean e
 */
public record AffineScore(
    double[] mean,
    double[][] covariance,
    double[][] slope,
    double[][] slopeError,
    double[] valueAtMean) {

  /**
   * The affine form of a model at time t, or null where the model is not affine in x: linear scores
   * always are; exact ones and those with a constant added are for Gaussian data.
   */
  public static @Nullable AffineScore of(ScoreModel model, double t) {
    return switch (model) {
      case LinearErrorScore l -> l.affine(t);
      case NetworkScore n -> null;
      case ExactScore e ->
          e.process().data().isGaussian()
              ? gaussian(e.process().marginal(t), new double[e.dimension()])
              : null;
      case PerturbedScore p -> {
        if (!p.process().data().isGaussian()) {
          yield null;
        }
        yield switch (p.perturbation()) {
          case Perturbation.Constant c -> {
            double[] u = new double[c.dimension()];
            c.addTo(u, 0, p.profile().at(t), u);
            yield gaussian(p.process().marginal(t), u);
          }
          case Perturbation.Sine s -> null;
        };
      }
    };
  }

  private static AffineScore gaussian(GaussianMixture law, double[] value) {
    int d = law.dimension();
    return new AffineScore(
        law.componentMean(0),
        law.componentCovariance(0),
        Matrices.scale(-1, law.componentPrecision(0)),
        new double[d][d],
        value);
  }

  /** This map as a field, {@code s(x) = S x + (e - S m)}. */
  ScoreField field(Kernels kernels) {
    int d = mean.length;
    double[] flat = new double[d * d];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = slope[i % d][i / d];
    }
    double[] constant = Matrices.subtract(valueAtMean, Matrices.multiply(slope, mean));
    return new ScoreField() {
      @Override
      public void scores(double[] x, int n, double[] out) {
        for (int j = 0; j < n; j++) {
          System.arraycopy(constant, 0, out, j * d, d);
        }
        kernels.gemm(false, false, d, n, d, 1, flat, 0, d, x, 0, d, 1, out, 0, d);
      }

      @Override
      public double[][] jacobian(double[] x) {
        return Matrices.copy(slope);
      }
    };
  }
}
