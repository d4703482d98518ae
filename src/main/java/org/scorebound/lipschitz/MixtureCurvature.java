package org.scorebound.lipschitz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Matrices;

/**
 * {@code sup_x lambda_max(Hess log p(x))} of a Gaussian mixture.
 *
 * <p>With a common covariance, P its inverse and r the responsibilities, {@code Hess log p = -P + P
 * Cov_r(m) P}. Cases, tight to loose:
 *
 * <ul>
 *   <li>one component: {@code lambda_max(-P)}, exact;
 *   <li>one dimension, any covariances: {@link CurvatureSupremum}, exact to its gap;
 *   <li>means on a line with direction e: {@code lambda_max(-P + v P e e^T P)} with v the largest
 *       variance of the position on the line, itself a one-dimensional problem; for two components
 *       v = 1/4. Exact;
 *   <li>diagonal covariance and a product of axes (the four clusters): the largest over the axes,
 *       exact;
 *   <li>otherwise {@code u^T Cov_r(m) u <= (range of u.m)^2/4}, so the largest over the pairs of
 *       {@code lambda_max(-P + P d d^T P/4)}: certified, from below the Hessian at midpoints and
 *       means.
 * </ul>
 *
 * <p>With different covariances in two or more dimensions it is infinite in general (THEORY row 12)
 * and is never given a finite value.
 */
final class MixtureCurvature {

  private static final double[] NO_WAVE = {0, 0, 0};

  /** At most so many pairs have their midpoint tried for the sampled value... */
  private static final int MIDPOINTS = 100;

  /** ...and fewer where one Hessian costs so much that this many operations are passed. */
  private static final double OPERATIONS = 2e6;

  private final double gap;

  /** Curvatures to a gap relative to the largest curvature scale. */
  MixtureCurvature(double gap) {
    this.gap = gap;
  }

  /** Whether a finite supremum is proved. */
  static boolean isFinite(GaussianMixture law) {
    return law.dimension() == 1 || law.hasCommonCovariance();
  }

  /**
   * The supremum for a law with {@link #isFinite}.
   *
   * @param squaredDiameter the largest squared distance of two means, asked for only where it is
   *     needed
   */
  OneSidedConstant supremum(GaussianMixture law, DoubleSupplier squaredDiameter) {
    if (law.isGaussian()) {
      return OneSidedConstant.exact(
          Matrices.largestEigenvalue(Matrices.scale(-1, law.componentPrecision(0))),
          "closed form (Gaussian)");
    }
    if (law.dimension() == 1) {
      return onLine(law, NO_WAVE);
    }
    double[] direction = Matrices.subtract(law.componentMean(1), law.componentMean(0));
    double[] positions = positionsOnLine(law, direction);
    if (positions.length > 0) {
      return collinear(law, direction, positions);
    }
    OneSidedConstant product = productOfAxes(law);
    return product != null ? product : pairs(law, squaredDiameter);
  }

  /** One dimension, plus {@code A cos(f x + phi)} given as {A, f, phi}. */
  OneSidedConstant onLine(GaussianMixture law, double[] wave) {
    int k = law.size();
    double[] w = new double[k];
    double[] m = new double[k];
    double[] v = new double[k];
    for (int i = 0; i < k; i++) {
      w[i] = law.weight(i);
      m[i] = law.componentMean(i)[0];
      v[i] = law.componentCovariance(i)[0][0];
    }
    return new CurvatureSupremum(w, m, v, wave[0], wave[1], wave[2], gap).solve();
  }

  private static double[] positionsOnLine(GaussianMixture law, double[] direction) {
    double length = Matrices.norm(direction);
    double[] origin = law.componentMean(0);
    double[] positions = new double[law.size()];
    if (length == 0) {
      return new double[0];
    }
    double largest = 0;
    for (int i = 0; i < positions.length; i++) {
      largest = Math.max(largest, Matrices.norm(law.componentMean(i)));
    }
    // A forward process moves each mean by its own rounding, some ulps of its size.
    double rounding = 16 * Math.ulp(largest);
    for (int i = 0; i < positions.length; i++) {
      double[] delta = Matrices.subtract(law.componentMean(i), origin);
      double s = Matrices.dot(delta, direction) / (length * length);
      double off = 0;
      for (int j = 0; j < delta.length; j++) {
        off = Math.max(off, Math.abs(delta[j] - s * direction[j]));
      }
      if (off > rounding * Math.max(1, Math.abs(s))) {
        return new double[0];
      }
      positions[i] = s;
    }
    return positions;
  }

