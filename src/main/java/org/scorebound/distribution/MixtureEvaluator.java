package org.scorebound.distribution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;

/**
 * Evaluates log-density, score and Hessian of a {@link GaussianMixture} point by point; batches go
 * through {@link #scores}. Owns its workspace, so it is for one thread; nothing is allocated per
 * point.
 *
 * <p>Responsibilities are formed from log-densities shifted by their maximum, so neither overflow
 * nor underflow of a density matters. Cost per point: O(k d) for a common isotropic covariance, O(k
 * d + d^2) for a common one, O(k d^2) otherwise.
 */
public final class MixtureEvaluator {

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** Numbers in the block of logits that a batch is cut into; half a megabyte. */
  private static final int BLOCK = 1 << 16;

  private final GaussianMixture law;
  private final Kernels kernels;
  private final int d;
  private final int k;
  private final boolean common;
  private final double isotropicPrecision;

  /**
   * Common covariance: logit_i = a_i . (x - m_0) + b_i up to a term that does not depend on i, with
   * {@code a_i = P (m_i - m_0)}. Relative to a component, laws far from the origin lose no digits.
   */
  private final double[] slopes;

  private final double[] shifted;

  private final double[] intercepts;
  private final double[] responsibilities;
  private final double[] componentScores;
  private final double[] pulled;
  private @Nullable MixtureRows rows;

  /** The common precision, column-major; symmetric. */
  private final double[] precision;

  MixtureEvaluator(GaussianMixture law, Kernels kernels) {
    this.law = law;
    this.kernels = kernels;
    this.d = law.dimension();
    this.k = law.size();
    this.common = law.hasCommonCovariance();
    double[][] p0 = law.componentPrecision(0);
    this.isotropicPrecision = common && Matrices.isScaledIdentity(p0) ? p0[0][0] : Double.NaN;
    this.slopes = new double[common ? k * d : 0];
    this.intercepts = new double[k];
    this.responsibilities = new double[k];
    this.componentScores = new double[k * d];
    this.pulled = new double[d];
    this.shifted = new double[d];
    this.precision = new double[common ? d * d : 0];
    for (int i = 0; i < precision.length; i++) {
      precision[i] = p0[i % d][i / d];
    }
    for (int i = 0; i < k; i++) {
      if (common) {
        double[] m = Matrices.subtract(law.componentMean(i), law.componentMean(0));
        double[] a = Matrices.multiply(p0, m);
        System.arraycopy(a, 0, slopes, i * d, d);
        intercepts[i] = Math.log(law.weight(i)) - 0.5 * Matrices.dot(a, m);
      } else {
        intercepts[i] = Math.log(law.weight(i)) - 0.5 * law.componentLogDeterminant(i);
      }
    }
  }

  /**
   * Fills responsibilities (and component scores where covariances differ); returns log-sum-exp.
   */
  private double respond(double[] x, int offset) {
    double max = Double.NEGATIVE_INFINITY;
    if (common) {
      double[] m = law.componentMean(0);
      for (int j = 0; j < d; j++) {
        shifted[j] = x[offset + j] - m[j];
      }
    }
    for (int i = 0; i < k; i++) {
      double logit = intercepts[i];
      if (common) {
        for (int j = 0; j < d; j++) {
          logit += slopes[i * d + j] * shifted[j];
        }
      } else {
        logit += 0.5 * componentScore(i, x, offset);
      }
      responsibilities[i] = logit;
      max = Math.max(max, logit);
    }
    double sum = 0;
    for (int i = 0; i < k; i++) {
      double e = Math.exp(responsibilities[i] - max);
      responsibilities[i] = e;
      sum += e;
    }
    double inverse = 1 / sum;
    for (int i = 0; i < k; i++) {
      responsibilities[i] *= inverse;
    }
    return max + Math.log(sum);
  }

  /** Writes g_i = -P_i (x - m_i) and returns g_i . (x - m_i). */
  private double componentScore(int i, double[] x, int offset) {
    double[] m = law.componentMean(i);
    double[][] p = law.componentPrecision(i);
    double q = 0;
    for (int r = 0; r < d; r++) {
      double g = 0;
      for (int c = 0; c < d; c++) {
        g -= p[r][c] * (x[offset + c] - m[c]);
      }
      componentScores[i * d + r] = g;
      q += g * (x[offset + r] - m[r]);
    }
    return q;
  }

  /** {@code log p(x)} at one point. */
  public double logDensity(double[] x) {
    return density(respond(x, 0));
  }

  private double density(double lse) {
    double rest = -0.5 * d * LOG_TWO_PI;
    if (common) {
      double[][] p = law.componentPrecision(0);
      rest -= 0.5 * law.componentLogDeterminant(0);
      rest -= 0.5 * Matrices.dot(Matrices.multiply(p, shifted), shifted);
    }
    return lse + rest;
  }

  /** Writes {@code grad log p} of the point at {@code x[offset..offset+d)}. */
  public void score(double[] x, int offset, double[] out, int outOffset) {
    if (k == 1 && common) {
      linearScore(x, offset, out, outOffset);
      return;
    }
    respond(x, offset);
    fromResponsibilities(out, outOffset);
  }

