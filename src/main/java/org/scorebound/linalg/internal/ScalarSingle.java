package org.scorebound.linalg.internal;

import org.scorebound.linalg.Activation;

/** The reference of {@link SingleSpi}; sums in index order. Stateless. */
final class ScalarSingle implements SingleSpi {

  static final ScalarSingle KERNELS = new ScalarSingle();

  /** As wide as the compiler's own vector loops need. */
  private static final int P = 32;

  private ScalarSingle() {}

  @Override
  public int panel() {
    return P;
  }

  @Override
  public void affine(
      int in,
      int panels,
      float[] w,
      int wOff,
      float[] bias,
      int bOff,
      float[] x,
      int xOff,
      float[] y,
      int yOff) {
    int columns = SingleSpi.columns(in);
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < BLOCK; j++) {
        int at = yOff + (p * BLOCK + j) * P;
        System.arraycopy(bias, bOff + p * P, y, at, P);
        for (int i = 0; i < in; i++) {
          float xi = x[xOff + (i / P * BLOCK + j) * P + i % P];
          int from = wOff + (p * columns + i) * P;
          for (int r = 0; r < P; r++) {
            y[at + r] += w[from + r] * xi;
          }
        }
      }
    }
  }

  @Override
  public void softplus(
      int panels,
      float[] gain,
      int gOff,
      int[] step,
      int sOff,
      float[] a,
      int aOff,
      float[] h,
      int hOff,
      float[] slope,
      int slopeOff) {
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < BLOCK; j++) {
        int g = gOff + (step[sOff + j] * panels + p) * P;
        int at = (p * BLOCK + j) * P;
        for (int r = at; r < at + P; r++) {
          float z = gain[g + r - at] * a[aOff + r];
          h[hOff + r] = (float) Activation.SOFTPLUS.value(z);
          slope[slopeOff + r] = (float) Activation.SOFTPLUS.slope(z);
        }
      }
    }
  }

  @Override
  public void softplusBackward(
      int panels,
      float[] gain,
      int gOff,
      int[] step,
      int sOff,
      float[] a,
      int aOff,
      float[] slope,
      int slopeOff,
      float[] q,
      int qOff,
      float[] dGain,
      int dGainOff,
      float[] dBias,
      int dBiasOff) {
    for (int p = 0; p < panels; p++) {
      for (int j = 0; j < BLOCK; j++) {
        int g = (step[sOff + j] * panels + p) * P;
        int at = (p * BLOCK + j) * P;
        for (int r = 0; r < P; r++) {
          float t = q[qOff + at + r] * slope[slopeOff + at + r];
          dGain[dGainOff + g + r] += t * a[aOff + at + r];
          float v = t * gain[gOff + g + r];
          dBias[dBiasOff + p * P + r] += v;
          q[qOff + at + r] = v;
        }
      }
    }
  }

  @Override
  public void outer(
      int in, int panels, float[] q, int qOff, float[] x, int xOff, float[] dw, int dwOff) {
    int columns = SingleSpi.columns(in);
    for (int p = 0; p < panels; p++) {
      for (int i = 0; i < columns; i++) {
        int to = dwOff + (p * columns + i) * P;
        for (int j = 0; j < BLOCK; j++) {
          float xi = x[xOff + (i / P * BLOCK + j) * P + i % P];
          int from = qOff + (p * BLOCK + j) * P;
          for (int r = 0; r < P; r++) {
            dw[to + r] += q[from + r] * xi;
          }
        }
      }
    }
  }

  @Override
  public void pack(int in, int out, float[] from, int off, float[] w) {
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        w[at(in, o, i)] = from[off + o + i * out];
      }
    }
  }

  @Override
  public void unpack(int in, int out, float[] w, float[] to, int off) {
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        to[off + o + i * out] = w[at(in, o, i)];
      }
    }
  }

  private static int at(int in, int o, int i) {
    return (o / P * SingleSpi.columns(in) + i) * P + o % P;
  }
}
