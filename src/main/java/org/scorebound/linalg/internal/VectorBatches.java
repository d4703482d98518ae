package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Passes over batches of points and of small matrices, one leaf loop each. */
final class VectorBatches {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Neighbours change places: the other coordinate of each point of the plane. */
  private static final VectorShuffle<Double> SWAP = VectorShuffle.fromOp(S, i -> i ^ 1);

  private static final VectorMask<Double> EVEN = VectorMask.fromLong(S, 0x5555555555555555L);

  private VectorBatches() {}

  /** {@code y = r y + c + s xi} on the line. */
  static void affineNoise1(
      int n, double r, double c, double s, double[] xi, int xiOff, double[] y, int yOff) {
    DoubleVector rv = DoubleVector.broadcast(S, r);
    DoubleVector cv = DoubleVector.broadcast(S, c);
    DoubleVector sv = DoubleVector.broadcast(S, s);
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector t = DoubleVector.fromArray(S, xi, xiOff + i).fma(sv, cv);
      DoubleVector.fromArray(S, y, yOff + i).fma(rv, t).intoArray(y, yOff + i);
    }
    for (; i < n; i++) {
      y[yOff + i] = Math.fma(y[yOff + i], r, Math.fma(xi[xiOff + i], s, c));
    }
  }

  /**
   * {@code y_j = R y_j + c + s xi_j} in the plane: with lanes (y0, y1, y0, ..) a multiply-add by
   * the diagonal of R and one by its other diagonal on swapped neighbours.
   */
  static void affineNoise2(
      int cols, double[] r, double[] c, double s, double[] xi, int xiOff, double[] y, int yOff) {
    DoubleVector sv = DoubleVector.broadcast(S, s);
    DoubleVector cv = alternating(c[0], c[1]);
    DoubleVector same = alternating(r[0], r[3]);
    DoubleVector other = alternating(r[2], r[1]);
    int n = 2 * cols;
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector v = DoubleVector.fromArray(S, y, yOff + i);
      DoubleVector t = DoubleVector.fromArray(S, xi, xiOff + i).fma(sv, cv);
      v.rearrange(SWAP).fma(other, v.fma(same, t)).intoArray(y, yOff + i);
    }
    for (; i < n; i += 2) {
      double y0 = y[yOff + i];
      double y1 = y[yOff + i + 1];
      double t0 = Math.fma(xi[xiOff + i], s, c[0]);
      double t1 = Math.fma(xi[xiOff + i + 1], s, c[1]);
      y[yOff + i] = Math.fma(y1, r[2], Math.fma(y0, r[0], t0));
      y[yOff + i + 1] = Math.fma(y0, r[1], Math.fma(y1, r[3], t1));
    }
  }

  private static DoubleVector alternating(double even, double odd) {
    return DoubleVector.broadcast(S, odd).blend(even, EVEN);
  }

  /** {@link KernelSpi#eigenvalues2}, with the same roundings for every element. */
  static void eigenvalues2(
      int n, double[] a11, double[] a21, double[] a22, double[] low, double[] high) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector p = DoubleVector.fromArray(S, a11, i);
      DoubleVector q = DoubleVector.fromArray(S, a22, i);
      DoubleVector b = DoubleVector.fromArray(S, a21, i);
      DoubleVector mean = p.mul(0.5).add(q.mul(0.5));
      DoubleVector half = p.mul(0.5).sub(q.mul(0.5));
      DoubleVector x = half.abs().max(b.abs());
      DoubleVector z = half.abs().min(b.abs());
      DoubleVector ratio = z.div(x.max(Double.MIN_NORMAL));
      DoubleVector radius = x.mul(ratio.fma(ratio, DoubleVector.broadcast(S, 1)).sqrt());
      mean.sub(radius).intoArray(low, i);
      mean.add(radius).intoArray(high, i);
    }
    for (; i < n; i++) {
      ScalarKernels.eigenvalues2At(i, a11, a21, a22, low, high);
    }
  }

  /** {@code u = min(u, x)} elementwise. */
  static void least(int n, double[] x, int xOff, double[] u) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector.fromArray(S, x, xOff + i).min(DoubleVector.fromArray(S, u, i)).intoArray(u, i);
    }
    for (; i < n; i++) {
      u[i] = Math.min(u[i], x[xOff + i]);
    }
  }

  /** {@code x -= u} elementwise. */
  static void subtract(int n, double[] u, double[] x, int xOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector.fromArray(S, x, xOff + i)
          .sub(DoubleVector.fromArray(S, u, i))
          .intoArray(x, xOff + i);
    }
    for (; i < n; i++) {
      x[xOff + i] -= u[i];
    }
  }

  /** The least of n numbers, infinity of none. */
  static double least(int n, double[] x, int xOff) {
    DoubleVector m0 = DoubleVector.broadcast(S, Double.POSITIVE_INFINITY);
    DoubleVector m1 = m0;
    int i = 0;
    for (; i + 2 * L <= n; i += 2 * L) {
      m0 = m0.min(DoubleVector.fromArray(S, x, xOff + i));
      m1 = m1.min(DoubleVector.fromArray(S, x, xOff + i + L));
    }
    double least = m0.min(m1).reduceLanes(VectorOperators.MIN);
    for (; i < n; i++) {
      least = Math.min(least, x[xOff + i]);
    }
    return least;
  }

  /** {@code x -= s}. */
  static void subtract(int n, double s, double[] x, int xOff) {
    DoubleVector sv = DoubleVector.broadcast(S, s);
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector.fromArray(S, x, xOff + i).sub(sv).intoArray(x, xOff + i);
    }
    for (; i < n; i++) {
      x[xOff + i] -= s;
    }
  }

  /**
   * {@code out_i = sum_a (x_{a i} - q_a)^2} for points stored coordinate after coordinate, the
   * first at {@code x[0]}, n apart.
   */
  static void squaredDistances(
      int d, int n, double[] x, double[] q, int qOff, double[] out, int outOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector s = DoubleVector.zero(S);
      for (int a = 0; a < d; a++) {
        DoubleVector t = DoubleVector.fromArray(S, x, a * n + i).sub(q[qOff + a]);
        s = t.fma(t, s);
      }
      s.intoArray(out, outOff + i);
    }
    for (; i < n; i++) {
      double s = 0;
      for (int a = 0; a < d; a++) {
        double t = x[a * n + i] - q[qOff + a];
        s = Math.fma(t, t, s);
      }
      out[outOff + i] = s;
    }
  }
}
