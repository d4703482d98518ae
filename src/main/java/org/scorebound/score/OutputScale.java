package org.scorebound.score;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Matrices;

/**
 * {@code alpha_t} and {@code sigma_t} of {@code x_t = alpha_t x_0 + sigma_t eps}, with which a
 * network's output becomes a score; at the network's own times.
 */
public interface OutputScale {

  /** {@code alpha_t}. */
  double alpha(double t);

  /** {@code sigma_t > 0}. */
  double sigma(double t);

  /** Neither is needed: the output is the score itself. */
  static OutputScale none() {
    return new OutputScale() {
      @Override
      public double alpha(double t) {
        return 1;
      }

      @Override
      public double sigma(double t) {
        return 1;
      }
    };
  }

  /** One value per step, or one for all times if the arrays have length 1. */
  static OutputScale table(double[] alpha, double[] sigma) {
    double[] a = alpha.clone();
    double[] s = sigma.clone();
    return new OutputScale() {
      @Override
      public double alpha(double t) {
        return a[a.length == 1 ? 0 : (int) t];
      }

      @Override
      public double sigma(double t) {
        return s[s.length == 1 ? 0 : (int) t];
      }
    };
  }

  /**
   * Those of a process; time 0, where {@code sigma_t} vanishes, is for the caller to avoid.
   *
   * @throws IllegalArgumentException if the process is not a multiple of the identity at t
   */
  static OutputScale of(Diffusion diffusion, int d) {
    return new OutputScale() {
      @Override
      public double alpha(double t) {
        return scalar(diffusion.propagator(t, d));
      }

      @Override
      public double sigma(double t) {
        return Math.sqrt(scalar(diffusion.noiseCovariance(t, d)));
      }
    };
  }

  private static double scalar(double[][] m) {
    if (!Matrices.isScaledIdentity(m)) {
      throw new IllegalArgumentException(
          "the output needs a process that treats all directions alike; use output 'score'");
    }
    return m[0][0];
  }
}
