package org.scorebound.sde;

import org.scorebound.diffusion.Diffusion;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.score.ExactScore;
import org.scorebound.score.ScoreField;
import org.scorebound.score.ScoreModel;

/**
 * The theorem for two Euler–Maruyama chains, on which it has neither a sampling nor a step-size
 * error (THEORY.md section 2).
 *
 * <p>With the same noise, {@code x' = x + h(k grad log p(x) - A x) + xi} and {@code y' = y + h(k
 * s(y) - A y) + xi}, so {@code x' - y' = D + h k err}, {@code D = (x - y) + h(k(s(x) - s(y)) - A(x
 * - y))}, {@code err = grad log p(x) - s(x)}. Hence, for every pair, and by Minkowski for their
 * root mean squares,
 *
 * <pre>
 *   RMS_j &lt;= G_j RMS_{j+1} + h k RMS(err),    |D| &lt;= G_j |x - y|,   G_j = sup |I + h(k J_s - A)|_2
 * </pre>
 *
 * with the global G, two-sided since the lower end of the spectrum counts too, and with the
 * realised {@code gamma_j = RMS(D)/RMS(x - y)} in its place. Both are checked at every step, for
 * every pair and for the RMS, with no tolerance but rounding.
 *
 * <p>Rounding, a priori, u = 2^-53: every coordinate of a new state is a sum of at most {@code d +
 * 4} products of computed numbers, so it is off by at most {@code gamma_m} times the sum of their
 * magnitudes (Higham 2002, doi:10.1137/1.9780898718027, section 3.1), and likewise D; {@code m = 4d
 * + 32} covers both and the norms. Root mean squares add {@code (n + 4) u} relative. The scores are
 * the computed ones on both sides, so their own errors cancel, but for {@code |s(x) - s(y)| <= Lip
 * |x - y|}: there each evaluation is taken to be that of a point some ulps away, to some ulps:
 * {@link #EVALUATION}.
 */
public final class DiscreteTheorem {

  /**
   * Share of {@code |s| + Lip (|x| + scale)} that an evaluation of s may be off by: some hundred
   * roundings in a row (a mixture's exponentials, a network's layers) of at most 2 ulps each.
   */
  private static final double EVALUATION = 0x1p-43;

  private static final double UNIT = 0x1p-53;

  /** Beyond this, squares of a path would overflow. */
  private static final double LARGEST = 1e100;

  /** How the y-chain gets its noise. */
  public enum Noise {
    /** That of the x-chain. */
    SHARED,
    /** Its own: a wrong coupling, for the control. */
    OWN
  }

  /**
   * What bounds a step's map over all of R^d.
   *
   * @param gain at least {@code sup |I + h(k J_s - A)|_2}; may be infinite
   * @param norm at least {@code sup |J_s|_2}; may be infinite
   */
  public record Amplification(double gain, double norm) {}

  /** The amplification of steps. */
  public interface Amplifications {
    /** Of the step of length h whose coefficients are read at t. */
    Amplification at(double t, double h);
  }

  /**
   * What a run showed.
   *
   * @param pairs coupled paths
   * @param steps steps that were checked; fewer than the grid's where paths left the range of
   *     numbers
   * @param checked inequalities: two for every pair and every step, two for every step
   * @param violations how many failed by more than rounding
   * @param worst largest {@code (left - right)/rounding} of an inequality; at most 1 without a
   *     violation
   * @param relative largest {@code left/right - 1} of the RMS inequalities with the global G and
   *     with the realised one
   * @param coupled {@code RMS_0}, an upper bound of W2 between the two clouds of ends
   * @param realised {@code e_0} of {@code e_j = gamma_j e_{j+1} + h k RMS(err)}, {@code e_N =
   *     RMS_N}
   * @param logGlobal logarithm of the same with G_j for gamma_j
   */
  public record Result(
      int pairs,
      int steps,
      long checked,
      long violations,
      double worst,
      double relative,
      double coupled,
      double realised,
      double logGlobal) {

    /** Nothing was simulated. */
    public static final Result NONE =
        new Result(0, 0, 0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN);
  }

  private final Sampler sampler;
  private final ScoreModel model;
  private final ScoreModel exact;
  private final Diffusion diffusion;
  private final Kernels kernels;
  private final Amplifications amplifications;
  private final int d;

  /** The chains of a sampler. */
  public DiscreteTheorem(Sampler sampler, Kernels kernels, Amplifications amplifications) {
    this.sampler = sampler;
    this.model = sampler.score();
    this.exact = new ExactScore(model.process());
    this.diffusion = model.process().diffusion();
    this.kernels = kernels;
    this.amplifications = amplifications;
    this.d = model.dimension();
  }

