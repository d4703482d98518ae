package org.scorebound.linalg;

import org.scorebound.linalg.internal.SingleSpi;

/**
 * The layers of a softplus network in single precision, forward and backward, on one block of
 * {@link #BLOCK} samples: for estimates and for training, whose own errors are far above {@code
 * 2^-24}, never for anything that is certified.
 *
 * <p>Features lie in panels of P = {@link #panel}: feature i of sample j of a block is at {@code (i
 * / P BLOCK + j) P + i % P}. Weights, outputs x inputs, lie in panels of outputs: entry (o, i) is
 * at {@code (o / P columns + i) P + o % P} with {@code columns} the number of inputs rounded up to
 * a multiple of {@link #INPUTS}. Whatever fills the last panel and the last columns must be finite;
 * zeros in the weights keep it out of what counts. A vector of a layer has {@link #padded} entries,
 * a block {@code BLOCK} times as many.
 *
 * <p>Sums run in index order, so that a result depends neither on a sample's place nor on its
 * neighbours; a sum of n products is off by at most {@code 2 n u sum|a_i b_i|}, {@code u = 2^-24}
 * (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1,
 * doi:10.1137/1.9780898718027). Infinities and NaN come out as such. Stateless, nothing is
 * allocated.
 */
public final class SingleKernels {

  /** Samples of a block. */
  public static final int BLOCK = SingleSpi.BLOCK;

  /** The number of columns of weights in memory is a multiple of it. */
  public static final int INPUTS = SingleSpi.INPUTS;

  private final SingleSpi spi;
  private final int panel;

  SingleKernels(SingleSpi spi) {
    this.spi = spi;
    this.panel = spi.panel();
  }

  /** P, the features that lie together. */
  public int panel() {
    return panel;
  }

  /** The entries of a vector of n features in memory. */
  public int padded(int n) {
    return panels(n) * panel;
  }

  /** The numbers that the weights of a layer take. */
  public int weights(int in, int out) {
    return padded(out) * SingleSpi.columns(in);
  }

  /** Where entry (o, i) of weights with so many inputs lies. */
  public int weightAt(int in, int o, int i) {
    return (o / panel * SingleSpi.columns(in) + i) * panel + o % panel;
  }

  /** Where feature i of sample j of a block lies. */
  public int at(int i, int j) {
    return (i / panel * BLOCK + j) * panel + i % panel;
  }

  private int panels(int n) {
    return (n + panel - 1) / panel;
  }

  /**
   * {@code y = W x + b}. Cost {@code 2 in out BLOCK} flops.
   *
   * @param w weights
   * @param bias a vector of outputs
   * @param x a block of inputs
   * @param y takes a block of outputs; apart from x
   */
  public void affine(
      int in,
      int out,
      float[] w,
      int wOff,
      float[] bias,
      int bOff,
      float[] x,
      int xOff,
      float[] y,
      int yOff) {
    sizes(in, out);
    slice("w", weights(in, out), w, wOff);
    slice("bias", padded(out), bias, bOff);
    slice("x", padded(in) * BLOCK, x, xOff);
    slice("y", padded(out) * BLOCK, y, yOff);
    apart("x", x, "y", y);
    spi.affine(in, panels(out), w, wOff, bias, bOff, x, xOff, y, yOff);
  }

  /**
   * {@code h = softplus(g_k a)}, elementwise, with the gains of each sample's step k, and the slope
   * of softplus there. Either is within 3e-7 of its value, and of 3e-7 times it where h is above 1;
   * at NaN h is NaN and the slope anything.
   *
   * @param n features
   * @param gain a vector of gains per step, one after the other
   * @param step BLOCK indices from {@code sOff} on
   * @param a a block
   * @param h takes a block
   * @param slope takes a block; three arrays
   */
  public void softplus(
      int n,
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
    sizes(n, n);
    int block = padded(n) * BLOCK;
    slice("gain", padded(n) * steps(step, sOff), gain, gOff);
    slice("a", block, a, aOff);
    slice("h", block, h, hOff);
    slice("slope", block, slope, slopeOff);
    apart("a", a, "h", h);
    apart("a", a, "slope", slope);
    apart("h", h, "slope", slope);
    spi.softplus(panels(n), gain, gOff, step, sOff, a, aOff, h, hOff, slope, slopeOff);
  }

