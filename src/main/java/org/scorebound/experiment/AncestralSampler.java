package org.scorebound.experiment;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.score.NetworkScore;

/**
 * The ancestral sampler of DDPM (Ho et al. 2020, arXiv 2006.11239, algorithm 2) for a network score
 * with n steps and a variance-preserving process: from {@code x ~ N(0, I)} down k = n-1 .. 0,
 *
 * <pre>
 *   x <- (x + b_k s(x, k)) / sqrt(1 - b_k) + sqrt(v_k) z,   b_k = 1 - abar_k / abar_{k-1}
 * </pre>
 *
 * with {@code abar_k} the squared mean factor at the right end of step k, the posterior variance
 * {@code v_k = b_k (1 - abar_{k-1}) / (1 - abar_k)}, and so no noise in the last step. Its law is
 * not that of the reverse SDE, which it discretises with one step for each step of the network.
 */
final class AncestralSampler {

  private AncestralSampler() {}

  /** n samples, d x n. */
  static double[] sample(NetworkScore score, int n, RandomStream random, Kernels kernels) {
    int d = score.dimension();
    ForwardProcess process = score.process();
    double[] x = new double[d * n];
    double[] s = new double[d * n];
    double[] z = new double[d * n];
    random.fillGaussian(x, 0, x.length);
    for (int k = score.steps() - 1; k >= 0; k--) {
      double alpha = process.diffusion().propagator(score.edge(k + 1), d)[0][0];
      double before = process.diffusion().propagator(score.edge(k), d)[0][0];
      double ratio = alpha / before;
      double b = (1 - ratio) * (1 + ratio);
      double spread = Math.sqrt(b * (1 - before) * (1 + before) / ((1 - alpha) * (1 + alpha)));
      score.atStep(k, kernels).scores(x, n, s);
      random.fillGaussian(z, 0, z.length);
      for (int i = 0; i < x.length; i++) {
        x[i] = (x[i] + b * s[i]) / ratio + spread * z[i];
      }
    }
    return x;
  }
}
