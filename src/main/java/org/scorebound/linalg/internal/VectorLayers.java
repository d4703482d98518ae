package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The fused elementwise passes of a network layer and of its optimiser, one leaf loop each. */
final class VectorLayers {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  private VectorLayers() {}

  /** {@code z = p + b}. */
  static void addBias(int n, double[] p, int pOff, double[] b, int bOff, double[] z, int zOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector.fromArray(S, p, pOff + i)
          .add(DoubleVector.fromArray(S, b, bOff + i))
          .intoArray(z, zOff + i);
    }
    for (; i < n; i++) {
      z[zOff + i] = p[pOff + i] + b[bOff + i];
    }
  }

  /** {@code p += b; z = p g}. */
  static void addBiasGain(
      int n,
      double[] p,
      int pOff,
      double[] b,
      int bOff,
      double[] g,
      int gOff,
      double[] z,
      int zOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector s =
          DoubleVector.fromArray(S, p, pOff + i).add(DoubleVector.fromArray(S, b, bOff + i));
      s.intoArray(p, pOff + i);
      s.mul(DoubleVector.fromArray(S, g, gOff + i)).intoArray(z, zOff + i);
    }
    for (; i < n; i++) {
      double s = p[pOff + i] + b[bOff + i];
      p[pOff + i] = s;
      z[zOff + i] = s * g[gOff + i];
    }
  }

  /** {@code q *= d; db += q}. */
  static void backward(int n, double[] q, int qOff, double[] d, int dOff, double[] db, int dbOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector dz =
          DoubleVector.fromArray(S, q, qOff + i).mul(DoubleVector.fromArray(S, d, dOff + i));
      dz.intoArray(q, qOff + i);
      DoubleVector.fromArray(S, db, dbOff + i).add(dz).intoArray(db, dbOff + i);
    }
    for (; i < n; i++) {
      double dz = q[qOff + i] * d[dOff + i];
      q[qOff + i] = dz;
      db[dbOff + i] += dz;
    }
  }

  /** {@code dz = q d; dg += dz p; q = dz g; db += q}. */
  static void backwardGain(
      int n,
      double[] q,
      int qOff,
      double[] d,
      int dOff,
      double[] p,
      int pOff,
      double[] g,
      int gOff,
      double[] dg,
      int dgOff,
      double[] db,
      int dbOff) {
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector dz =
          DoubleVector.fromArray(S, q, qOff + i).mul(DoubleVector.fromArray(S, d, dOff + i));
      dz.fma(DoubleVector.fromArray(S, p, pOff + i), DoubleVector.fromArray(S, dg, dgOff + i))
          .intoArray(dg, dgOff + i);
      DoubleVector dp = dz.mul(DoubleVector.fromArray(S, g, gOff + i));
      dp.intoArray(q, qOff + i);
      DoubleVector.fromArray(S, db, dbOff + i).add(dp).intoArray(db, dbOff + i);
    }
    for (; i < n; i++) {
      double dz = q[qOff + i] * d[dOff + i];
      dg[dgOff + i] = Math.fma(dz, p[pOff + i], dg[dgOff + i]);
      double dp = dz * g[gOff + i];
      q[qOff + i] = dp;
      db[dbOff + i] += dp;
    }
  }

  /** {@link KernelSpi#adamW} for n a multiple of the vector length. */
  static void adamW(
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
    DoubleVector root = DoubleVector.broadcast(S, rootCorrection);
    DoubleVector eps = DoubleVector.broadcast(S, epsilon);
    DoubleVector keep = DoubleVector.broadcast(S, shrink);
    DoubleVector decay = DoubleVector.broadcast(S, emaDecay);
    DoubleVector rest1 = DoubleVector.broadcast(S, 1 - beta1);
    for (int i = 0; i < n; i += L) {
      DoubleVector gi = DoubleVector.fromArray(S, g, i).mul(gradientScale);
      DoubleVector mi = rest1.fma(gi, DoubleVector.fromArray(S, m, i).mul(beta1));
      mi.intoArray(m, i);
      DoubleVector vi = gi.mul(1 - beta2).fma(gi, DoubleVector.fromArray(S, v, i).mul(beta2));
      vi.intoArray(v, i);
      DoubleVector update = mi.mul(stepSize).div(vi.sqrt().fma(root, eps));
      DoubleVector wi = keep.fma(DoubleVector.fromArray(S, w, i), update.neg());
      wi.intoArray(w, i);
      decay.fma(DoubleVector.fromArray(S, ema, i), wi.mul(1 - emaDecay)).intoArray(ema, i);
    }
  }
}