  private void fromResponsibilities(double[] out, int outOffset) {
    if (!common) {
      for (int j = 0; j < d; j++) {
        double s = 0;
        for (int i = 0; i < k; i++) {
          s += responsibilities[i] * componentScores[i * d + j];
        }
        out[outOffset + j] = s;
      }
      return;
    }
    // grad log p = P (sum r_i (m_i - m_0) - (x - m_0)); slopes hold P (m_i - m_0) already.
    for (int j = 0; j < d; j++) {
      pulled[j] = 0;
    }
    for (int i = 0; i < k; i++) {
      double r = responsibilities[i];
      for (int j = 0; j < d; j++) {
        pulled[j] += r * slopes[i * d + j];
      }
    }
    if (!Double.isNaN(isotropicPrecision)) {
      for (int j = 0; j < d; j++) {
        out[outOffset + j] = pulled[j] - isotropicPrecision * shifted[j];
      }
      return;
    }
    double[][] p = law.componentPrecision(0);
    for (int j = 0; j < d; j++) {
      double s = pulled[j];
      for (int c = 0; c < d; c++) {
        s -= p[j][c] * shifted[c];
      }
      pulled[j] = s;
    }
    System.arraycopy(pulled, 0, out, outOffset, d);
  }

  private void linearScore(double[] x, int offset, double[] out, int outOffset) {
    double[] m = law.componentMean(0);
    double[][] p = law.componentPrecision(0);
    for (int j = 0; j < d; j++) {
      double s = 0;
      for (int c = 0; c < d; c++) {
        s -= p[j][c] * (x[offset + c] - m[c]);
      }
      pulled[j] = s;
    }
    System.arraycopy(pulled, 0, out, outOffset, d);
  }

  /**
   * Scores of a batch. In few dimensions {@link MixtureRows}; else with a common covariance two
   * matrix products and a column softmax on the kernels, {@code P (M softmax(M^T P y + b) - y)}
   * with {@code y = x - m_0} and M the d x k matrix of {@code m_i - m_0}; else point by point.
   *
   * @param x d x n, column-major
   * @param n number of points
   * @param out d x n, receives the scores; must not be x
   */
  public void scores(double[] x, int n, double[] out) {
    if (d <= MixtureRows.DIMENSIONS) {
      rows(n).scores(x, n, out);
      return;
    }
    if (!common) {
      for (int j = 0; j < n; j++) {
        score(x, j * d, out, j * d);
      }
      return;
    }
    int block = Math.max(1, Math.min(n, BLOCK / k));
    double[] logits = new double[k * block];
    double[] normaliser = new double[block];
    double[] origin = law.componentMean(0);
    double[] y = new double[d * block];
    for (int from = 0; from < n; from += block) {
      int count = Math.min(block, n - from);
      int offset = from * d;
      for (int j = 0; j < count * d; j += d) {
        for (int i = 0; i < d; i++) {
          y[j + i] = x[offset + j + i] - origin[i];
        }
      }
      if (k == 1) {
        Arrays.fill(out, offset, offset + count * d, 0);
      } else {
        for (int j = 0; j < count; j++) {
          System.arraycopy(intercepts, 0, logits, j * k, k);
        }
        kernels.gemm(true, false, k, count, d, 1, slopes, 0, d, y, 0, d, 1, logits, 0, k);
        kernels.softmaxColumns(k, count, logits, 0, normaliser, 0);
        kernels.gemm(false, false, d, count, k, 1, slopes, 0, d, logits, 0, k, 0, out, offset, d);
      }
      if (!Double.isNaN(isotropicPrecision)) {
        kernels.axpy(count * d, -isotropicPrecision, y, 0, out, offset);
      } else {
        kernels.gemm(false, false, d, count, d, -1, precision, 0, d, y, 0, d, 1, out, offset, d);
      }
    }
  }

  private MixtureRows rows(int n) {
    MixtureRows r = rows;
    if (r == null || r.stride < Math.min(n, MixtureRows.POINTS)) {
      r = new MixtureRows(law, kernels, slopes, intercepts, Math.min(n, MixtureRows.POINTS));
      rows = r;
    }
    return r;
  }

  /** The d x d Hessian of {@code log p} at one point. */
  public double[][] hessian(double[] x) {
    respond(x, 0);
    double[][] h = new double[d][d];
    double[] mean = new double[d];
    for (int i = 0; i < k; i++) {
      if (common) {
        // Component scores are P (m_i - m_0) up to a shift, which cancels in the covariance.
        System.arraycopy(slopes, i * d, componentScores, i * d, d);
      }
      for (int r = 0; r < d; r++) {
        mean[r] += responsibilities[i] * componentScores[i * d + r];
      }
    }
    for (int i = 0; i < k; i++) {
      double[][] p = law.componentPrecision(i);
      double ri = responsibilities[i];
      for (int r = 0; r < d; r++) {
        double dr = componentScores[i * d + r] - mean[r];
        for (int c = 0; c < d; c++) {
          h[r][c] += ri * (dr * (componentScores[i * d + c] - mean[c]) - p[r][c]);
        }
      }
    }
    return h;
  }
}
