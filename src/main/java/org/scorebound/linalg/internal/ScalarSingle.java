package org.scorebound.linalg.internal;

import java.util.Arrays;
import org.scorebound.linalg.Activation;

/** The reference of {@link KernelSpi#singleLayer}; sums in index order from the bias on. */
final class ScalarSingle {

  private static final int BLOCK = KernelSpi.SINGLE_BLOCK;
  private static final int GROUP = KernelSpi.SINGLE_GROUP;

  private ScalarSingle() {}

  static void layer(
      int in,
      int out,
      float[] w,
      float[] bias,
      float[] gain,
      int gOff,
      float[] x,
      boolean softplus,
      float[] y) {
    for (int o = 0; o < out; o++) {
      int at = o * BLOCK;
      int group = o / GROUP * GROUP;
      Arrays.fill(y, at, at + BLOCK, bias[o]);
      for (int l = 0; l < in; l++) {
        float wl = w[group * in + l * GROUP + o - group];
        for (int j = 0; j < BLOCK; j++) {
          y[at + j] += wl * x[l * BLOCK + j];
        }
      }
      for (int j = 0; j < BLOCK; j++) {
        float z = gain[gOff + o] * y[at + j];
        y[at + j] = softplus ? (float) Activation.SOFTPLUS.value(z) : z;
      }
    }
  }
}
