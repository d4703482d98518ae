package org.scorebound.sde;

import java.util.Arrays;
import java.util.TreeSet;
import org.apache.commons.math3.special.Erf;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.ScoreModel;

/**
 * {@code W2(p_0, q_0)} from both sides by simulation.
 *
 * <p>Upper: the root mean square of the {@link SynchronousCoupling}. Lower: the distance of the
 * marginal moments, {@code W2^2 >= sum_i (mean difference_i)^2 + (sd difference_i)^2} over the
 * coordinates (Gelbrich 1990, doi:10.1002/mana.19901470121, for each coordinate, and {@code W2^2}
 * of laws is at least the sum over the coordinates of an orthonormal frame), the model's moments
 * taken as those of p_0, known exactly, plus coupled differences, whose variance is small.
 *
 * <p>Where paths leave the range of numbers the steps are halved, some times; if they still do, the
 * result is {@code [0, Infinity]}, merely estimated, which decides nothing.
 *
 * <p>Each mean carries a normal interval at {@link #LEVEL} one-sided (split evenly over the 2d
 * moments for the lower end) and the step error on top. The value is the coupling's root mean
 * square, an upper estimate.
 */
public final class CoupledDistance {

  /** One-sided error probability of each end of the interval. */
  public static final double LEVEL = 1e-6;

  /** {@code Phi^{-1}(1 - 1e-6)}. */
  private static final double Z = 4.753424308822899;

  /** Steps per unit of {@code int rho dt}. */
  private static final double STEPS_PER_UNIT = 4;

  private static final int MIN_STEPS = 24;
  private static final int MAX_STEPS = 400;

  /** How often the steps are doubled where paths leave the range of numbers. */
  private static final int DOUBLINGS = 3;

  /** What is known where even many steps lead out of the range of numbers: nothing. */
  private static final Estimate UNRESOLVED =
      Estimate.of(0, 0, Double.POSITIVE_INFINITY, Evidence.ESTIMATED);

  private final Sampler sampler;
  private final Kernels kernels;
  private final int d;

  /** For a sampler of any kind. */
  public CoupledDistance(Sampler sampler) {
    this(sampler, Kernels.of(BackEnd.VECTOR));
  }

  /** The same, with batches on the given kernels. */
  public CoupledDistance(Sampler sampler, Kernels kernels) {
    this.sampler = sampler;
    this.kernels = kernels;
    this.d = sampler.score().dimension();
  }

