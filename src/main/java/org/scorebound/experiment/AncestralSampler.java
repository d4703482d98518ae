package org.scorebound.experiment;

import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.network.SingleMlp;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;

/**
 * The ancestral sampler of DDPM (Ho et al. 2020, arXiv 2006.11239, algorithm 2) for a network with
 * n steps that predicts the noise, {@code s = -y/sigma_k}, and a variance-preserving process: from
 * {@code x ~ q_T} down k = n-1 .. 0,
 *
 * <pre>
 *   x <- (x + b_k s(x, k)) / sqrt(1 - b_k) + sqrt(v_k) z,   b_k = 1 - abar_k / abar_{k-1}
 * </pre>
 *
 * with {@code abar_k} the squared mean factor at the right end of step k, the posterior variance
 * {@code v_k = b_k (1 - abar_{k-1}) / (1 - abar_k)}, and so no noise in the last step. Its law is
 * not that of the reverse SDE, which it discretises with one step for each step of the network.
 *
 * <p>Owns workspace that is reused from call to call; for one thread.
 */
final class AncestralSampler {

  private final int n;
  private final int d;
  private final Mlp mlp;
  private final SingleMlp single;
  private @Nullable Workspace ws;
  private final double[] y;
  private final double[] ratio;
  private final double[] b;
  private final double[] spread;
  private final double[] factor;
  private final double alphaAtHorizon;
  private final double[] x;
  private final double[] z;

  /**
   * A sampler.
   *
   * @param process variance-preserving
   * @param architecture of the networks
   * @param n number of samples of a call
   */
  AncestralSampler(ForwardProcess process, Architecture architecture, int n, Kernels kernels) {
    this.n = n;
    this.d = process.dimension();
    mlp = new Mlp(architecture, kernels);
    single = new SingleMlp(architecture, kernels);
    int steps = architecture.steps();
    ratio = new double[steps];
    b = new double[steps];
    spread = new double[steps];
    factor = new double[steps];
    double horizon = process.diffusion().horizon();
    for (int k = 0; k < steps; k++) {
      double alpha = process.diffusion().propagator(horizon * (k + 1) / steps, d)[0][0];
      double before = process.diffusion().propagator(horizon * k / steps, d)[0][0];
      ratio[k] = alpha / before;
      b[k] = (1 - ratio[k]) * (1 + ratio[k]);
      double variance = (1 - alpha) * (1 + alpha);
      spread[k] = Math.sqrt(b[k] * (1 - before) * (1 + before) / variance);
      factor[k] = -1 / Math.sqrt(variance);
    }
    alphaAtHorizon = process.diffusion().propagator(horizon, d)[0][0];
    x = new double[d * n];
    y = new double[d * n];
    z = new double[d * n];
  }

  private Workspace workspace() {
    if (ws == null) {
      ws = Workspace.forEvaluation(mlp.architecture(), n);
    }
    return ws;
  }

  /**
   * The samples, d x n; valid until the next call.
   *
   * @param theta the network's parameters
   * @param data the points whose noised copies are the start, d x n; null for {@code N(0, I)}
   * @param precision of the network; everything else is in double precision
   */
  double[] sample(
      double[] theta, double @Nullable [] data, Precision precision, RandomStream random) {
    if (precision == Precision.SINGLE) {
      single.load(theta);
    }
    random.fillGaussian(x, 0, x.length);
    if (data != null) {
      double sigma = Math.sqrt((1 - alphaAtHorizon) * (1 + alphaAtHorizon));
      for (int i = 0; i < x.length; i++) {
        x[i] = alphaAtHorizon * data[i] + sigma * x[i];
      }
    }
    for (int k = ratio.length - 1; k >= 0; k--) {
      outputs(theta, k, precision);
      double scale = b[k] * factor[k] / ratio[k];
      if (spread[k] > 0) {
        random.fillGaussian(z, 0, z.length);
      }
      for (int i = 0; i < x.length; i++) {
        x[i] = x[i] / ratio[k] + scale * y[i] + spread[k] * z[i];
      }
    }
    return x;
  }

  /** The network at x in step k, into y. */
  private void outputs(double[] theta, int k, Precision precision) {
    switch (precision) {
      case SINGLE -> single.evaluate(x, n, k, y);
      case DOUBLE -> {
        Workspace room = workspace();
        mlp.evaluate(theta, x, n, room.sameStep(k), room);
        System.arraycopy(room.output(), 0, y, 0, d * n);
      }
    }
  }

  /** Whether all of the last samples are numbers. */
  boolean isFinite() {
    for (double v : x) {
      if (!Double.isFinite(v)) {
        return false;
      }
    }
    return true;
  }
}