  /** Checks n pairs on the coarse grid of {@link CoupledDistance}. */
  public Result check(int n, RandomStream random) {
    TimeGrid fine = new CoupledDistance(sampler, kernels).grid(Double.NaN, 1);
    double[] times = new double[fine.steps() / 2 + 1];
    double[] reads = new double[times.length];
    for (int j = 0; j < times.length; j++) {
      times[j] = fine.time(2 * j);
      reads[j] = fine.below(2 * j);
    }
    return check(n, random, times, reads, Noise.SHARED);
  }

  /**
   * Checks n pairs on given times.
   *
   * @param times from T down to 0
   * @param reads where the coefficients of the step from each time are read
   */
  public Result check(int n, RandomStream random, double[] times, double[] reads, Noise noise) {
    Chains chains = new Chains(n, random, noise);
    int steps = 0;
    while (steps + 1 < times.length
        && chains.step(times[steps] - times[steps + 1], reads[steps], times[steps + 1])) {
      steps++;
    }
    return chains.result(steps);
  }

  /** {@code gamma_m = m u/(1 - m u)}. */
  private static double gamma(double m) {
    return m * UNIT / (1 - m * UNIT);
  }

  private final class Chains {
    private final int n;
    private final double[] x;
    private final double[] y;
    private final double[] exactAtX;
    private final double[] modelAtX;
    private final double[] modelAtY;
    private final double[] carried;
    private final double[] xi;
    private final double[] eta;
    private final double[] rounding;
    private final double[] before;
    private final RandomStream shared;
    private final RandomStream own;
    private final Noise noise;
    private final double roundingShare = gamma(4.0 * d + 32);
    private final double meanShare;
    private double rms;
    private double realised;
    private double logGlobal;
    private long checked;
    private long violations;
    private double worst = Double.NEGATIVE_INFINITY;
    private double relative = Double.NEGATIVE_INFINITY;

    Chains(int n, RandomStream random, Noise noise) {
      this.n = n;
      this.noise = noise;
      StartLaw.Pairs pairs =
          sampler
              .start()
              .draw(model.process().marginal(sampler.horizon()), n, random.child("start"));
      x = pairs.x().clone();
      y = pairs.y().clone();
      exactAtX = new double[x.length];
      modelAtX = new double[x.length];
      modelAtY = new double[x.length];
      carried = new double[x.length];
      xi = new double[x.length];
      eta = new double[x.length];
      rounding = new double[n];
      before = new double[n];
      shared = random.child("noise");
      own = random.child("own noise");
      meanShare = 2 * (n + 4) * UNIT;
      rms = 0;
      for (int j = 0; j < n; j++) {
        before[j] = distance(x, y, j);
        rms += before[j] * before[j] / n;
      }
      rms = Math.sqrt(rms);
      realised = rms;
      logGlobal = Math.log(rms);
    }

    Result result(int steps) {
      return new Result(n, steps, checked, violations, worst, relative, rms, realised, logGlobal);
    }

    /** One step; false where it left the range of numbers, and nothing is checked then. */
    boolean step(double h, double read, double to) {
      double k = sampler.k(read);
      double[][] a = diffusion.drift(read, d);
      ScoreField field = model.at(read, kernels);
      exact.at(read, kernels).scores(x, n, exactAtX);
      field.scores(x, n, modelAtX);
      field.scores(y, n, modelAtY);
      drawNoise(h, read, to);
      Amplification global = amplifications.at(read, h);
      double scale = Math.sqrt(largestSquare());
      double hk = h * k;
      double[] evaluation = new double[n];
      double errors = 0;
      double carriedSquares = 0;
      double roundingSquares = 0;
      double evaluationSquares = 0;
      double[] error = new double[n];
      double[] nextX = new double[d * n];
      double[] nextY = new double[d * n];
      double aNorm = Math.sqrt(Matrices.frobenius(a, a));
      for (int j = 0; j < n; j++) {
        int o = j * d;
        advance(h, hk, a, o, nextX, nextY);
        error[j] = distance(exactAtX, modelAtX, j);
        double length = norm(carried, j);
        double sizes =
            2 * (norm(x, j) + norm(y, j)) * (1 + h * aNorm)
                + norm(xi, j)
                + norm(eta, j)
                + 3 * hk * (norm(exactAtX, j) + norm(modelAtX, j) + norm(modelAtY, j));
        rounding[j] = roundingShare * sizes;
        evaluation[j] =
            hk
                * EVALUATION
                * (norm(modelAtX, j)
                    + norm(modelAtY, j)
                    + global.norm() * (norm(x, j) + norm(y, j) + 2 * scale));
        errors += error[j] * error[j] / n;
        carriedSquares += length * length / n;
        roundingSquares += rounding[j] * rounding[j] / n;
        evaluationSquares += evaluation[j] * evaluation[j] / n;
      }
      if (!finite(nextX) || !finite(nextY)) {
        return false;
      }
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double after = distance(nextX, nextY, j);
        double length = norm(carried, j);
        inequality(after, length + hk * error[j], rounding[j]);
        inequality(length, global.gain() * before[j], rounding[j] + evaluation[j]);
        before[j] = after;
        squares += after * after / n;
      }
      double next = Math.sqrt(squares);
      double delta = hk * Math.sqrt(errors);
      double mean = Math.sqrt(roundingSquares);
      double carriedRms = Math.sqrt(carriedSquares);
      double byRealised = carriedRms + delta;
      double byGlobal = global.gain() * rms + delta;
      inequality(next, byRealised, mean + meanShare * (next + byRealised));
      if (Double.isFinite(byGlobal)) {
        double room = mean + Math.sqrt(evaluationSquares) + meanShare * (next + byGlobal);
        inequality(next, byGlobal, room);
        relative = Math.max(relative, excess(next, byGlobal, room));
      }
      relative = Math.max(relative, excess(next, byRealised, mean));
      double gain = rms == 0 ? 0 : carriedRms / rms;
      realised = gain * realised + delta;
      // Infinity times a distance of 0 is 0 here.
      double grown =
          logGlobal == Double.NEGATIVE_INFINITY ? logGlobal : Math.log(global.gain()) + logGlobal;
      logGlobal = logSum(grown, Math.log(delta));
      rms = next;
      System.arraycopy(nextX, 0, x, 0, x.length);
      System.arraycopy(nextY, 0, y, 0, y.length);
      return true;
    }

