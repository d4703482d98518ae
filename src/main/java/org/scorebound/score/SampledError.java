package org.scorebound.score;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.transport.MeanInterval;

/**
 * {@code m(t) = E_{p_t} |grad log p_t - s|^2} of any model by Monte Carlo, with the exact score and
 * the same random numbers at every t, so that it is as smooth in t as the integrand.
 *
 * <p>Interval: a {@link MeanInterval} with error probability {@link #ERROR} at each end and time,
 * so below 1e-6 at a thousand times together.
 */
public final class SampledError {

  /** Samples of the verdicts' estimates, where the law is not costly. */
  public static final int SAMPLES = 1500;

  /** Error probability of each end at one time. */
  public static final double ERROR = 1e-9;

  /** Samples of the costliest laws. */
  private static final int LEAST_SAMPLES = 250;

  /** Samples times components times dimension at one time, at most, unless at the least samples. */
  private static final double WORK = 2e7;

  /** One path for all times and models: common random numbers. */
  private static final RandomStream COMMON = RandomStream.root(0x6E6574).child("score error");

  private SampledError() {}

  /** m(t) from as many samples as the law's cost allows. */
  static Estimate secondMoment(ScoreModel score, double t, Kernels kernels) {
    GaussianMixture law = score.process().data();
    double affordable = WORK / ((double) law.size() * law.dimension());
    return secondMoment(
        score, t, (int) Math.clamp(affordable, (double) LEAST_SAMPLES, SAMPLES), kernels);
  }

  /** m(t) from n samples, at least 2. */
  static Estimate secondMoment(ScoreModel score, double t, int n, Kernels kernels) {
    MeanInterval m = interval(score, t, n, COMMON.child(0), kernels);
    return Estimate.of(m.mean(), Math.max(0, m.lower(ERROR)), m.upper(ERROR), Evidence.STATISTICAL);
  }

  /**
   * The mean of n samples of {@code |grad log p_t - s|^2}.
   *
   * @param random the samples' own stream
   */
  public static MeanInterval interval(
      ScoreModel score, double t, int n, RandomStream random, Kernels kernels) {
    GaussianMixture law = score.process().marginal(t);
    double[] x = law.sample(n, random);
    double[] exact = new double[x.length];
    double[] model = new double[x.length];
    law.evaluator(kernels).scores(x, n, exact);
    score.at(t, kernels).scores(x, n, model);
    int d = law.dimension();
    double[] squares = new double[n];
    for (int i = 0; i < x.length; i++) {
      double r = exact[i] - model[i];
      squares[i / d] += r * r;
    }
    return MeanInterval.of(squares);
  }
}
