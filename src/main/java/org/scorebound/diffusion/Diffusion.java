package org.scorebound.diffusion;

/**
 * A forward process {@code dx = A(t) x dt + g(t) dw} on [0, T] with drift linear in x. Its
 * transition from 0 is Gaussian: {@code x_t = M(t) x_0 + N(0, Q(t))}.
 *
 * <p>Matrices are d x d; scalar processes give multiples of the identity. All in closed form, exact
 * to rounding.
 */
public sealed interface Diffusion
    permits VariancePreserving, VarianceExploding, SubVariancePreserving, OrnsteinUhlenbeck {

  /** The horizon T. */
  double horizon();

  /** {@code g(t)^2}. */
  double gSquared(double t);

  /** The drift matrix {@code A(t)}. */
  double[][] drift(double t, int dimension);

  /** {@code M(t)}, the mean's propagator from 0 to t. */
  double[][] propagator(double t, int dimension);

  /** {@code Q(t)}, the covariance of {@code x_t} given {@code x_0}. */
  double[][] noiseCovariance(double t, int dimension);

  /**
   * The one-sided Lipschitz constant of {@code -f}: the largest eigenvalue of {@code sym(-A(t))}.
   * Exact.
   */
  double driftOneSided(double t);

  /** The Lipschitz constant {@code L_f(t)}, the spectral norm of A(t). Exact. */
  double driftLipschitz(double t);

  /** The times inside (0, T) where the coefficients are not smooth, increasing. */
  double[] breakpoints();

  /** The only dimension this process lives in, or 0 for any. */
  default int fixedDimension() {
    return 0;
  }
}
