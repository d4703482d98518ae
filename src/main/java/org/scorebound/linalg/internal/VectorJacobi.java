package org.scorebound.linalg.internal;

import static org.scorebound.linalg.internal.JacobiEigenvalues.place;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link JacobiEigenvalues} with one matrix a lane. A lane that has converged is left alone by
 * further sweeps, so that its eigenvalues do not depend on its neighbours.
 */
final class VectorJacobi {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorJacobi() {}

  /** Doubles of scratch. */
  static int scratch(int d) {
    return JacobiEigenvalues.triangle(d) * L;
  }

  static void all(int d, int n, double[] a, double[] values, double[] w) {
    int at = 0;
    for (; at + L <= n; at += L) {
      lanes(d, n, at, a, values, w);
    }
    for (; at < n; at++) {
      JacobiEigenvalues.one(d, n, at, a, values, w);
    }
  }

  private static void lanes(int d, int n, int at, double[] a, double[] values, double[] w) {
    for (int e = 0; e < JacobiEigenvalues.triangle(d); e++) {
      DoubleVector.fromArray(S, a, e * n + at).intoArray(w, e * L);
    }
    boolean rotated = true;
    for (int sweep = 0; rotated && sweep < JacobiEigenvalues.MAX_SWEEPS; sweep++) {
      rotated = false;
      for (int q = 1; q < d; q++) {
        for (int p = 0; p < q; p++) {
          rotated |= rotate(d, p, q, w);
        }
      }
    }
    sort(d, n, at, values, w);
  }

  private static void sort(int d, int n, int at, double[] values, double[] w) {
    DoubleVector left = DoubleVector.zero(S);
    for (int i = 1; i < d; i++) {
      for (int j = 0; j < i; j++) {
        left = left.add(DoubleVector.fromArray(S, w, place(i, j) * L));
      }
    }
    left = left.mul(0);
    for (int i = 0; i < d; i++) {
      DoubleVector x = DoubleVector.fromArray(S, w, place(i, i) * L).add(left);
      for (int j = 0; j < i; j++) {
        DoubleVector y = DoubleVector.fromArray(S, values, j * n + at);
        x.min(y).intoArray(values, j * n + at);
        x = x.max(y);
      }
      x.intoArray(values, i * n + at);
    }
  }

  private static boolean rotate(int d, int p, int q, double[] w) {
    DoubleVector x = DoubleVector.fromArray(S, w, place(p, p) * L);
    DoubleVector y = DoubleVector.fromArray(S, w, place(q, q) * L);
    DoubleVector b = DoubleVector.fromArray(S, w, place(q, p) * L);
    DoubleVector size = b.abs();
    VectorMask<Double> rotated =
        size.compare(VectorOperators.GT, x.abs().max(y.abs()).mul(JacobiEigenvalues.NEGLIGIBLE))
            .and(size.compare(VectorOperators.GE, Double.MIN_NORMAL));
    if (!rotated.anyTrue()) {
      return false;
    }
    DoubleVector one = DoubleVector.broadcast(S, 1);
    DoubleVector theta = y.mul(0.5).sub(x.mul(0.5)).div(b);
    DoubleVector root = one.div(theta.abs().add(theta.fma(theta, one).sqrt()));
    DoubleVector signed = root.blend(root.neg(), theta.compare(VectorOperators.LT, 0));
    DoubleVector t = DoubleVector.zero(S).blend(signed, rotated);
    DoubleVector c = one.div(t.fma(t, one).sqrt());
    DoubleVector s = t.mul(c);
    t.neg().fma(b, x).intoArray(w, place(p, p) * L);
    t.fma(b, y).intoArray(w, place(q, q) * L);
    b.blend(DoubleVector.zero(S), rotated).intoArray(w, place(q, p) * L);
    for (int k = 0; k < d; k++) {
      if (k != p && k != q) {
        DoubleVector u = DoubleVector.fromArray(S, w, place(k, p) * L);
        DoubleVector v = DoubleVector.fromArray(S, w, place(k, q) * L);
        c.fma(u, s.mul(v).neg()).intoArray(w, place(k, p) * L);
        s.fma(u, c.mul(v)).intoArray(w, place(k, q) * L);
      }
    }
    return true;
  }
}
