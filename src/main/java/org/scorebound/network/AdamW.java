package org.scorebound.network;

import org.scorebound.linalg.Kernels;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter 2019, arXiv 1711.05101), preceded by
 * clipping of the gradient's Euclidean norm and fused with an exponential moving average of the
 * parameters.
 *
 * <p>The state (moments, average, step count) is held here; a step allocates nothing. Not
 * thread-safe.
 */
public final class AdamW {

  /** As in common implementations of clipping, keeps the factor finite for a zero gradient. */
  private static final double CLIP_EPSILON = 1e-6;

  private final Kernels kernels;
  private final Options options;
  private final double[] m;
  private final double[] v;
  private final double[] average;
  private int t;

  /**
   * The constants of the optimiser.
   *
   * @param rate learning rate
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @param epsilon added to the root
   * @param decay weight decay, decoupled: a step multiplies by {@code 1 - rate decay}
   * @param clipNorm largest norm of the gradient; infinite for none
   * @param averageDecay share of the old average kept in a step
   */
  public record Options(
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      double clipNorm,
      double averageDecay) {

    /** Checks ranges. */
    public Options {
      positive("rate", rate);
      share("beta1", beta1);
      share("beta2", beta2);
      positive("epsilon", epsilon);
      if (!(decay >= 0) || !(rate * decay < 1)) {
        throw new IllegalArgumentException(
            "decay must be >= 0 and rate * decay < 1, got " + rate + " * " + decay);
      }
      positive("clipNorm", clipNorm);
      share("averageDecay", averageDecay);
    }

    /** The published setting: rate 1e-3, decay 0.01, gradient norm clipped at 1, average 0.9. */
    public static Options published() {
      return new Options(1e-3, 0.9, 0.999, 1e-8, 0.01, 1, 0.9);
    }

    private static void positive(String name, double x) {
      if (!(x > 0)) {
        throw new IllegalArgumentException(name + " must be > 0, got " + x);
      }
    }

    private static void share(String name, double x) {
      if (!(x >= 0 && x < 1)) {
        throw new IllegalArgumentException(name + " must be in [0, 1), got " + x);
      }
    }
  }

  /**
   * An optimiser at rest.
   *
   * @param theta the parameters it will move, from which the average starts
   */
  public AdamW(Kernels kernels, Options options, double[] theta) {
    this.kernels = kernels;
    this.options = options;
    this.m = new double[theta.length];
    this.v = new double[theta.length];
    this.average = theta.clone();
  }

  /**
   * Moves {@code theta} against the gradient.
   *
   * @return the norm of the gradient before clipping
   * @throws IllegalStateException if that norm is not finite; nothing has been changed then
   */
  public double step(double[] theta, double[] gradient) {
    if (theta.length != m.length || gradient.length != m.length) {
      throw new IllegalArgumentException(
          "theta and gradient must have length "
              + m.length
              + ", got "
              + theta.length
              + " and "
              + gradient.length);
    }
    double norm = kernels.norm(gradient.length, gradient, 0);
    if (!Double.isFinite(norm)) {
      throw new IllegalStateException(
          "gradient norm must be finite, got " + norm + " at step " + (t + 1));
    }
    t++;
    double scale = Math.min(1, options.clipNorm() / (norm + CLIP_EPSILON));
    double stepSize = options.rate() / (1 - Math.pow(options.beta1(), t));
    double rootCorrection = 1 / Math.sqrt(1 - Math.pow(options.beta2(), t));
    kernels.adamW(
        m.length,
        theta,
        gradient,
        m,
        v,
        average,
        scale,
        options.beta1(),
        options.beta2(),
        stepSize,
        rootCorrection,
        options.epsilon(),
        1 - options.rate() * options.decay(),
        options.averageDecay());
    return norm;
  }

  /** The moving average of the parameters, live. */
  public double[] average() {
    return average;
  }

  /** Steps taken. */
  public int steps() {
    return t;
  }

  /** Everything but the parameters: both moments, the average, the steps taken; 3 P + 1 numbers. */
  public double[] state() {
    int p = m.length;
    double[] state = new double[3 * p + 1];
    System.arraycopy(m, 0, state, 0, p);
    System.arraycopy(v, 0, state, p, p);
    System.arraycopy(average, 0, state, 2 * p, p);
    state[3 * p] = t;
    return state;
  }

  /** Goes on from what {@link #state} gave; the same steps give the same bits. */
  public void restore(double[] state) {
    int p = m.length;
    if (state.length != 3 * p + 1) {
      throw new IllegalArgumentException(
          "state must have length " + (3 * p + 1) + ", got " + state.length);
    }
    System.arraycopy(state, 0, m, 0, p);
    System.arraycopy(state, p, v, 0, p);
    System.arraycopy(state, 2 * p, average, 0, p);
    t = (int) state[3 * p];
  }
}