  private OneSidedConstant collinear(GaussianMixture law, double[] direction, double[] positions) {
    double[][] p = law.componentPrecision(0);
    double[] pe = Matrices.multiply(p, direction);
    double low = 0.25;
    double high = 0.25;
    if (positions.length > 2) {
      // logits s_i (e.Px) - s_i^2 (e.Pe)/2: a mixture on the line with variance v = 1/(e.Pe),
      // whose curvature is -1/v + Var/v^2.
      double v = 1 / Matrices.dot(pe, direction);
      double[] w = new double[positions.length];
      double[] variances = new double[positions.length];
      for (int i = 0; i < w.length; i++) {
        w[i] = law.weight(i);
        variances[i] = v;
      }
      OneSidedConstant line = new CurvatureSupremum(w, positions, variances, 0, 0, 0, gap).solve();
      low = v * v * (line.sampled() + 1 / v);
      high = v * v * (line.certified() + 1 / v);
    }
    double[][] minusP = Matrices.scale(-1, p);
    return new OneSidedConstant(
        Matrices.largestEigenvalue(Matrices.addOuter(minusP, low, pe, pe)),
        Matrices.largestEigenvalue(Matrices.addOuter(minusP, high, pe, pe)),
        positions.length == 2
            ? "closed form (two components)"
            : "means on a line: branch and bound on the line");
  }

  /** Where weights and means factor over the axes, the largest over the axes; else null. */
  private @Nullable OneSidedConstant productOfAxes(GaussianMixture law) {
    double[][] c = law.componentCovariance(0);
    if (!Matrices.isDiagonal(c) || law.size() > 256) {
      return null;
    }
    int d = law.dimension();
    List<TreeMap<Double, Double>> axes = new ArrayList<>();
    long cells = 1;
    for (int j = 0; j < d; j++) {
      TreeMap<Double, Double> axis = new TreeMap<>();
      for (int i = 0; i < law.size(); i++) {
        axis.merge(law.componentMean(i)[j] + 0.0, law.weight(i), Double::sum);
      }
      axes.add(axis);
      cells *= axis.size();
      if (cells > law.size()) {
        return null;
      }
    }
    if (cells != law.size()) {
      return null;
    }
    for (int i = 0; i < law.size(); i++) {
      double product = 1;
      for (int j = 0; j < d; j++) {
        product *= axes.get(j).getOrDefault(law.componentMean(i)[j] + 0.0, 0.0);
      }
      if (Math.abs(product - law.weight(i)) > 1e-14) {
        return null;
      }
    }
    double low = Double.NEGATIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < d; j++) {
      int n = axes.get(j).size();
      double[] means = new double[n];
      double[] weights = new double[n];
      double[] variances = new double[n];
      int i = 0;
      for (Map.Entry<Double, Double> e : axes.get(j).entrySet()) {
        means[i] = e.getKey();
        weights[i] = e.getValue();
        variances[i++] = c[j][j];
      }
      OneSidedConstant axis =
          new CurvatureSupremum(weights, means, variances, 0, 0, 0, gap).solve();
      low = Math.max(low, axis.sampled());
      high = Math.max(high, axis.certified());
    }
    return new OneSidedConstant(low, high, "product of axes: branch and bound on each");
  }

  private static OneSidedConstant pairs(GaussianMixture law, DoubleSupplier squaredDiameter) {
    double[][] p = law.componentPrecision(0);
    double high = Double.NEGATIVE_INFINITY;
    if (Matrices.isScaledIdentity(p)) {
      high = -p[0][0] + 0.25 * p[0][0] * p[0][0] * squaredDiameter.getAsDouble();
    } else {
      double[][] minusP = Matrices.scale(-1, p);
      for (int i = 0; i < law.size(); i++) {
        for (int j = 0; j < i; j++) {
          double[] pd =
              Matrices.multiply(p, Matrices.subtract(law.componentMean(i), law.componentMean(j)));
          high =
              Math.max(high, Matrices.largestEigenvalue(Matrices.addOuter(minusP, 0.25, pd, pd)));
        }
      }
    }
    return new OneSidedConstant(
        Math.min(high, sampled(law)), high, "largest pair of components (certified)");
  }

  /** The largest squared distance of two component means; O(k^2 d). */
  static double squaredDiameter(GaussianMixture law) {
    double max = 0;
    for (int i = 0; i < law.size(); i++) {
      double[] a = law.componentMean(i);
      for (int j = 0; j < i; j++) {
        double[] b = law.componentMean(j);
        double s = 0;
        for (int c = 0; c < a.length; c++) {
          s += (a[c] - b[c]) * (a[c] - b[c]);
        }
        max = Math.max(max, s);
      }
    }
    return max;
  }

  /** The largest {@code lambda_max} of the Hessian at midpoints of pairs, in a fixed order. */
  private static double sampled(GaussianMixture law) {
    MixtureEvaluator evaluator = law.evaluator();
    int k = law.size();
    double best = Double.NEGATIVE_INFINITY;
    int total = k * (k - 1) / 2;
    double hessianCost = (double) k * law.dimension() * law.dimension();
    int tries = (int) Math.max(2, Math.min(MIDPOINTS, OPERATIONS / hessianCost));
    int stride = Math.max(1, total / tries);
    int index = 0;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < i; j++) {
        if (index++ % stride == 0) {
          double[] x = law.componentMean(i).clone();
          for (int c = 0; c < x.length; c++) {
            x[c] = 0.5 * (x[c] + law.componentMean(j)[c]);
          }
          best = Math.max(best, Matrices.largestEigenvalue(evaluator.hessian(x)));
        }
      }
    }
    return best;
  }
}
