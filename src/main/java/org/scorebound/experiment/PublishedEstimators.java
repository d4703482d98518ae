package org.scorebound.experiment;

import java.util.function.IntFunction;
import org.scorebound.linalg.Kernels;
import org.scorebound.score.ExactScore;
import org.scorebound.score.ScoreField;

/**
 * Estimators as the published code has them, for comparison; none of them is a bound of anything.
 *
 * <p>{@code L_s}: the largest difference quotient {@code (s(x) - s(y)).(x - y)/|x - y|^2} over all
 * pairs of the 10 x 10 grid {0, .1, .., .9}^2. For the exact score of the published clusters (sd
 * .0125, schedule 1e-5..1e-2) it gives {@code log I(T) = 15.9} where the supremum gives 883.
 */
final class PublishedEstimators {

  /** Directions of the sliced distance. */
  static final int DIRECTIONS = 100;

  private static final int GRID = 10;
  private static final double SPACING = 0.1;

  private PublishedEstimators() {}

  /** {@code L_s} by difference quotients over the grid; from below. */
  static double gridLipschitz(ScoreField field) {
    int n = GRID * GRID;
    double[] x = new double[2 * n];
    for (int i = 0; i < n; i++) {
      int row = i / GRID;
      x[2 * i] = SPACING * (i % GRID);
      x[2 * i + 1] = SPACING * row;
    }
    double[] s = new double[2 * n];
    field.scores(x, n, s);
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double dx = x[2 * i] - x[2 * j];
        double dy = x[2 * i + 1] - x[2 * j + 1];
        double inner = (s[2 * i] - s[2 * j]) * dx + (s[2 * i + 1] - s[2 * j + 1]) * dy;
        best = Math.max(best, inner / (dx * dx + dy * dy));
      }
    }
    return best;
  }

  /** The grid's {@code L_s} of every step of a field given by its right ends. */
  static double[] gridLipschitz(IntFunction<ScoreField> fields, int steps) {
    double[] ls = new double[steps];
    for (int k = 0; k < steps; k++) {
      ls[k] = gridLipschitz(fields.apply(k));
    }
    return ls;
  }

  /** {@code log I(T) = int beta/2 + beta L_s}, piecewise constant. */
  static double logI(NoiseSchedule noise, double[] ls) {
    double sum = 0;
    double h = noise.horizon() / noise.steps();
    for (int k = 0; k < ls.length; k++) {
      sum += h * noise.betas().get(k) * (0.5 + ls[k]);
    }
    return sum;
  }

  /** The exact score at the right end of step k. */
  static ScoreField exact(Setting setting, int k, Kernels kernels) {
    double t = setting.noise().horizon() * (k + 1) / setting.noise().steps();
    return new ExactScore(setting.process()).at(t, kernels);
  }
}
