package org.scorebound.sde;

import java.util.Arrays;
import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.score.ScoreField;
import org.scorebound.score.ScoreModel;

/**
 * Simulates the exact reverse process x and the model's y with the same noise, from coupled starts.
 * Additive noise cancels in x - y, and {@code sqrt(E|x_0 - y_0|^2) >= W2(p_0, q_0)}.
 *
 * <p>Scheme: Heun's predictor–corrector on the drift with additive noise (weak order 2 for noise
 * independent of the state; Kloeden and Platen 1992, doi:10.1007/978-3-662-12616-5, section 14.1),
 * on a grid and on every second of its points along the same Brownian path. For a statistic with
 * values a (fine) and b (coarse), {@code a + (a - b)/3} is used and {@code |a - b|} stated as the
 * step error, three times what the order promises.
 */
public final class SynchronousCoupling {

  /** Beyond this, fourth powers of a path would overflow. */
  private static final double LARGEST = 1e70;

  private final ScoreModel model;
  private final ScoreModel exact;
  private final Diffusion diffusion;
  private final Sampler sampler;
  private final Kernels kernels;
  private final TimeGrid grid;
  private final int d;

  /**
   * A coupling.
   *
   * @param sampler the model's sampler
   * @param grid an even number of steps; every second point is the coarse grid
   */
  public SynchronousCoupling(Sampler sampler, TimeGrid grid) {
    this(sampler, grid, Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with batches on the given kernels. */
  public SynchronousCoupling(Sampler sampler, TimeGrid grid, Kernels kernels) {
    if (grid.steps() % 2 != 0) {
      throw new IllegalArgumentException(
          "grid must have an even number of steps, got " + grid.steps());
    }
    this.sampler = sampler;
    this.kernels = kernels;
    this.model = sampler.score();
    this.exact = new ExactScore(model.process());
    this.diffusion = model.process().diffusion();
    this.grid = grid;
    this.d = model.dimension();
  }

  /**
   * The ends at t = 0 of n coupled paths, each array d x n.
   *
   * @param x the exact process, fine grid
   * @param y the model, fine grid
   * @param xCoarse the exact process, coarse grid
   * @param yCoarse the model, coarse grid
   * @param yAtMark the model at the marked time, fine grid; empty if none was marked
   * @param yCoarseAtMark the model at the marked time, coarse grid; empty likewise
   */
  public record Ends(
      double[] x,
      double[] y,
      double[] xCoarse,
      double[] yCoarse,
      double[] yAtMark,
      double[] yCoarseAtMark) {

    /** Whether no path has left the range within which squares are numbers. */
    public boolean isFinite() {
      return isFinite(x) && isFinite(y) && isFinite(xCoarse) && isFinite(yCoarse);
    }

    private static boolean isFinite(double[] a) {
      double largest = 0;
      for (double v : a) {
        // NaN stays: it is neither larger nor smaller.
        largest = Math.max(largest, Math.abs(v));
      }
      return largest < LARGEST;
    }
  }

  /** Runs n paths. */
  public Ends run(int n, RandomStream random) {
    return run(n, random, Double.NaN);
  }

  /**
   * Runs n paths and keeps where the model is at one time on the way.
   *
   * @param mark a time of the coarse grid, or NaN for none
   */
  public Ends run(int n, RandomStream random, double mark) {
    return run(n, random, mark, PathObserver.NONE);
  }

  /** The same, with somebody who sees the fine grid's points. */
  public Ends run(int n, RandomStream random, double mark, PathObserver observer) {
    double[] atMark = new double[0];
    double[] coarseAtMark = new double[0];
    StartLaw.Pairs pairs =
        sampler.start().draw(model.process().marginal(grid.time(0)), n, random.child("start"));
    RandomStream noise = random.child("noise");
    Step x = new Step(pairs.x(), n);
    Step y = new Step(pairs.y(), n);
    Step xc = new Step(pairs.x(), n);
    Step yc = new Step(pairs.y(), n);
    double[] first = new double[d * n];
    double[] second = new double[d * n];
    boolean noisy = !sampler.family().isOde();
    Frame from = new Frame(grid.time(0));
    observer.at(from.seen(), x.state, y.state, n);
    for (int j = 0; j < grid.steps(); j += 2) {
      Frame middle = new Frame(grid.time(j + 1));
      Frame to = new Frame(grid.time(j + 2));
      if (noisy) {
        noise.fillGaussian(first, 0, first.length);
        noise.fillGaussian(second, 0, second.length);
        scale(first, noiseScale(grid.time(j + 1), from.t));
        scale(second, noiseScale(grid.time(j + 2), middle.t));
      }
      x.advance(from, middle, from.exact, middle.exact, first);
      y.advance(from, middle, from.model, middle.model, first);
      observer.at(middle.seen(), x.state, y.state, n);
      x.advance(middle, to, middle.exact, to.exact, second);
      y.advance(middle, to, middle.model, to.model, second);
      observer.at(to.seen(), x.state, y.state, n);
      for (int i = 0; i < first.length; i++) {
        first[i] += second[i];
      }
      xc.advance(from, to, from.exact, to.exact, first);
      yc.advance(from, to, from.model, to.model, first);
      if (to.t == mark) {
        atMark = y.state.clone();
        coarseAtMark = yc.state.clone();
      }
      from = to;
      if (grid.below(j + 2) < to.t) {
        from = new Frame(grid.below(j + 2));
        observer.at(from.seen(), x.state, y.state, n);
      }
    }
    return new Ends(x.state, y.state, xc.state, yc.state, atMark, coarseAtMark);
  }

  /** The standard deviation of {@code int sigma dw} over a step, by Simpson's rule on sigma^2. */
  private double noiseScale(double a, double b) {
    double variance =
        (b - a)
            / 6
            * (sampler.sigmaSquared(a)
                + 4 * sampler.sigmaSquared(0.5 * (a + b))
                + sampler.sigmaSquared(b));
    return Math.sqrt(variance);
  }

  private static void scale(double[] a, double s) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= s;
    }
  }