    private double excess(double left, double right, double room) {
      return left <= right + room
          ? Math.min(0, left / Math.max(right, Double.MIN_NORMAL) - 1)
          : left / Math.max(right, Double.MIN_NORMAL) - 1;
    }

    private void inequality(double left, double right, double room) {
      if (!Double.isFinite(right)) {
        return;
      }
      checked++;
      double missed = left - right;
      violations += missed <= room ? 0 : 1;
      if (room > 0) {
        worst = Math.max(worst, missed / room);
      }
    }

    private void advance(double h, double hk, double[][] a, int o, double[] nextX, double[] nextY) {
      for (int i = 0; i < d; i++) {
        double ax = 0;
        double ay = 0;
        double agap = 0;
        for (int l = 0; l < d; l++) {
          ax += a[i][l] * x[o + l];
          ay += a[i][l] * y[o + l];
          agap += a[i][l] * (x[o + l] - y[o + l]);
        }
        nextX[o + i] = x[o + i] + (hk * exactAtX[o + i] - h * ax) + xi[o + i];
        nextY[o + i] = y[o + i] + (hk * modelAtY[o + i] - h * ay) + eta[o + i];
        carried[o + i] =
            (x[o + i] - y[o + i]) + (hk * (modelAtX[o + i] - modelAtY[o + i]) - h * agap);
      }
    }

    /** The standard deviation of {@code int sigma dw}, by Simpson's rule on sigma^2. */
    private void drawNoise(double h, double from, double to) {
      if (sampler.family().isOde()) {
        return;
      }
      double scale =
          Math.sqrt(
              h
                  / 6
                  * (sampler.sigmaSquared(from)
                      + 4 * sampler.sigmaSquared(0.5 * (from + to))
                      + sampler.sigmaSquared(to)));
      fill(shared, xi, scale);
      if (noise == Noise.OWN) {
        fill(own, eta, scale);
      } else {
        System.arraycopy(xi, 0, eta, 0, xi.length);
      }
    }

    private static void fill(RandomStream random, double[] to, double scale) {
      random.fillGaussian(to, 0, to.length);
      for (int i = 0; i < to.length; i++) {
        to[i] *= scale;
      }
    }

    /** The largest {@code |x|^2} of the batch: the scale of the data. */
    private double largestSquare() {
      double largest = 0;
      for (int j = 0; j < n; j++) {
        double r = norm(x, j);
        largest = Math.max(largest, r * r);
      }
      return largest;
    }

    private boolean finite(double[] state) {
      for (double v : state) {
        if (!(Math.abs(v) < LARGEST)) {
          return false;
        }
      }
      return true;
    }

    private double norm(double[] v, int j) {
      double sum = 0;
      for (int i = j * d; i < (j + 1) * d; i++) {
        sum += v[i] * v[i];
      }
      return Math.sqrt(sum);
    }

    private double distance(double[] v, double[] w, int j) {
      double sum = 0;
      for (int i = j * d; i < (j + 1) * d; i++) {
        sum += (v[i] - w[i]) * (v[i] - w[i]);
      }
      return Math.sqrt(sum);
    }
  }

  private static double logSum(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY || max == Double.POSITIVE_INFINITY
        ? max
        : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }
}
