package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.SpectralNorm;

/**
 * What is done to the weight matrices after each optimiser step to hold down the Lipschitz
 * constant. Biases and gains are left alone.
 */
public sealed interface WeightConstraint {

  /** Brings theta back to the constraint; may follow it up to a lag that is stated. */
  void apply(Mlp mlp, double[] theta);

  /** Brings theta into the constraint for certain, without memory of earlier calls. */
  void project(Mlp mlp, double[] theta);

  /** What {@link #apply} remembers between calls; empty for most. */
  default double[] memory() {
    return new double[0];
  }

  /** Goes on from what {@link #memory} gave. */
  default void recall(double[] memory) {}

  /** No constraint. */
  record None() implements WeightConstraint {
    @Override
    public void apply(Mlp mlp, double[] theta) {}

    @Override
    public void project(Mlp mlp, double[] theta) {}
  }

  /**
   * Every entry of every W into {@code [-limit, limit]} (Arjovsky, Chintala and Bottou 2017).
   *
   * @param limit largest magnitude, above 0
   */
  record Clip(double limit) implements WeightConstraint {
    /** Checks the limit. */
    public Clip {
      if (!(limit > 0)) {
        throw new IllegalArgumentException("limit must be > 0, got " + limit);
      }
    }

    @Override
    public void apply(Mlp mlp, double[] theta) {
      for (int l = 0; l < mlp.architecture().layers(); l++) {
        int from = mlp.weightOffset(l);
        for (int i = from; i < mlp.biasOffset(l); i++) {
          theta[i] = Math.clamp(theta[i], -limit, limit);
        }
      }
    }

    @Override
    public void project(Mlp mlp, double[] theta) {
      apply(mlp, theta);
    }
  }

  /**
   * Every W divided by its spectral norm, after Miyato et al. 2018 (arXiv 1802.05957): the norm is
   * followed by one power iteration per step from where the last one ended. Here the matrix itself
   * is projected, to norm {@code limit} where it exceeds it; there the loss sees the quotient and
   * the gradient runs through it. The followed norm is a lower estimate, so the constraint holds up
   * to its lag; {@link SpectralNorm#upper} certifies.
   */
  final class Spectral implements WeightConstraint {
    private final double limit;
    private final double[][] v;
    private final double[][] u;

    /**
     * Starts the power iterations.
     *
     * @param architecture of the network
     * @param limit largest spectral norm, above 0
     */
    public Spectral(Architecture architecture, double limit) {
      if (!(limit > 0)) {
        throw new IllegalArgumentException("limit must be > 0, got " + limit);
      }
      this.limit = limit;
      v = new double[architecture.layers()][];
      u = new double[architecture.layers()][];
      for (int l = 0; l < v.length; l++) {
        v[l] = SpectralNorm.startVector(architecture.fanIn(l));
        u[l] = new double[architecture.fanOut(l)];
      }
    }

    @Override
    public void apply(Mlp mlp, double[] theta) {
      for (int l = 0; l < v.length; l++) {
        int from = mlp.weightOffset(l);
        double sigma = SpectralNorm.follow(theta, from, u[l].length, v[l].length, u[l], v[l], 1);
        if (sigma > limit) {
          mlp.kernels().scal(u[l].length * v[l].length, limit / sigma, theta, from);
        }
      }
    }

    @Override
    public void project(Mlp mlp, double[] theta) {
      for (int l = 0; l < v.length; l++) {
        int from = mlp.weightOffset(l);
        double norm = SpectralNorm.upper(theta, from, u[l].length, v[l].length);
        if (norm > limit) {
          mlp.kernels().scal(u[l].length * v[l].length, limit / norm, theta, from);
        }
      }
    }

    @Override
    public double[] memory() {
      return Arrays.stream(v).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public void recall(double[] memory) {
      int at = 0;
      for (double[] part : v) {
        System.arraycopy(memory, at, part, 0, part.length);
        at += part.length;
      }
    }
  }
}
