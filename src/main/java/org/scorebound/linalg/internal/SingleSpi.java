package org.scorebound.linalg.internal;

/**
 * What a back end computes in single precision; checked by {@link
 * org.scorebound.linalg.SingleKernels}, which says what each does.
 *
 * <p>A block is {@link #BLOCK} samples; features lie in panels of {@link #panel}: feature i of
 * sample j at {@code (i / P * BLOCK + j) P + i % P}. Weights W, outputs x inputs, lie in panels of
 * outputs with {@link #columns} columns each: entry (o, i) at {@code (o / P * columns(in) + i) P +
 * o % P}.
 */
public interface SingleSpi {

  /** Samples of a call. */
  int BLOCK = 32;

  /** Inputs whose products with all outputs are summed together; divides {@link #panel}. */
  int INPUTS = 4;

  /** P. */
  int panel();

  /** Columns of weights in memory: the next multiple of {@link #INPUTS}. */
  static int columns(int in) {
    return (in + INPUTS - 1) / INPUTS * INPUTS;
  }

  /** {@code y = W x + b}. */
  void affine(
      int in,
      int panels,
      float[] w,
      int wOff,
      float[] bias,
      int bOff,
      float[] x,
      int xOff,
      float[] y,
      int yOff);

  /** {@code h = softplus(g a)} and its slope in {@code g a}. */
  void softplus(
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
      int slopeOff);

  /** From dL/dh to dL/da in place, adding to dL/dg and dL/db. */
  void softplusBackward(
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
      int dBiasOff);

  /** {@code dW += q x^T}. */
  void outer(int in, int panels, float[] q, int qOff, float[] x, int xOff, float[] dw, int dwOff);

  /** From column-major weights to panels. */
  void pack(int in, int out, float[] from, int off, float[] w);

  /** From panels to column-major weights. */
  void unpack(int in, int out, float[] w, float[] to, int off);
}
