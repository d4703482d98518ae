package org.scorebound.experiment;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ScoreLipschitz;
import org.scorebound.result.Labelled;
import org.scorebound.score.DenoisingLoss;
import org.scorebound.score.ExactScore;

/**
 * The weight lambda of the denoising loss {@code mean_k lambda_k |s + eps/sigma_k|^2}.
 *
 * <p>A factor of lambda changes what the clipping of gradients does, so all weights are scaled: the
 * mean over steps of {@code lambda_k/sigma_k^2}, the loss of predicting noise 0 per coordinate, is
 * that of {@code g^2}.
 */
enum LossWeight implements Labelled {
  /** 1: the plain score error. */
  ONE("1"),
  /** {@code sigma_t^2}: the plain noise error, DDPM's simple loss. */
  SIGMA_SQUARED("sigma^2"),
  /** {@code g^2}: the likelihood weighting, as published. */
  G_SQUARED("g^2"),
  /**
   * {@code k I}, what multiplies the error in the theorem, for the reverse SDE and I of the exact
   * score: that of the network moves while it is trained.
   */
  K_I("k I");

  private static final int PARTS = 400;

  private final String label;

  LossWeight(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /** The weight of each of n equal steps, at its right end; scaled. */
  double[] of(ForwardProcess process, int n) {
    double[] g2 = DenoisingLoss.gSquared(process, n);
    double[] sigma2 = new double[n];
    double horizon = process.diffusion().horizon();
    for (int k = 0; k < n; k++) {
      sigma2[k] =
          process.diffusion().noiseCovariance(horizon * (k + 1) / n, process.dimension())[0][0];
    }
    double[] lambda = new double[n];
    double[] logI = this == K_I ? exactLogI(process, n) : new double[n];
    for (int k = 0; k < n; k++) {
      lambda[k] =
          switch (this) {
            case ONE -> 1;
            case SIGMA_SQUARED -> sigma2[k];
            case G_SQUARED -> g2[k];
            case K_I -> g2[k] * Math.exp(logI[k] - largest(logI));
          };
    }
    double scale = mean(g2, sigma2) / mean(lambda, sigma2);
    for (int k = 0; k < n; k++) {
      lambda[k] *= this == G_SQUARED ? 1 : scale;
    }
    return lambda;
  }

  /** {@code log I} of the exact score at the right ends, by the trapezoidal rule. */
  private static double[] exactLogI(ForwardProcess process, int n) {
    ScoreLipschitz lipschitz =
        new ScoreLipschitz(new ExactScore(process), 1e-6, Kernels.of(BackEnd.VECTOR));
    double[] logI = new double[n];
    double h = process.diffusion().horizon() / n / PARTS;
    double sum = 0;
    for (int k = 0; k < n; k++) {
      double g2 = process.diffusion().gSquared(PARTS * h * (k + 0.5));
      for (int i = 0; i <= PARTS; i++) {
        double ls = lipschitz.at(h * (k * PARTS + i)).certified();
        sum += (i == 0 || i == PARTS ? 0.5 : 1) * h * g2 * (0.5 + ls);
      }
      logI[k] = sum;
    }
    return logI;
  }

  private static double largest(double[] a) {
    double max = Double.NEGATIVE_INFINITY;
    for (double x : a) {
      max = Math.max(max, x);
    }
    return max;
  }

  private static double mean(double[] a, double[] over) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] / over[k] / a.length;
    }
    return sum;
  }
}
