package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.scorebound.bound.ModelProfile;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.SampledError;
import org.scorebound.score.ScoreError;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.CoupledMoments;
import org.scorebound.sde.DistanceSides;
import org.scorebound.sde.MomentFlow;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.transport.ConvexPotential;
import org.scorebound.transport.MeanInterval;
import org.scorebound.transport.PotentialFit;

/**
 * How often the statistical intervals hold the truth, on Gaussian data with affine scores, where
 * all of it is known in closed form: W2 by moment equations and Bures' formula, the coupling's mean
 * square and the model's way by the moment equations of the pair, the dual value of a quadratic
 * potential by the moments of both laws, m(t) by its formula. The intervals come from the classes
 * that the verdicts use, at 95 and 99 % in place of 1 - 1e-6.
 *
 * <p>Two-sided intervals have half of the error probability at each end, bounds of W2 the whole of
 * it at theirs. The step error is part of every interval and makes it wider; bounds that are no
 * equalities are met more often than stated. So a coverage counts as stated unless it is too small:
 * the upper end of its Clopper–Pearson interval, at error probability {@link #BINOMIAL} in all,
 * lies below the level.
 */
public final class Coverage {

  /** The levels. */
  public static final List<Double> LEVELS = List.of(0.95, 0.99);

  /** Error probability of the binomial intervals, two-sided. */
  public static final double BINOMIAL = 1e-4;

  private static final int SAMPLES = 500;

  private Coverage() {}

  /**
   * One interval's coverage on one configuration.
   *
   * @param interval what it is an interval of, and its direction
   * @param configuration the configuration's name
   * @param truth what it must hold; of a fitted potential's dual value, the last one
   * @param level the stated level
   * @param repetitions how often it was made
   * @param covered how often it held the truth
   * @param lower end of the binomial interval of the coverage
   * @param upper the other end
   * @param asStated whether the upper end is at least the level
   */
  public record Row(
      String interval,
      String configuration,
      double truth,
      double level,
      int repetitions,
      int covered,
      double lower,
      double upper,
      boolean asStated) {

    /** {@code covered / repetitions}. */
    public double share() {
      return (double) covered / repetitions;
    }

    static Row of(
        String interval, String configuration, double truth, double level, int n, int covered) {
      double half = 0.5 * BINOMIAL;
      double lower =
          covered == 0
              ? 0
              : new BetaDistribution(covered, n - covered + 1).inverseCumulativeProbability(half);
      double upper =
          covered == n
              ? 1
              : new BetaDistribution(covered + 1, n - covered)
                  .inverseCumulativeProbability(1 - half);
      return new Row(
          interval, configuration, truth, level, n, covered, lower, upper, upper >= level);
    }
  }

  /** The closed-form family. */
  public static List<Configuration> family() {
    return List.of(
        named(
            "two dimensions, SDE, start moved",
            Families.doc(
                "type",
                "gaussian",
                "mean",
                new double[] {0.5, -0.3},
                "cov",
                new double[][] {{0.6, 0.2}, {0.2, 0.4}}),
            1,
            Families.doc(
                "type",
                "linear-error",
                "scale",
                0.9,
                "shift",
                0.05,
                "offset",
                new double[] {0.2, -0.1}),
            Families.doc("type", "translated", "by", new double[] {0.1, 0.2})),
        named(
            "one dimension, ODE, normal start",
            Families.doc(
                "type", "gaussian", "mean", new double[] {0.3}, "cov", new double[][] {{0.5}}),
            0,
            Families.doc("type", "linear-error", "scale", 0.8),
            Families.doc("type", "standard-normal")),
        named(
            "three dimensions, churn .5, Gaussian start",
            Families.doc(
                "type",
                "gaussian",
                "mean",
                new double[] {0.2, 0, -0.4},
                "cov",
                new double[][] {{1, 0.3, 0}, {0.3, 0.5, 0}, {0, 0, 0.3}}),
            0.5,
            Families.doc("type", "linear-error", "scale", 1.15, "shift", -0.05),
            Families.doc(
                "type",
                "gaussian",
                "mean",
                new double[] {0.1, 0.1, 0},
                "cov",
                new double[][] {{1.2, 0.1, 0}, {0.1, 0.8, 0}, {0, 0, 1}})));
  }

  private static Configuration named(
      String name,
      Map<String, Object> data,
      double churn,
      Map<String, Object> score,
      Map<String, Object> start) {
    return Families.read(
        Families.doc(
            "name",
            name,
            "data",
            data,
            "diffusion",
            Families.doc(
                "type",
                "vp",
                "schedule",
                Families.doc("type", "linear", "betaMin", 0.1, "betaMax", 6.0),
                "horizon",
                1.0),
            "sampler",
            Families.doc("churn", churn),
            "score",
            score,
            "start",
            start));
  }

  /** Whether one interval held the truth, at each level. */
  private record Held(String interval, double truth, List<Boolean> atLevels) {}

