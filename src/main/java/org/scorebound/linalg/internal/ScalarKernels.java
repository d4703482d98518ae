package org.scorebound.linalg.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Activation;

/**
 * The reference: plain loops over {@link Math}, which the compiler may vectorise on its own. Also
 * what runs where the Vector API is absent.
 *
 * <p>Sums run in index order in one accumulator, so the error of a sum of n products is at most
 * {@code n u sum|a_i b_i|} to first order, with {@code u = 2^-53}.
 */
public class ScalarKernels implements KernelSpi {

  @Override
  public void gemm(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] b,
      int bOff,
      int ldb,
      double beta,
      double[] c,
      int cOff,
      int ldc) {
    int bk = transB ? ldb : 1;
    int bj = transB ? 1 : ldb;
    for (int j = 0; j < n; j++) {
      int cj = cOff + j * ldc;
      scaleOrClear(m, beta, c, cj);
      if (transA) {
        for (int i = 0; i < m; i++) {
          double s = 0;
          for (int l = 0; l < k; l++) {
            s += a[aOff + l + i * lda] * b[bOff + l * bk + j * bj];
          }
          c[cj + i] += alpha * s;
        }
      } else {
        for (int l = 0; l < k; l++) {
          axpy(m, alpha * b[bOff + l * bk + j * bj], a, aOff + l * lda, c, cj);
        }
      }
    }
  }

  private static void scaleOrClear(int n, double beta, double[] c, int cOff) {
    if (beta == 0) {
      Arrays.fill(c, cOff, cOff + n, 0.0);
    } else if (beta != 1) {
      for (int i = 0; i < n; i++) {
        c[cOff + i] *= beta;
      }
    }
  }

  @Override
  public void gemv(
      boolean transA,
      int m,
      int n,
      double alpha,
      double[] a,
      int aOff,
      int lda,
      double[] x,
      int xOff,
      double beta,
      double[] y,
      int yOff) {
    scaleOrClear(transA ? n : m, beta, y, yOff);
    for (int j = 0; j < n; j++) {
      if (transA) {
        y[yOff + j] += alpha * dot(m, a, aOff + j * lda, x, xOff);
      } else {
        axpy(m, alpha * x[xOff + j], a, aOff + j * lda, y, yOff);
      }
    }
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOff, double[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] += alpha * x[xOff + i];
    }
  }

  @Override
  public void scal(int n, double alpha, double[] x, int xOff) {
    for (int i = 0; i < n; i++) {
      x[xOff + i] *= alpha;
    }
  }

  @Override
  public double dot(int n, double[] x, int xOff, double[] y, int yOff) {
    double s = 0;
    for (int i = 0; i < n; i++) {
      s += x[xOff + i] * y[yOff + i];
    }
    return s;
  }

  @Override
  public void exp(int n, double[] x, int xOff, double[] y, int yOff) {
    for (int i = 0; i < n; i++) {
      y[yOff + i] = Math.exp(x[xOff + i]);
    }
  }

  @Override
  public void activate(Activation f, int n, double[] z, int zOff, double[] h, int hOff) {
    for (int i = 0; i < n; i++) {
      h[hOff + i] = f.value(z[zOff + i]);
    }
  }

  @Override
  public void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    for (int i = 0; i < n; i++) {
      double zi = z[zOff + i];
      h[hOff + i] = f.value(zi);
      d[dOff + i] = f.slope(zi);
    }
  }

  @Override
  public void affineGain(
      int rows,
      int cols,
      double[] p,
      int pOff,
      double[] bias,
      int bOff,
      double @Nullable [] gain,
      int gOff,
      int[] step,
      int stepOff,
      double[] z,
      int zOff) {
    for (int j = 0; j < cols; j++) {
      int pj = pOff + j * rows;
      int zj = zOff + j * rows;
      if (gain == null) {
        for (int i = 0; i < rows; i++) {
          z[zj + i] = p[pj + i] + bias[bOff + i];
        }
      } else {
        int gj = gOff + step[stepOff + j] * rows;
        for (int i = 0; i < rows; i++) {
          double s = p[pj + i] + bias[bOff + i];
          p[pj + i] = s;
          z[zj + i] = s * gain[gj + i];
        }
      }
    }
  }

  @Override
  public void affineGainBackward(
      int rows,
      int cols,
      double[] q,
      int qOff,
      double[] d,
      int dOff,
      double[] p,
      int pOff,
      double @Nullable [] gain,
      int gOff,
      int[] step,
      int stepOff,
      double[] dGain,
      int dgOff,
      double[] dBias,
      int dbOff) {
    for (int j = 0; j < cols; j++) {
      int qj = qOff + j * rows;
      int dj = dOff + j * rows;
      int pj = pOff + j * rows;
      if (gain == null) {
        for (int i = 0; i < rows; i++) {
          double dz = q[qj + i] * d[dj + i];
          q[qj + i] = dz;
          dBias[dbOff + i] += dz;
        }
      } else {
        int gj = step[stepOff + j] * rows;
        for (int i = 0; i < rows; i++) {
          double dz = q[qj + i] * d[dj + i];
          double dp = dz * gain[gOff + gj + i];
          dGain[dgOff + gj + i] += dz * p[pj + i];
          q[qj + i] = dp;
          dBias[dbOff + i] += dp;
        }
      }
    }
  }

  @Override
  public void addColumns(int rows, int cols, double[] x, int xOff, double[] s, int sOff) {
    for (int j = 0; j < cols; j++) {
      axpy(rows, 1, x, xOff + j * rows, s, sOff);
    }
  }

  @Override
  public final void softmaxColumns(
      int rows, int cols, double[] x, int xOff, double[] lse, int lseOff) {
    for (int j = 0; j < cols; j++) {
      lse[lseOff + j] = shiftByMax(rows, x, xOff + j * rows);
    }
    exp(rows * cols, x, xOff, x, xOff);
    for (int j = 0; j < cols; j++) {
      double s = normalise(rows, x, xOff + j * rows);
      lse[lseOff + j] += Math.log(s);
    }
  }

  /** Subtracts the largest entry, unless it is infinite; returns what was subtracted. */
  private static double shiftByMax(int rows, double[] x, int off) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = off; i < off + rows; i++) {
      max = Math.max(max, x[i]);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    for (int i = off; i < off + rows; i++) {
      x[i] -= max;
    }
    return max;
  }

  private static double normalise(int rows, double[] x, int off) {
    double s = 0;
    for (int i = off; i < off + rows; i++) {
      s += x[i];
    }
    double r = 1 / s;
    for (int i = off; i < off + rows; i++) {
      x[i] *= r;
    }
    return s;
  }

  @Override
  public void adamW(
      int n,
      double[] w,
      double[] g,
      double[] m,
      double[] v,
      double[] ema,
      double gradientScale,
      double beta1,
      double beta2,
      double stepSize,
      double rootCorrection,
      double epsilon,
      double shrink,
      double emaDecay) {
    for (int i = 0; i < n; i++) {
      double gi = gradientScale * g[i];
      double mi = beta1 * m[i] + (1 - beta1) * gi;
      double vi = beta2 * v[i] + (1 - beta2) * gi * gi;
      double wi = shrink * w[i] - stepSize * mi / (Math.sqrt(vi) * rootCorrection + epsilon);
      m[i] = mi;
      v[i] = vi;
      w[i] = wi;
      ema[i] = emaDecay * ema[i] + (1 - emaDecay) * wi;
    }
  }

  @Override
  public void affineNoise(
      int d,
      int cols,
      double[] r,
      double[] c,
      double s,
      double[] xi,
      int xiOff,
      double[] y,
      int yOff) {
    for (int j = 0; j < cols; j++) {
      int xj = xiOff + j * d;
      int yj = yOff + j * d;
      for (int i = 0; i < d; i++) {
        double t = s * xi[xj + i] + c[i];
        for (int l = 0; l < d; l++) {
          t += r[i + l * d] * y[yj + l];
        }
        xi[xj + i] = t;
      }
      System.arraycopy(xi, xj, y, yj, d);
    }
  }

  @Override
  public void eigenvalues2(
      int n, double[] a11, double[] a21, double[] a22, double[] low, double[] high) {
    for (int i = 0; i < n; i++) {
      eigenvalues2At(i, a11, a21, a22, low, high);
    }
  }

  @Override
  public void eigenvalues(int d, int n, double[] a, double[] values) {
    double[] w = new double[JacobiEigenvalues.triangle(d)];
    for (int at = 0; at < n; at++) {
      JacobiEigenvalues.one(d, n, at, a, values, w);
    }
  }

  /** Mean of the diagonal -+ the length of (half its difference, a21), without overflow. */
  static void eigenvalues2At(
      int i, double[] a11, double[] a21, double[] a22, double[] low, double[] high) {
    double mean = 0.5 * a11[i] + 0.5 * a22[i];
    double half = Math.abs(0.5 * a11[i] - 0.5 * a22[i]);
    double b = Math.abs(a21[i]);
    double x = Math.max(half, b);
    double ratio = Math.min(half, b) / Math.max(x, Double.MIN_NORMAL);
    double radius = x * Math.sqrt(Math.fma(ratio, ratio, 1));
    low[i] = mean - radius;
    high[i] = mean + radius;
  }

  @Override
  public void squaredDistances(int d, int m, double[] x, int n, double[] y, double[] c) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        double s = 0;
        for (int a = 0; a < d; a++) {
          double t = x[i * d + a] - y[j * d + a];
          s += t * t;
        }
        c[i + j * m] = s;
      }
    }
  }

  @Override
  public void reduceRows(int m, int n, double[] c, double[] u) {
    Arrays.fill(u, 0, m, Double.POSITIVE_INFINITY);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        u[i] = Math.min(u[i], c[i + j * m]);
      }
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        c[i + j * m] -= u[i];
      }
    }
  }

  @Override
  public void reduceColumns(int m, int n, double[] c, double[] v) {
    for (int j = 0; j < n; j++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < m; i++) {
        least = Math.min(least, c[i + j * m]);
      }
      v[j] = least;
      for (int i = 0; i < m; i++) {
        c[i + j * m] -= least;
      }
    }
  }
}
