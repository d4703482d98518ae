package org.scorebound.sde;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.transport.MixtureQuantile;

/** Quantile functions of one-dimensional mixtures. */
public final class Quantiles {

  private Quantiles() {}

  /** The quantile function of a law in dimension 1. */
  public static MixtureQuantile of(GaussianMixture law) {
    int k = law.size();
    double[] w = new double[k];
    double[] m = new double[k];
    double[] s = new double[k];
    for (int i = 0; i < k; i++) {
      w[i] = law.weight(i);
      m[i] = law.componentMean(i)[0];
      s[i] = Math.sqrt(law.componentCovariance(i)[0][0]);
    }
    return new MixtureQuantile(w, m, s);
  }
}
