package org.scorebound.linalg.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link SingleSpi} on the Vector API: features run along the lanes, so that a sample's gains are a
 * row of their own and no kernel needs a transposed copy; strides are constants, which lets the
 * compiler drop the bounds checks of inner loops. Sums run in index order, each product fused. One
 * leaf method per loop, as in {@link VectorMaps}; the elementwise ones are in {@link SingleMaps}.
 */
final class VectorSingle implements SingleSpi {

  static final VectorSingle KERNELS = new VectorSingle();

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int P = S.length();
  private static final int PANEL = BLOCK * P;

  private VectorSingle() {}

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
    int next = SingleSpi.columns(in) * P;
    int p = 0;
    for (; p + 1 < panels; p += 2) {
      for (int j = 0; j < BLOCK; j += 4) {
        pair(
            in,
            w,
            wOff + p * next,
            next,
            bias,
            bOff + p * P,
            x,
            xOff + j * P,
            y,
            yOff + p * PANEL + j * P);
      }
    }
    for (; p < panels; p++) {
      for (int j = 0; j < BLOCK; j += 4) {
        one(
            in,
            w,
            wOff + p * next,
            bias,
            bOff + p * P,
            x,
            xOff + j * P,
            y,
            yOff + p * PANEL + j * P);
      }
    }
  }

  /** From a sample's first feature to feature i. */
  private static int feature(int i) {
    return (i & -P) * BLOCK + (i & P - 1);
  }

  /**
   * Two panels of outputs, four samples: eight sums, of which each waits for itself alone. Two
   * inputs a turn share the place of the first, which an even one and the next have in one panel.
   */
  private static void pair(
      int in,
      float[] w,
      int w0,
      int next,
      float[] bias,
      int b,
      float[] x,
      int x0,
      float[] y,
      int y0) {
    FloatVector s00 = FloatVector.fromArray(S, bias, b);
    FloatVector s10 = FloatVector.fromArray(S, bias, b + P);
    FloatVector s01 = s00;
    FloatVector s11 = s10;
    FloatVector s02 = s00;
    FloatVector s12 = s10;
    FloatVector s03 = s00;
    FloatVector s13 = s10;
    int w1 = w0 + next;
    FloatVector c;
    FloatVector d;
    FloatVector u;
    int i = 0;
    for (; i < in - 1; i += 2) {
      int at = x0 + feature(i);
      c = FloatVector.fromArray(S, w, w0 + i * P);
      d = FloatVector.fromArray(S, w, w1 + i * P);
      u = FloatVector.broadcast(S, x[at]);
      s00 = c.fma(u, s00);
      s10 = d.fma(u, s10);
      u = FloatVector.broadcast(S, x[at + P]);
      s01 = c.fma(u, s01);
      s11 = d.fma(u, s11);
      u = FloatVector.broadcast(S, x[at + 2 * P]);
      s02 = c.fma(u, s02);
      s12 = d.fma(u, s12);
      u = FloatVector.broadcast(S, x[at + 3 * P]);
      s03 = c.fma(u, s03);
      s13 = d.fma(u, s13);
      c = FloatVector.fromArray(S, w, w0 + i * P + P);
      d = FloatVector.fromArray(S, w, w1 + i * P + P);
      u = FloatVector.broadcast(S, x[at + 1]);
      s00 = c.fma(u, s00);
      s10 = d.fma(u, s10);
      u = FloatVector.broadcast(S, x[at + 1 + P]);
      s01 = c.fma(u, s01);
      s11 = d.fma(u, s11);
      u = FloatVector.broadcast(S, x[at + 1 + 2 * P]);
      s02 = c.fma(u, s02);
      s12 = d.fma(u, s12);
      u = FloatVector.broadcast(S, x[at + 1 + 3 * P]);
      s03 = c.fma(u, s03);
      s13 = d.fma(u, s13);
    }
    if (i < in) {
      int at = x0 + feature(i);
      c = FloatVector.fromArray(S, w, w0 + i * P);
      d = FloatVector.fromArray(S, w, w1 + i * P);
      u = FloatVector.broadcast(S, x[at]);
      s00 = c.fma(u, s00);
      s10 = d.fma(u, s10);
      u = FloatVector.broadcast(S, x[at + P]);
      s01 = c.fma(u, s01);
      s11 = d.fma(u, s11);
      u = FloatVector.broadcast(S, x[at + 2 * P]);
      s02 = c.fma(u, s02);
      s12 = d.fma(u, s12);
      u = FloatVector.broadcast(S, x[at + 3 * P]);
      s03 = c.fma(u, s03);
      s13 = d.fma(u, s13);
    }
    s00.intoArray(y, y0);
    s01.intoArray(y, y0 + P);
    s02.intoArray(y, y0 + 2 * P);
    s03.intoArray(y, y0 + 3 * P);
    s10.intoArray(y, y0 + PANEL);
    s11.intoArray(y, y0 + PANEL + P);
    s12.intoArray(y, y0 + PANEL + 2 * P);
    s13.intoArray(y, y0 + PANEL + 3 * P);
  }

  /** One panel of outputs, four samples. */
  private static void one(
      int in, float[] w, int w0, float[] bias, int b, float[] x, int x0, float[] y, int y0) {
    FloatVector s0 = FloatVector.fromArray(S, bias, b);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = 0; i < in; i++) {
      int at = x0 + feature(i);
      FloatVector c = FloatVector.fromArray(S, w, w0 + i * P);
      s0 = c.fma(FloatVector.broadcast(S, x[at]), s0);
      s1 = c.fma(FloatVector.broadcast(S, x[at + P]), s1);
      s2 = c.fma(FloatVector.broadcast(S, x[at + 2 * P]), s2);
      s3 = c.fma(FloatVector.broadcast(S, x[at + 3 * P]), s3);
    }
    s0.intoArray(y, y0);
    s1.intoArray(y, y0 + P);
    s2.intoArray(y, y0 + 2 * P);
    s3.intoArray(y, y0 + 3 * P);
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
      SingleMaps.exponential(
          gain,
          gOff + p * P,
          panels * P,
          step,
          sOff,
          a,
          aOff + p * PANEL,
          h,
          hOff + p * PANEL,
          slope,
          slopeOff + p * PANEL);
    }
    SingleMaps.valueAndSlope(panels * PANEL, h, hOff, slope, slopeOff);
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
    for (int j = 0; j < BLOCK; j++) {
      int at = j * P;
      int k = step[sOff + j] * panels * P;
      SingleMaps.backward(
          panels,
          gain,
          gOff + k,
          a,
          aOff + at,
          slope,
          slopeOff + at,
          q,
          qOff + at,
          dGain,
          dGainOff + k,
          dBias,
          dBiasOff);
    }
  }

  @Override
  public void outer(
      int in, int panels, float[] q, int qOff, float[] x, int xOff, float[] dw, int dwOff) {
    int columns = SingleSpi.columns(in);
    int next = columns * P;
    for (int i = 0; i < columns; i += INPUTS) {
      int from = xOff + i / P * PANEL + i % P;
      for (int p = 0; p + 1 < panels; p += 2) {
        outerPair(q, qOff + p * PANEL, x, from, dw, dwOff + p * next + i * P, next);
      }
      if (panels % 2 == 1) {
        int p = panels - 1;
        outerOne(q, qOff + p * PANEL, x, from, dw, dwOff + p * next + i * P);
      }
    }
  }

  /** Two panels of outputs, {@link #INPUTS} inputs. */
  private static void outerPair(
      float[] q, int q0, float[] x, int x0, float[] dw, int at, int next) {
    FloatVector s00 = FloatVector.fromArray(S, dw, at);
    FloatVector s01 = FloatVector.fromArray(S, dw, at + P);
    FloatVector s02 = FloatVector.fromArray(S, dw, at + 2 * P);
    FloatVector s03 = FloatVector.fromArray(S, dw, at + 3 * P);
    FloatVector s10 = FloatVector.fromArray(S, dw, at + next);
    FloatVector s11 = FloatVector.fromArray(S, dw, at + next + P);
    FloatVector s12 = FloatVector.fromArray(S, dw, at + next + 2 * P);
    FloatVector s13 = FloatVector.fromArray(S, dw, at + next + 3 * P);
    for (int j = 0; j < PANEL; j += P) {
      FloatVector u = FloatVector.fromArray(S, q, q0 + j);
      FloatVector v = FloatVector.fromArray(S, q, q0 + PANEL + j);
      FloatVector xs = FloatVector.broadcast(S, x[x0 + j]);
      s00 = u.fma(xs, s00);
      s10 = v.fma(xs, s10);
      xs = FloatVector.broadcast(S, x[x0 + 1 + j]);
      s01 = u.fma(xs, s01);
      s11 = v.fma(xs, s11);
      xs = FloatVector.broadcast(S, x[x0 + 2 + j]);
      s02 = u.fma(xs, s02);
      s12 = v.fma(xs, s12);
      xs = FloatVector.broadcast(S, x[x0 + 3 + j]);
      s03 = u.fma(xs, s03);
      s13 = v.fma(xs, s13);
    }
    s00.intoArray(dw, at);
    s01.intoArray(dw, at + P);
    s02.intoArray(dw, at + 2 * P);
    s03.intoArray(dw, at + 3 * P);
    s10.intoArray(dw, at + next);
    s11.intoArray(dw, at + next + P);
    s12.intoArray(dw, at + next + 2 * P);
    s13.intoArray(dw, at + next + 3 * P);
  }

  /** One panel of outputs, {@link #INPUTS} inputs. */
  private static void outerOne(float[] q, int q0, float[] x, int x0, float[] dw, int at) {
    FloatVector s0 = FloatVector.fromArray(S, dw, at);
    FloatVector s1 = FloatVector.fromArray(S, dw, at + P);
    FloatVector s2 = FloatVector.fromArray(S, dw, at + 2 * P);
    FloatVector s3 = FloatVector.fromArray(S, dw, at + 3 * P);
    for (int j = 0; j < PANEL; j += P) {
      FloatVector u = FloatVector.fromArray(S, q, q0 + j);
      s0 = u.fma(FloatVector.broadcast(S, x[x0 + j]), s0);
      s1 = u.fma(FloatVector.broadcast(S, x[x0 + 1 + j]), s1);
      s2 = u.fma(FloatVector.broadcast(S, x[x0 + 2 + j]), s2);
      s3 = u.fma(FloatVector.broadcast(S, x[x0 + 3 + j]), s3);
    }
    s0.intoArray(dw, at);
    s1.intoArray(dw, at + P);
    s2.intoArray(dw, at + 2 * P);
    s3.intoArray(dw, at + 3 * P);
  }

  @Override
  public void pack(int in, int out, float[] from, int off, float[] w) {
    int next = SingleSpi.columns(in) * P;
    int p = 0;
    for (; (p + 1) * P <= out; p++) {
      for (int i = 0; i < in; i++) {
        FloatVector.fromArray(S, from, off + p * P + i * out).intoArray(w, p * next + i * P);
      }
    }
    for (int i = 0; i < in; i++) {
      for (int o = p * P; o < out; o++) {
        w[p * next + i * P + o - p * P] = from[off + o + i * out];
      }
    }
  }

  @Override
  public void unpack(int in, int out, float[] w, float[] to, int off) {
    int next = SingleSpi.columns(in) * P;
    int p = 0;
    for (; (p + 1) * P <= out; p++) {
      for (int i = 0; i < in; i++) {
        FloatVector.fromArray(S, w, p * next + i * P).intoArray(to, off + p * P + i * out);
      }
    }
    for (int i = 0; i < in; i++) {
      for (int o = p * P; o < out; o++) {
        to[off + o + i * out] = w[p * next + i * P + o - p * P];
      }
    }
  }
}