  /**
   * The coarse grid's number of steps follows the stiffness; the grid is twice as fine.
   *
   * @param mark a time that is to be a point of the coarse grid, or NaN
   * @param factor how many times as many steps as that
   */
  TimeGrid grid(double mark, int factor) {
    ScoreModel model = sampler.score();
    double horizon = sampler.horizon();
    TimeGrid.Rate rho = this::stiffness;
    double total = 0;
    int m = 64;
    for (int i = 0; i < m; i++) {
      double a = horizon * i * (double) i / ((double) m * m);
      double b = horizon * (i + 1.0) * (i + 1.0) / ((double) m * m);
      total += (b - a) * rho.at(0.5 * (a + b));
    }
    int coarse = (int) Math.max(MIN_STEPS, Math.min(MAX_STEPS, Math.ceil(STEPS_PER_UNIT * total)));
    TreeSet<Double> points = new TreeSet<>();
    for (double jump : new ReverseTimeFlow(model).jumps()) {
      points.add(jump);
    }
    if (mark > 0 && mark < horizon) {
      points.add(mark);
    }
    return TimeGrid.graded(
        horizon,
        2 * factor * coarse,
        rho,
        points.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * How fast the coefficients act at time t: {@code |A| + k / (smallest component variance) + 1/T}.
   */
  private double stiffness(double t) {
    double[][] q = sampler.score().process().diffusion().noiseCovariance(t, d);
    double[][] m = sampler.score().process().diffusion().propagator(t, d);
    double variance = q[0][0] + m[0][0] * m[0][0] * dataVariance();
    return sampler.score().process().diffusion().driftLipschitz(t)
        + sampler.k(t) / Math.max(variance, 1e-300)
        + 1 / sampler.horizon();
  }

  private double dataVariance = Double.NaN;

  private double dataVariance() {
    if (Double.isNaN(dataVariance)) {
      dataVariance = sampler.score().process().data().smallestComponentVariance();
    }
    return dataVariance;
  }

  /**
   * Simulates n paths.
   *
   * @param n number of paths, at least 100
   * @param random the stream of this estimate
   */
  public Estimate estimate(int n, RandomStream random) {
    return estimate(paths(n, random));
  }

  /** The distance in the units of the data. */
  public Estimate estimate(SynchronousCoupling.Ends ends) {
    return estimate(ends, ones());
  }

  /** The coupled ends that {@link #estimate(SynchronousCoupling.Ends, double[])} reads. */
  public SynchronousCoupling.Ends paths(int n, RandomStream random) {
    return paths(n, random, Double.NaN);
  }

  /** The same, keeping where the model is at a time inside (0, T), or NaN for none. */
  public SynchronousCoupling.Ends paths(int n, RandomStream random, double mark) {
    SynchronousCoupling.Ends ends = run(n, random, mark, 1);
    for (int i = 1; i <= DOUBLINGS && !ends.isFinite(); i++) {
      ends = run(n, random, mark, 1 << i);
    }
    return ends;
  }

  private SynchronousCoupling.Ends run(int n, RandomStream random, double mark, int factor) {
    return new SynchronousCoupling(sampler, grid(mark, factor), kernels).run(n, random, mark);
  }

  /**
   * {@code sqrt(E|y_mark - y_0|^2) >= W2(q_mark, q_0)}: each path is a coupling of the model's laws
   * at its two ends.
   *
   * @param ends paths with a mark
   */
  public Estimate way(SynchronousCoupling.Ends ends) {
    double[] ones = ones();
    if (!ends.isFinite()) {
      return UNRESOLVED;
    }
    Mean way =
        Mean.extrapolated(
            SynchronousCoupling.squaredDistances(ends.yAtMark(), ends.y(), ones),
            SynchronousCoupling.squaredDistances(ends.yCoarseAtMark(), ends.yCoarse(), ones));
    double radius = Z * way.standardError() + way.step();
    return Estimate.of(
        Math.sqrt(Math.max(0, way.value())),
        Math.sqrt(Math.max(0, way.value() - radius)),
        Math.sqrt(Math.max(0, way.value() + radius)),
        Evidence.STATISTICAL);
  }

  /**
   * The distance after every coordinate is multiplied by a factor.
   *
   * @param ends coupled ends
   * @param scales d factors > 0
   */
  public Estimate estimate(SynchronousCoupling.Ends ends, double[] scales) {
    if (!ends.isFinite()) {
      return UNRESOLVED;
    }
    int n = ends.x().length / d;
    Mean distance =
        Mean.extrapolated(
            SynchronousCoupling.squaredDistances(ends.x(), ends.y(), scales),
            SynchronousCoupling.squaredDistances(ends.xCoarse(), ends.yCoarse(), scales));
    double value = Math.sqrt(Math.max(0, distance.value()));
    double upper =
        Math.sqrt(Math.max(0, distance.value() + Z * distance.standardError()) + distance.step());
    double lower = Math.min(value, lower(ends, n, scales));
    return Estimate.of(value, lower, upper, Evidence.STATISTICAL);
  }

  private double[] ones() {
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double lower(SynchronousCoupling.Ends ends, int n, double[] scales) {
    GaussianMixture data = sampler.score().process().data();
    double[] mean = data.mean();
    double[][] covariance = data.covariance();
    double z = bonferroni(2 * d);
    double sum = 0;
    double[] fine = new double[n];
    double[] coarse = new double[n];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < n; j++) {
        fine[j] = ends.y()[j * d + i] - ends.x()[j * d + i];
        coarse[j] = ends.yCoarse()[j * d + i] - ends.xCoarse()[j * d + i];
      }
      Mean shift = Mean.extrapolated(fine, coarse);
      for (int j = 0; j < n; j++) {
        fine[j] = squareGap(ends.y()[j * d + i], ends.x()[j * d + i], mean[i]);
        coarse[j] = squareGap(ends.yCoarse()[j * d + i], ends.xCoarse()[j * d + i], mean[i]);
      }
      Mean spread = Mean.extrapolated(fine, coarse);
      double shiftRadius = z * shift.standardError() + shift.step();
      double spreadRadius = z * spread.standardError() + spread.step();
      double shiftLow = Math.max(0, Math.abs(shift.value()) - shiftRadius);
      double shiftHigh = Math.abs(shift.value()) + shiftRadius;
      // Var y_i = Var x_i + E[(y - m)^2 - (x - m)^2] - (E y - m)^2.
      double variance = covariance[i][i];
      double high = variance + spread.value() + spreadRadius - shiftLow * shiftLow;
      double low = variance + spread.value() - spreadRadius - shiftHigh * shiftHigh;
      double sd = Math.sqrt(variance);
      double gap =
          Math.max(
              0, Math.max(Math.sqrt(Math.max(0, low)) - sd, sd - Math.sqrt(Math.max(0, high))));
      sum += scales[i] * scales[i] * (shiftLow * shiftLow + gap * gap);
    }
    return Math.sqrt(sum);
  }

  private static double squareGap(double y, double x, double m) {
    return (y - x) * (y + x - 2 * m);
  }

  /** Normal quantile of {@code 1 - LEVEL/(2 parts)}, each part being two-sided. */
  private static double bonferroni(int parts) {
    return Math.sqrt(2) * Erf.erfcInv(LEVEL / parts);
  }

  /**
   * A mean over paths, extrapolated in the step.
   *
   * @param value {@code a + (a - b)/3}
   * @param standardError of the value
   * @param step {@code |a - b|}
   */
  private record Mean(double value, double standardError, double step) {

    static Mean extrapolated(double[] fine, double[] coarse) {
      int n = fine.length;
      double a = 0;
      double b = 0;
      for (int j = 0; j < n; j++) {
        a += fine[j];
        b += coarse[j];
      }
      a /= n;
      b /= n;
      double value = a + (a - b) / 3;
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double e = fine[j] + (fine[j] - coarse[j]) / 3 - value;
        squares += e * e;
      }
      return new Mean(value, Math.sqrt(squares / (n - 1.0) / n), Math.abs(a - b));
    }
  }
}
