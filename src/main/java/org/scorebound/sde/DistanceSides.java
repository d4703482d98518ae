package org.scorebound.sde;

import java.util.Arrays;
import java.util.Optional;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.transport.MeanInterval;
import org.scorebound.transport.PotentialFit;

/**
 * {@code W2(p_0, q_0)} from both sides, from one set of synchronously coupled paths.
 *
 * <ul>
 *   <li>Upper: the root mean square of the coupling, {@code sqrt(E|x - y|^2)}.
 *   <li>Lower, moments: Gelbrich's bound (1990, doi:10.1002/mana.19901470121) along the axes of the
 *       covariance of p_0: {@code W2^2 >= sum_i (mean difference_i)^2 + (sd difference_i)^2} in any
 *       orthonormal frame, its least value over a joint confidence region of the 2d moments. Those
 *       of q_0 are those of p_0, known exactly, plus coupled differences, whose variance is small.
 *   <li>Lower, potential: {@code E|x - y|^2 - 2 E(u(x) + u*(y) - x.y)} for a convex u that was
 *       fitted to one half of the paths, on the other half: one mean, so one interval.
 *   <li>The plug-in distance between the points that u was fitted to: an estimate, biased upwards,
 *       shown and never used.
 * </ul>
 *
 * Each mean is over independent paths, with the limits of {@link MeanInterval}; the step error,
 * from every second point of the grid on the same Brownian paths, is added to each (see {@link
 * SynchronousCoupling}). Where both lower bounds are used they share the error probability evenly.
 */
public final class DistanceSides {

  /** Below this many paths nothing is fitted. */
  private static final int LEAST = 24;

  private final Extrapolated squared;
  private final Gelbrich gelbrich;
  private final Optional<PotentialFit.Fitted> fitted;
  private final Optional<Extrapolated> dual;

  /**
   * Both sides.
   *
   * @param ends coupled ends, all finite
   * @param data p_0
   * @param scales factors of the coordinates, length d
   */
  DistanceSides(SynchronousCoupling.Ends ends, GaussianMixture data, double[] scales) {
    int d = scales.length;
    double[] x = scaled(ends.x(), scales);
    double[] y = scaled(ends.y(), scales);
    double[] xc = scaled(ends.xCoarse(), scales);
    double[] yc = scaled(ends.yCoarse(), scales);
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    squared =
        Extrapolated.of(
            SynchronousCoupling.squaredDistances(x, y, ones),
            SynchronousCoupling.squaredDistances(xc, yc, ones));
    gelbrich = new Gelbrich(x, y, xc, yc, data, scales);
    int half = x.length / d / 2 * d;
    if (x.length / d < LEAST) {
      fitted = Optional.empty();
      dual = Optional.empty();
      return;
    }
    PotentialFit.Fitted fit =
        PotentialFit.fit(Arrays.copyOf(x, half), Arrays.copyOf(y, half), d, true);
    fitted = Optional.of(fit);
    dual =
        Optional.of(
            Extrapolated.of(
                fit.potential().dualValues(rest(x, half), rest(y, half)),
                fit.potential().dualValues(rest(xc, half), rest(yc, half))));
  }

  /** {@code sqrt(E|x - y|^2)}, each end of the interval with this error probability. */
  public Estimate coupling(double error) {
    double value = root(squared.mean());
    return Estimate.of(
        value,
        Math.min(value, root(squared.lower(error))),
        Math.max(value, root(squared.upper(error))),
        Evidence.STATISTICAL);
  }

  /** Gelbrich's bound: above W2 with at most this probability. */
  public double gelbrich(double error) {
    return gelbrich.lower(error);
  }

  /** The potential's bound: above W2 with at most this probability; 0 where none was fitted. */
  public double potential(double error) {
    return dual.map(m -> root(m.lower(error))).orElse(0.0);
  }

  /**
   * The mean that the potential's bound is the root of, in units of W2 squared, each end with this
   * error probability; empty where none was fitted.
   */
  public Optional<Estimate> dual(double error) {
    return dual.map(
        m -> Estimate.of(m.mean(), m.lower(error), m.upper(error), Evidence.STATISTICAL));
  }

  /** W2 between the larger lower bound and the coupling's upper limit; the value is its root. */
  public Estimate w2(double error) {
    Estimate upper = coupling(error);
    double lower = Math.max(gelbrich(0.5 * error), potential(0.5 * error));
    return Estimate.of(
        upper.value(), Math.min(upper.value(), lower), upper.upper(), Evidence.STATISTICAL);
  }

  /** What was fitted, with the plug-in distance of the points it was fitted to. */
  public Optional<PotentialFit.Fitted> fitted() {
    return fitted;
  }

