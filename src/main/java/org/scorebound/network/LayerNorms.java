package org.scorebound.network;

import java.util.Arrays;
import org.scorebound.linalg.SpectralNorm;

/** Spectral norms of a network's layers. */
public final class LayerNorms {

  private LayerNorms() {}

  /**
   * Certified upper bounds of the spectral norms {@code |diag(g_{l,k}) W_l|_2} of all layers at
   * step k, without gains in the last layer. Their product times {@code largestSlope^(layers-1)}
   * bounds the Lipschitz constant of the network at that step.
   */
  public static double[] of(Architecture architecture, double[] theta, int k) {
    ParameterLayout layout = new ParameterLayout(architecture);
    layout.check(theta);
    int steps = architecture.steps();
    if (steps > 0 && (k < 0 || k >= steps)) {
      throw new IllegalArgumentException("step must be in 0.." + (steps - 1) + ", got " + k);
    }
    double[] norms = new double[architecture.layers()];
    for (int l = 0; l < norms.length; l++) {
      int in = architecture.fanIn(l);
      int out = architecture.fanOut(l);
      double[] w =
          Arrays.copyOfRange(theta, layout.weightOffset(l), layout.weightOffset(l) + in * out);
      double rounding = 1;
      if (steps > 0 && l < norms.length - 1) {
        for (int i = 0; i < w.length; i++) {
          w[i] *= theta[layout.gainOffset(l) + k * out + i % out];
        }
        // Each product is rounded once: |fl(GW) - GW| <= u |GW| entrywise, sqrt(rank) in the norm.
        rounding += Math.sqrt(Math.min(in, out)) * 0x1p-52;
      }
      norms[l] = Math.nextUp(rounding * SpectralNorm.upper(w, 0, out, in));
    }
    return norms;
  }

  /** The product that {@link #of} speaks of: an upper bound, usually loose. */
  public static double product(Architecture architecture, double[] theta, int k) {
    double[] norms = of(architecture, theta, k);
    double product = Math.nextUp(norms[norms.length - 1]);
    for (int l = 0; l < norms.length - 1; l++) {
      product =
          Math.nextUp(Math.nextUp(product * norms[l]) * architecture.activation().largestSlope());
    }
    return product;
  }
}