  /**
   * Measures.
   *
   * @param repetitions of each configuration, at least 1
   * @param paths of each repetition
   * @param seed repetition r has the stream {@code seed / "coverage" / configuration / r}
   * @param threads workers; no number depends on them
   */
  public static List<Row> measure(
      int repetitions, int paths, long seed, int threads, Kernels kernels, Progress progress) {
    List<Configuration> family = family();
    RandomStream root = RandomStream.root(seed).child("coverage");
    List<List<Held>> all =
        Campaign.parallel(
            repetitions * family.size(),
            threads,
            progress,
            "repetitions",
            i ->
                once(
                    family.get(i % family.size()),
                    paths,
                    root.child(i % family.size()).child(i / family.size()),
                    kernels));
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < family.size(); c++) {
      Map<String, int[]> covered = new LinkedHashMap<>();
      Map<String, Double> truths = new LinkedHashMap<>();
      for (int i = c; i < all.size(); i += family.size()) {
        for (Held held : all.get(i)) {
          int[] counts = covered.computeIfAbsent(held.interval(), k -> new int[LEVELS.size() + 1]);
          truths.put(held.interval(), held.truth());
          counts[LEVELS.size()]++;
          for (int l = 0; l < LEVELS.size(); l++) {
            counts[l] += held.atLevels().get(l) ? 1 : 0;
          }
        }
      }
      for (Map.Entry<String, int[]> entry : covered.entrySet()) {
        for (int l = 0; l < LEVELS.size(); l++) {
          rows.add(
              Row.of(
                  entry.getKey(),
                  family.get(c).name(),
                  truths.getOrDefault(entry.getKey(), Double.NaN),
                  LEVELS.get(l),
                  entry.getValue()[LEVELS.size()],
                  entry.getValue()[l]));
        }
      }
    }
    return rows;
  }

  /** Whether an interval at an error probability holds. */
  private interface Test {
    boolean holds(double error);
  }

  private static Held held(String interval, double truth, Test test) {
    List<Boolean> atLevels = new ArrayList<>();
    for (double level : LEVELS) {
      atLevels.add(test.holds(1 - level));
    }
    return new Held(interval, truth, atLevels);
  }

  private static List<Held> once(Configuration c, int paths, RandomStream random, Kernels kernels) {
    Sampler sampler = c.sampler();
    double mark = ModelProfile.T_MIN_SHARE * sampler.horizon();
    MomentFlow moments = new MomentFlow(sampler);
    CoupledMoments pair = new CoupledMoments(sampler);
    double w2 = moments.distance(0).value();
    double rms = Math.sqrt(pair.squaredDistance(0));
    double way = Math.sqrt(pair.squaredWay(mark));
    CoupledDistance distance = new CoupledDistance(sampler, kernels);
    SynchronousCoupling.Ends ends = distance.paths(paths, random.child("paths"), mark);
    DistanceSides sides = distance.sides(ends).orElseThrow();
    List<Held> all = new ArrayList<>();
    all.add(
        held(
            "root mean square of the coupling, both ends",
            rms,
            e -> sides.coupling(0.5 * e).contains(rms)));
    all.add(held("W2 from above, coupling", w2, e -> w2 <= sides.coupling(e).upper()));
    all.add(held("W2 from below, Gelbrich", w2, e -> sides.gelbrich(e) <= w2));
    all.add(held("W2 from below, fitted potential", w2, e -> sides.potential(e) <= w2));
    all.add(held("W2 from below, the larger of both", w2, e -> sides.w2(e).lower() <= w2));
    Optional<ConvexPotential> quadratic =
        sides.fitted().map(PotentialFit.Fitted::potential).filter(u -> u.pieces() == 0);
    if (quadratic.isPresent()) {
      double value = dualValue(quadratic.get(), sampler, moments);
      all.add(
          held(
              "dual value of a fitted quadratic, both ends",
              value,
              e -> sides.dual(0.5 * e).orElseThrow().contains(value)));
    }
    all.add(
        held(
            "the model's way from t_min to 0, both ends",
            way,
            e -> distance.way(ends, 0.5 * e).contains(way)));
    double t = 0.3 * sampler.horizon();
    double m = ScoreError.secondMoment(c.score(), t).value();
    MeanInterval sampled =
        SampledError.interval(c.score(), t, SAMPLES, random.child("score error"), kernels);
    all.add(
        held(
            "sampled m(t), both ends",
            m,
            e -> sampled.lower(0.5 * e) <= m && m <= sampled.upper(0.5 * e)));
    return all;
  }

  /** {@code E|x|^2 + E|y|^2 - 2 (E u(x) + E u*(y))} of a quadratic u, from the laws' moments. */
  static double dualValue(ConvexPotential u, Sampler sampler, MomentFlow moments) {
    double[] shift = moments.at(0).meanDifference();
    double[] m = sampler.score().process().mean(0);
    int d = m.length;
    double[] w = Matrices.subtract(m, u.centre());
    double[] z = new double[d];
    for (int i = 0; i < d; i++) {
      z[i] = m[i] + shift[i] - u.slopeAtCentre()[i];
    }
    double[][] v = sampler.score().process().covariance(0);
    double[][] second = moments.covariance(0);
    double[][] a = u.curvature();
    double[][] inverse = Matrices.inverseSpd(a);
    double[] gap = Matrices.subtract(u.centre(), u.slopeAtCentre());
    // |x|^2 - 2u = |w|^2 - w.A w, |y|^2 - 2u* = |z|^2 - z.A^-1 z, about the centres a and b.
    return Matrices.dot(gap, gap)
        + 2 * (Matrices.dot(gap, w) - Matrices.dot(gap, z))
        + Matrices.trace(v)
        - Matrices.frobenius(a, v)
        + Matrices.dot(w, w)
        - Matrices.dot(w, Matrices.multiply(a, w))
        + Matrices.trace(second)
        - Matrices.frobenius(inverse, second)
        + Matrices.dot(z, z)
        - Matrices.dot(z, Matrices.multiply(inverse, z));
  }
}