  /** {@code |fine - coarse|} of {@code E|x - y|^2}, the step error that its limits hold. */
  public double step() {
    return squared.step();
  }

  private static double[] rest(double[] x, int from) {
    return Arrays.copyOfRange(x, from, x.length);
  }

  private static double root(double squared) {
    return Math.sqrt(Math.max(0, squared));
  }

  private static double[] scaled(double[] x, double[] scales) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = scales[i % scales.length] * x[i];
    }
    return out;
  }

  /**
   * A mean over paths, extrapolated in the step: {@code a + (a - b)/3} of the values a on the fine
   * and b on the coarse grid.
   *
   * @param interval of the extrapolated values
   * @param step {@code |mean a - mean b|}, added to each limit
   */
  record Extrapolated(MeanInterval interval, double step) {

    static Extrapolated of(double[] fine, double[] coarse) {
      int n = fine.length;
      double[] values = new double[n];
      double a = 0;
      double b = 0;
      for (int j = 0; j < n; j++) {
        values[j] = fine[j] + (fine[j] - coarse[j]) / 3;
        a += fine[j];
        b += coarse[j];
      }
      return new Extrapolated(MeanInterval.of(values), Math.abs(a - b) / n);
    }

    double mean() {
      return interval.mean();
    }

    double lower(double error) {
      return interval.lower(error) - step;
    }

    double upper(double error) {
      return interval.upper(error) + step;
    }
  }

  /** Gelbrich's bound along the axes of a covariance, over a joint region of the moments. */
  private static final class Gelbrich {

    private final double[] variances;

    /** {@code E y_i - E x_i} along each axis. */
    private final Extrapolated[] shifts;

    /** {@code E (y_i - m_i)^2 - E (x_i - m_i)^2} along each axis, m the mean of p_0. */
    private final Extrapolated[] spreads;

    Gelbrich(
        double[] x, double[] y, double[] xc, double[] yc, GaussianMixture data, double[] scales) {
      int d = scales.length;
      int n = x.length / d;
      double[] mean = data.mean().clone();
      double[][] covariance = Matrices.copy(data.covariance());
      for (int i = 0; i < d; i++) {
        mean[i] *= scales[i];
        for (int j = 0; j < d; j++) {
          covariance[i][j] *= scales[i] * scales[j];
        }
      }
      SymmetricEigen eigen = new SymmetricEigen(covariance);
      double[][] frame = Matrices.transpose(eigen.vectors());
      variances = eigen.values();
      shifts = new Extrapolated[d];
      spreads = new Extrapolated[d];
      double[] fine = new double[n];
      double[] coarse = new double[n];
      double[] fineSquares = new double[n];
      double[] coarseSquares = new double[n];
      for (int i = 0; i < d; i++) {
        double[] axis = frame[i];
        double m = Matrices.dot(axis, mean);
        for (int j = 0; j < n; j++) {
          double px = along(axis, x, j);
          double py = along(axis, y, j);
          fine[j] = py - px;
          fineSquares[j] = squareGap(py, px, m);
          double cx = along(axis, xc, j);
          double cy = along(axis, yc, j);
          coarse[j] = cy - cx;
          coarseSquares[j] = squareGap(cy, cx, m);
        }
        shifts[i] = Extrapolated.of(fine, coarse);
        spreads[i] = Extrapolated.of(fineSquares, coarseSquares);
      }
    }

    /** The least value over a box that holds all 2d moments but with this probability. */
    double lower(double error) {
      double each = error / (4 * variances.length);
      double sum = 0;
      for (int i = 0; i < variances.length; i++) {
        double low = shifts[i].lower(each);
        double high = shifts[i].upper(each);
        double near = Math.max(0, Math.max(low, -high));
        double far = Math.max(Math.abs(low), Math.abs(high));
        // Var y_i = Var x_i + E[(y - m)^2 - (x - m)^2] - (E y - m)^2.
        double variance = Math.max(0, variances[i]);
        double sd = Math.sqrt(variance);
        double most = root(variance + spreads[i].upper(each) - near * near);
        double least = root(variance + spreads[i].lower(each) - far * far);
        double gap = Math.max(0, Math.max(least - sd, sd - most));
        sum += near * near + gap * gap;
      }
      return Math.sqrt(sum);
    }

    private static double along(double[] axis, double[] x, int j) {
      double s = 0;
      for (int i = 0; i < axis.length; i++) {
        s += axis[i] * x[j * axis.length + i];
      }
      return s;
    }

    private static double squareGap(double y, double x, double m) {
      return (y - x) * (y + x - 2 * m);
    }
  }
}
