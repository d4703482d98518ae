package org.scorebound.sde;

import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.score.ScoreModel;

/**
 * {@code W2(p_0, q_0)} from both sides by simulation; {@link DistanceSides} says how.
 *
 * <p>Where paths leave the range of numbers the steps are halved, some times; if they still do, the
 * result is {@code [0, Infinity]}, merely estimated, which decides nothing.
 *
 * <p>The value is the coupling's root mean square, an upper estimate.
 */
public final class CoupledDistance {

  /** One-sided error probability of each end of the interval. */
  public static final double LEVEL = 1e-6;

  /** Steps per unit of {@code int rho dt}. */
  private static final double STEPS_PER_UNIT = 3;

  private static final int MIN_STEPS = 24;
  private static final int MAX_STEPS = 400;

  /** How often the steps are doubled where paths leave the range of numbers. */
  private static final int DOUBLINGS = 3;

  /** What is known where even many steps lead out of the range of numbers: nothing. */
  public static final Estimate UNRESOLVED =
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

  /**
   * The same on a grid with more steps, and with somebody who sees its points.
   *
   * @param factor how many times as many steps as {@link #paths} begins with
   */
  public SynchronousCoupling.Ends observed(
      int n, RandomStream random, int factor, PathObserver observer) {
    return new SynchronousCoupling(sampler, grid(Double.NaN, factor), kernels)
        .run(n, random, Double.NaN, observer);
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
    return way(ends, LEVEL);
  }

  /** The same, each end of the interval with an error probability. */
  public Estimate way(SynchronousCoupling.Ends ends, double error) {
    if (!ends.isFinite()) {
      return UNRESOLVED;
    }
    double[] ones = ones();
    DistanceSides.Extrapolated way =
        DistanceSides.Extrapolated.of(
            SynchronousCoupling.squaredDistances(ends.yAtMark(), ends.y(), ones),
            SynchronousCoupling.squaredDistances(ends.yCoarseAtMark(), ends.yCoarse(), ones));
    double value = Math.sqrt(Math.max(0, way.mean()));
    return Estimate.of(
        value,
        Math.min(value, Math.sqrt(Math.max(0, way.lower(error)))),
        Math.max(value, Math.sqrt(Math.max(0, way.upper(error)))),
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
    return sides(ends, scales).w2(LEVEL);
  }

  /**
   * Both sides with what they are made of.
   *
   * @param ends coupled ends, all finite
   * @param scales d factors > 0
   */
  public DistanceSides sides(SynchronousCoupling.Ends ends, double[] scales) {
    return new DistanceSides(ends, sampler.score().process().data(), scales);
  }

  /** The same in the units of the data; empty where paths ran away. */
  public Optional<DistanceSides> sides(SynchronousCoupling.Ends ends) {
    return ends.isFinite() ? Optional.of(sides(ends, ones())) : Optional.empty();
  }

  private double[] ones() {
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    return ones;
  }
}
