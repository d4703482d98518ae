package org.scorebound.linalg;

import java.util.Locale;

/**
 * Elementwise non-linearities of a network, with their slopes.
 *
 * <p>{@link #value} and {@link #slope} are the reference definitions in {@link Math}; the batch
 * kernels are in {@link Kernels}. NaN gives NaN.
 */
public enum Activation {
  /** {@code log(1 + e^z)}, slope {@code 1/(1+e^-z)} in (0, 1). */
  SOFTPLUS {
    @Override
    public double value(double z) {
      return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    @Override
    public double slope(double z) {
      return logistic(z);
    }

    @Override
    public double largestSlope() {
      return 1;
    }
  },

  /** {@code tanh z}, slope {@code 1 - tanh^2 z} in (0, 1]. */
  TANH {
    @Override
    public double value(double z) {
      return Math.tanh(z);
    }

    @Override
    public double slope(double z) {
      double h = Math.tanh(z);
      return (1 - h) * (1 + h);
    }

    @Override
    public double largestSlope() {
      return 1;
    }
  },

  /** {@code z/(1+e^-z)}, also called swish; its slope lies in (-0.0999, 1.0999). */
  SILU {
    @Override
    public double value(double z) {
      return z == Double.NEGATIVE_INFINITY ? -0.0 : z * logistic(z);
    }

    @Override
    public double slope(double z) {
      if (Double.isInfinite(z)) {
        return z > 0 ? 1 : 0;
      }
      double s = logistic(z);
      return s + z * s * logistic(-z);
    }

    @Override
    public double largestSlope() {
      return 1.09983932012887;
    }
  },

  /** {@code max(z, 0)}, slope 0 for {@code z <= 0} and 1 above. */
  RELU {
    @Override
    public double value(double z) {
      return z < 0 ? 0 : z;
    }

    @Override
    public double slope(double z) {
      if (Double.isNaN(z)) {
        return Double.NaN;
      }
      return z > 0 ? 1 : 0;
    }

    @Override
    public double largestSlope() {
      return 1;
    }
  };

  /** The value at {@code z}. */
  public abstract double value(double z);

  /** The derivative at {@code z}. */
  public abstract double slope(double z);

  /** An upper bound of {@code |slope|} over the real line, the Lipschitz constant. */
  public abstract double largestSlope();

  /** The spelling used on the command line and in result documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code 1/(1+e^-z)} without overflow. */
  private static double logistic(double z) {
    double e = Math.exp(-Math.abs(z));
    return (z < 0 ? e : 1) / (1 + e);
  }
}
