package org.scorebound.linalg.internal;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Activation;

/**
 * The kernels on the JDK Vector API. Sums are in fixed lanes, so a result is the same on every
 * thread; it depends on the vector length of the processor, to rounding. Elementwise functions give
 * the same bits wherever an element stands.
 */
public final class VectorKernels extends ScalarKernels {

  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();

  /** Columns are handed to the activations in blocks about this large, so that they stay cached. */
  private static final int EXP_BUFFER = 512;

  private final VectorGemm gemm;
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  /** Kernels tiled for the registers of this processor. */
  public VectorKernels() {
    this(hasManyRegisters());
  }

  /**
   * Kernels with a chosen tile.
   *
   * @param manyRegisters true for the tile of 32 vector registers, false for that of 16
   */
  public VectorKernels(boolean manyRegisters) {
    this.gemm = new VectorGemm(manyRegisters ? new GemmTile4x4() : new GemmTile4x2());
  }

  /** 512-bit x86 and 64-bit Arm have 32 vector registers, other x86 has 16. */
  private static boolean hasManyRegisters() {
    return S.vectorBitSize() >= 512 || System.getProperty("os.arch", "").equals("aarch64");
  }

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
    gemm.multiply(
        transA,
        transB,
        m,
        n,
        k,
        alpha,
        a,
        aOff,
        lda,
        b,
        bOff,
        ldb,
        beta,
        c,
        cOff,
        ldc,
        scratch.get());
  }

  @Override
  public void axpy(int n, double alpha, double[] x, int xOff, double[] y, int yOff) {
    DoubleVector f = DoubleVector.broadcast(S, alpha);
    int i = 0;
    for (; i + L <= n; i += L) {
      DoubleVector.fromArray(S, x, xOff + i)
          .fma(f, DoubleVector.fromArray(S, y, yOff + i))
          .intoArray(y, yOff + i);
    }
    for (; i < n; i++) {
      y[yOff + i] = Math.fma(x[xOff + i], alpha, y[yOff + i]);
    }
  }

  @Override
  public double dot(int n, double[] x, int xOff, double[] y, int yOff) {
    return DotProducts.dot(n, x, xOff, y, yOff);
  }

  @Override
  public void exp(int n, double[] x, int xOff, double[] y, int yOff) {
    VectorMaps.exp(n, x, xOff, y, yOff);
  }

  @Override
  public void activate(Activation f, int n, double[] z, int zOff, double[] h, int hOff) {
    VectorMaps.activate(f, n, z, zOff, h, hOff, scratch.get().tile(EXP_BUFFER));
  }

  @Override
  public void activateWithSlope(
      Activation f, int n, double[] z, int zOff, double[] h, int hOff, double[] d, int dOff) {
    VectorMaps.activateWithSlope(f, n, z, zOff, h, hOff, d, dOff);
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
      int at = j * rows;
      if (gain == null) {
        VectorLayers.addBias(rows, p, pOff + at, bias, bOff, z, zOff + at);
      } else {
        int gj = gOff + step[stepOff + j] * rows;
        VectorLayers.addBiasGain(rows, p, pOff + at, bias, bOff, gain, gj, z, zOff + at);
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
      int at = j * rows;
      if (gain == null) {
        VectorLayers.backward(rows, q, qOff + at, d, dOff + at, dBias, dbOff);
      } else {
        int gj = step[stepOff + j] * rows;
        VectorLayers.backwardGain(
            rows,
            q,
            qOff + at,
            d,
            dOff + at,
            p,
            pOff + at,
            gain,
            gOff + gj,
            dGain,
            dgOff + gj,
            dBias,
            dbOff);
      }
    }
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
    int full = n - n % L;
    VectorLayers.adamW(
        full,
        w,
        g,
        m,
        v,
        ema,
        gradientScale,
        beta1,
        beta2,
        stepSize,
        rootCorrection,
        epsilon,
        shrink,
        emaDecay);
    for (int i = full; i < n; i++) {
      double gi = gradientScale * g[i];
      double mi = Math.fma(1 - beta1, gi, beta1 * m[i]);
      double vi = Math.fma((1 - beta2) * gi, gi, beta2 * v[i]);
      double update = stepSize * mi / Math.fma(Math.sqrt(vi), rootCorrection, epsilon);
      double wi = Math.fma(shrink, w[i], -update);
      m[i] = mi;
      v[i] = vi;
      w[i] = wi;
      ema[i] = Math.fma(emaDecay, ema[i], (1 - emaDecay) * wi);
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
    switch (d) {
      case 1 -> VectorBatches.affineNoise1(cols, r[0], c[0], s, xi, xiOff, y, yOff);
      case 2 -> VectorBatches.affineNoise2(cols, r, c, s, xi, xiOff, y, yOff);
      default -> super.affineNoise(d, cols, r, c, s, xi, xiOff, y, yOff);
    }
  }

  @Override
  public void eigenvalues2(
      int n, double[] a11, double[] a21, double[] a22, double[] low, double[] high) {
    VectorBatches.eigenvalues2(n, a11, a21, a22, low, high);
  }

  @Override
  public void eigenvalues(int d, int n, double[] a, double[] values) {
    VectorJacobi.all(d, n, a, values, scratch.get().tile(VectorJacobi.scratch(d)));
  }

  @Override
  public void squaredDistances(int d, int m, double[] x, int n, double[] y, double[] c) {
    double[] rows = scratch.get().packed(d * m);
    Transpose.apply(m, d, x, 0, d, rows, 0);
    for (int j = 0; j < n; j++) {
      VectorBatches.squaredDistances(d, m, rows, y, j * d, c, j * m);
    }
  }

  @Override
  public void reduceRows(int m, int n, double[] c, double[] u) {
    System.arraycopy(c, 0, u, 0, m);
    for (int j = 1; j < n; j++) {
      VectorBatches.least(m, c, j * m, u);
    }
    for (int j = 0; j < n; j++) {
      VectorBatches.subtract(m, u, c, j * m);
    }
  }

  @Override
  public void reduceColumns(int m, int n, double[] c, double[] v) {
    for (int j = 0; j < n; j++) {
      v[j] = VectorBatches.least(m, c, j * m);
      VectorBatches.subtract(m, v[j], c, j * m);
    }
  }

  @Override
  public SingleSpi single() {
    return VectorSingle.KERNELS;
  }
}
