package org.scorebound.diffusion;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;

/**
 * A data law under a forward process: the exact marginals {@code p_t}.
 *
 * @param data p_0
 * @param diffusion the process
 */
public record ForwardProcess(GaussianMixture data, Diffusion diffusion) {

  /** Checks the dimensions. */
  public ForwardProcess {
    int d = diffusion.fixedDimension();
    if (d != 0 && d != data.dimension()) {
      throw new IllegalArgumentException(
          "diffusion.drift is "
              + d
              + " x "
              + d
              + " but the data have dimension "
              + data.dimension());
    }
  }

  /** The dimension d. */
  public int dimension() {
    return data.dimension();
  }

  /** {@code p_t}, exact. */
  public GaussianMixture marginal(double t) {
    return t == 0
        ? data
        : data.pushForward(
            diffusion.propagator(t, dimension()), diffusion.noiseCovariance(t, dimension()));
  }

  /** {@code m_t = M(t) m_0}. */
  public double[] mean(double t) {
    return Matrices.multiply(diffusion.propagator(t, dimension()), data.mean());
  }

  /** {@code V_t = M(t) V_0 M(t)^T + Q(t)}. */
  public double[][] covariance(double t) {
    double[][] m = diffusion.propagator(t, dimension());
    return Matrices.addScaled(
        Matrices.congruence(m, data.covariance()), 1, diffusion.noiseCovariance(t, dimension()));
  }
}
