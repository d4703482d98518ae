package org.scorebound.distribution;

import java.util.Arrays;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;

/**
 * Scores of a batch in few dimensions. Every coordinate and every component is a row of consecutive
 * points, so that all loops but the exponential run over consecutive numbers with no branch, which
 * the compiler turns into vector instructions; each point's number comes from the same operations
 * in the same order whatever their width.
 *
 * <p>With {@code w_i = x - m_i}: {@code l_i = log pi_i - log det(C_i)/2 - w_i^T P_i w_i / 2} and
 * {@code grad log p = sum_i softmax(l)_i (-P_i w_i)}. With a common covariance the quadratic part
 * is left out of all l_i alike and the score is {@code sum_i softmax(l)_i a_i - P (x - m_0)}, with
 * {@code a_i = P (m_i - m_0)}. For one thread.
 */
final class MixtureRows {

  /** Up to this dimension rows beat a matrix product (common covariance) or a loop over points. */
  static final int DIMENSIONS = 4;

  /** Points that go through together: their rows stay in the second-level cache. */
  static final int POINTS = 256;

  private final GaussianMixture law;
  private final Kernels kernels;
  private final int d;
  private final int k;
  private final boolean common;

  /** Points that go through together, the length of a row. */
  final int stride;

  private final double[] slopes;
  private final double[] intercepts;

  private final double[] coordinates;
  private final double[] logits;
  private final double[] gradients;
  private final double[] largest;
  private final double[] sum;
  private final double[] rows;

  /**
   * Rows for a law.
   *
   * @param slopes the a_i, d x k, where the covariance is common
   * @param intercepts k: the part of l_i that does not depend on x
   * @param stride points that go through together, at most {@link #POINTS}
   */
  MixtureRows(
      GaussianMixture law, Kernels kernels, double[] slopes, double[] intercepts, int stride) {
    this.stride = stride;
    this.law = law;
    this.kernels = kernels;
    this.d = law.dimension();
    this.k = law.size();
    this.common = law.hasCommonCovariance();
    this.slopes = slopes;
    this.intercepts = intercepts;
    this.coordinates = new double[d * stride];
    this.logits = new double[k * stride];
    this.gradients = new double[common ? 0 : k * d * stride];
    this.largest = new double[stride];
    this.sum = new double[stride];
    this.rows = new double[d * stride];
  }

  /**
   * Scores of n points.
   *
   * @param x d x n, column-major
   * @param out d x n, receives the scores; must not be x
   */
  void scores(double[] x, int n, double[] out) {
    for (int from = 0; from < n; from += stride) {
      int count = Math.min(stride, n - from);
      if (common) {
        common(x, from, count);
      } else {
        general(x, from, count);
      }
      for (int q = 0; q < d; q++) {
        for (int j = 0; j < count; j++) {
          out[(from + j) * d + q] = rows[q * stride + j];
        }
      }
    }
  }

  private void common(double[] x, int from, int count) {
    subtract(x, from, count, law.componentMean(0));
    Arrays.fill(rows, 0);
    if (k > 1) {
      for (int i = 0; i < k; i++) {
        affine(slopes[i * d], coordinates, intercepts[i], logits, i * stride, count);
        for (int q = 1; q < d; q++) {
          axpy(slopes[i * d + q], coordinates, q * stride, logits, i * stride, count);
        }
      }
      softmax(count);
      for (int i = 0; i < k; i++) {
        for (int q = 0; q < d; q++) {
          axpy(slopes[i * d + q], logits, i * stride, rows, q * stride, count);
        }
      }
      scale(count);
    }
    double[][] p = law.componentPrecision(0);
    boolean isotropic = Matrices.isScaledIdentity(p);
    for (int q = 0; q < d; q++) {
      for (int c = 0; c < d; c++) {
        if (!isotropic || c == q) {
          axpy(-p[q][c], coordinates, c * stride, rows, q * stride, count);
        }
      }
    }
  }

  private void general(double[] x, int from, int count) {
    for (int i = 0; i < k; i++) {
      subtract(x, from, count, law.componentMean(i));
      double[][] p = law.componentPrecision(i);
      Arrays.fill(gradients, i * d * stride, (i + 1) * d * stride, 0);
      fill(intercepts[i], logits, i * stride, count);
      for (int q = 0; q < d; q++) {
        int g = (i * d + q) * stride;
        for (int c = 0; c < d; c++) {
          axpy(-p[q][c], coordinates, c * stride, gradients, g, count);
        }
        halfProduct(coordinates, q * stride, gradients, g, logits, i * stride, count);
      }
    }
    softmax(count);
    Arrays.fill(rows, 0);
    for (int i = 0; i < k; i++) {
      for (int q = 0; q < d; q++) {
        int g = (i * d + q) * stride;
        product(logits, i * stride, gradients, g, rows, q * stride, count);
      }
    }
    scale(count);
  }

  /** Divides the rows by the sums of {@link #softmax}. */
  private void scale(int count) {
    for (int q = 0; q < d; q++) {
      multiply(sum, 0, rows, q * stride, count);
    }
  }

  /** {@code coordinates = x - origin}, a row each. */
  private void subtract(double[] x, int from, int count, double[] origin) {
    for (int q = 0; q < d; q++) {
      double o = origin[q];
      for (int j = 0; j < count; j++) {
        coordinates[q * stride + j] = x[(from + j) * d + q] - o;
      }
    }
  }

  /** {@code logits = exp(logits - max)}, and the reciprocals of their sums. */
  private void softmax(int count) {
    fill(Double.NEGATIVE_INFINITY, largest, 0, count);
    for (int i = 0; i < k; i++) {
      max(logits, i * stride, largest, count);
    }
    fill(0, sum, 0, count);
    for (int i = 0; i < k; i++) {
      axpy(-1, largest, 0, logits, i * stride, count);
      kernels.exp(count, logits, i * stride, logits, i * stride);
      axpy(1, logits, i * stride, sum, 0, count);
    }
    for (int j = 0; j < count; j++) {
      sum[j] = 1 / sum[j];
    }
  }

  private static void fill(double a, double[] y, int at, int n) {
    Arrays.fill(y, at, at + n, a);
  }

  /** {@code y = a x + b}. */
  private static void affine(double a, double[] x, double b, double[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] = a * x[j] + b;
    }
  }

  private static void axpy(double a, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += a * x[xAt + j];
    }
  }

  private static void max(double[] x, int xAt, double[] y, int n) {
    for (int j = 0; j < n; j++) {
      y[j] = Math.max(y[j], x[xAt + j]);
    }
  }

  private static void multiply(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] *= x[xAt + j];
    }
  }

  /** {@code z += x y}. */
  private static void product(
      double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] += x[xAt + j] * y[yAt + j];
    }
  }

  /** {@code z += x y / 2}. */
  private static void halfProduct(
      double[] x, int xAt, double[] y, int yAt, double[] z, int zAt, int n) {
    for (int j = 0; j < n; j++) {
      z[zAt + j] += 0.5 * x[xAt + j] * y[yAt + j];
    }
  }
}
