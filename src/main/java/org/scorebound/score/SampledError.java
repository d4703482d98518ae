package org.scorebound.score;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * {@code m(t) = E_{p_t} |grad log p_t - s|^2} of any model by Monte Carlo, with the exact score and
 * the same random numbers at every t, so that it is as smooth in t as the integrand.
 *
 * <p>Interval: {@link #Z} standard errors. For a normal mean the error probability at one time is
 * 1e-9 one-sided, so below 1e-6 at a thousand times together; the mean of {@link #SAMPLES} squares
 * is taken as normal.
 */
public final class SampledError {

  /** Samples of the verdicts' estimates. */
  public static final int SAMPLES = 2000;

  /** Half-width of the interval in standard errors. */
  public static final double Z = 6;

  /** One path for all times and models: common random numbers. */
  private static final RandomStream COMMON = RandomStream.root(0x6E6574).child("score error");

  private SampledError() {}

  /** m(t) from {@link #SAMPLES} samples. */
  static Estimate secondMoment(ScoreModel score, double t, Kernels kernels) {
    return secondMoment(score, t, SAMPLES, kernels);
  }

  /** m(t) from n samples, at least 2. */
  static Estimate secondMoment(ScoreModel score, double t, int n, Kernels kernels) {
    GaussianMixture law = score.process().marginal(t);
    double[] x = law.sample(n, COMMON.child(0));
    double[] exact = new double[x.length];
    double[] model = new double[x.length];
    law.evaluator(kernels).scores(x, n, exact);
    score.at(t, kernels).scores(x, n, model);
    int d = law.dimension();
    double mean = 0;
    double squares = 0;
    for (int j = 0; j < n; j++) {
      double e = 0;
      for (int i = j * d; i < (j + 1) * d; i++) {
        double r = exact[i] - model[i];
        e += r * r;
      }
      // Welford's recurrence, without cancellation.
      double delta = e - mean;
      mean += delta / (j + 1);
      squares += delta * (e - mean);
    }
    double radius = Z * Math.sqrt(squares / (n - 1.0) / n);
    return Estimate.of(mean, Math.max(0, mean - radius), mean + radius, Evidence.STATISTICAL);
  }
}