  /**
   * Back through {@link #softplus}: from {@code q = dL/dh} to {@code dL/da = g_k slope q} in place,
   * adding {@code slope q a} to the gradient of the gains of each sample's step and {@code dL/da}
   * to that of the bias.
   *
   * @param dGain as gain
   * @param dBias a vector
   */
  public void softplusBackward(
      int n,
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
    sizes(n, n);
    int block = padded(n) * BLOCK;
    int gains = padded(n) * steps(step, sOff);
    slice("gain", gains, gain, gOff);
    slice("dGain", gains, dGain, dGainOff);
    slice("dBias", padded(n), dBias, dBiasOff);
    slice("a", block, a, aOff);
    slice("slope", block, slope, slopeOff);
    slice("q", block, q, qOff);
    apart("a", a, "q", q);
    apart("slope", slope, "q", q);
    apart("gain", gain, "dGain", dGain);
    spi.softplusBackward(
        panels(n), gain, gOff, step, sOff, a, aOff, slope, slopeOff, q, qOff, dGain, dGainOff,
        dBias, dBiasOff);
  }

  /**
   * {@code dW += q x^T}, summed over the samples of a block. Cost {@code 2 in out BLOCK} flops.
   *
   * @param q a block of outputs
   * @param x a block of inputs
   * @param dw weights
   */
  public void outer(
      int in, int out, float[] q, int qOff, float[] x, int xOff, float[] dw, int dwOff) {
    sizes(in, out);
    slice("q", padded(out) * BLOCK, q, qOff);
    slice("x", padded(in) * BLOCK, x, xOff);
    slice("dw", weights(in, out), dw, dwOff);
    apart("q", q, "dw", dw);
    apart("x", x, "dw", dw);
    spi.outer(in, panels(out), q, qOff, x, xOff, dw, dwOff);
  }

  /** Weights from column-major ones, outputs x inputs. */
  public void pack(int in, int out, float[] from, int off, float[] w) {
    sizes(in, out);
    slice("from", in * out, from, off);
    slice("w", weights(in, out), w, 0);
    spi.pack(in, out, from, off, w);
  }

  /** Column-major weights, outputs x inputs, from panels. */
  public void unpack(int in, int out, float[] w, float[] to, int off) {
    sizes(in, out);
    slice("to", in * out, to, off);
    slice("w", weights(in, out), w, 0);
    spi.unpack(in, out, w, to, off);
  }

  private static void sizes(int in, int out) {
    if (in < 0 || out < 0) {
      throw new IllegalArgumentException("sizes must be >= 0, got " + in + " and " + out);
    }
  }

  /** One more than the largest index. */
  private static int steps(int[] step, int off) {
    if (off < 0 || off > step.length - BLOCK) {
      throw new IllegalArgumentException(
          "step of length " + BLOCK + " at offset " + off + " exceeds its array of " + step.length);
    }
    int most = 0;
    for (int j = off; j < off + BLOCK; j++) {
      if (step[j] < 0) {
        throw new IllegalArgumentException("step[" + j + "] must be >= 0, got " + step[j]);
      }
      most = Math.max(most, step[j]);
    }
    return most + 1;
  }

  private static void slice(String name, int n, float[] x, int off) {
    if (off < 0 || off > x.length - n) {
      throw new IllegalArgumentException(
          name + " of length " + n + " at offset " + off + " exceeds its array of " + x.length);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the same array is what is not allowed
  private static void apart(String xName, float[] x, String yName, float[] y) {
    if (x == y) {
      throw new IllegalArgumentException(xName + " and " + yName + " must be different arrays");
    }
  }
}