  /** The coefficients at one time. */
  private final class Frame {
    final double t;
    final double k;
    final double[][] drift;
    final ScoreField exact;
    final ScoreField model;

    Frame(double t) {
      this.t = t;
      this.k = sampler.k(t);
      this.drift = diffusion.drift(t, d);
      this.exact = SynchronousCoupling.this.exact.at(t, kernels);
      this.model = SynchronousCoupling.this.model.at(t, kernels);
    }

    PathObserver.Frame seen() {
      return new PathObserver.Frame(t, k, drift, exact, model);
    }
  }

  /** A batch of particles and the workspace of its steps. */
  private final class Step {
    final double[] state;
    private final double[] predicted;
    private final double[] rate;
    private final double[] predictedRate;
    private final double[] row;
    private final int n;

    Step(double[] start, int n) {
      this.n = n;
      state = start.clone();
      predicted = new double[state.length];
      rate = new double[state.length];
      predictedRate = new double[state.length];
      row = new double[d];
    }

    void advance(Frame from, Frame to, ScoreField atFrom, ScoreField atTo, double[] noise) {
      double h = from.t - to.t;
      drift(from, atFrom, state, rate);
      for (int i = 0; i < state.length; i++) {
        predicted[i] = state[i] + h * rate[i] + noise[i];
      }
      drift(to, atTo, predicted, predictedRate);
      for (int i = 0; i < state.length; i++) {
        state[i] += 0.5 * h * (rate[i] + predictedRate[i]) + noise[i];
      }
    }

    /** {@code k s - A x}, the drift in reversed time. */
    private void drift(Frame frame, ScoreField field, double[] x, double[] out) {
      field.scores(x, n, out);
      if (Matrices.isScaledIdentity(frame.drift)) {
        combine(frame.k, -frame.drift[0][0], x, out);
        return;
      }
      for (int o = 0; o < n * d; o += d) {
        System.arraycopy(x, o, row, 0, d);
        for (int i = 0; i < d; i++) {
          out[o + i] = frame.k * out[o + i] - Matrices.dot(frame.drift[i], row);
        }
      }
    }
  }

  /** {@code y = a y + b x}. */
  private static void combine(double a, double b, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = a * y[i] + b * x[i];
    }
  }

  /** {@code |diag(scales)(x_j - y_j)|^2} for each of n points. */
  public static double[] squaredDistances(double[] x, double[] y, double[] scales) {
    int d = scales.length;
    double[] s = new double[x.length / d];
    Arrays.setAll(
        s,
        j -> {
          double sum = 0;
          for (int i = 0; i < d; i++) {
            double gap = scales[i] * (x[j * d + i] - y[j * d + i]);
            sum += gap * gap;
          }
          return sum;
        });
    return s;
  }
}
