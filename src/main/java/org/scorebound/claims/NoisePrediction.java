package org.scorebound.claims;

import org.scorebound.claims.Finding.Relation;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.distribution.MixtureEvaluator;
import org.scorebound.linalg.Matrices;
import org.scorebound.random.RandomStream;

/**
 * Row 3: {@code grad log p_t(x_t|x_0) = -eps/sigma_t}, and with {@code s = -eps_theta/sigma_t} the
 * noise loss is {@code sigma_t^2} times the score loss.
 */
record NoisePrediction() implements Claim {

  private static final int POINTS = 200;
  private static final int D = 3;

  /** A quotient of differences of numbers below 10, by sigma down to .04. */
  private static final double ROUNDING = 1e-11;

  /** Central differences at h = 1e-5 sigma of a quadratic function: rounding alone, 1e-16/1e-5. */
  private static final double DIFFERENCE = 1e-7;

  @Override
  public int row() {
    return 3;
  }

  @Override
  public String name() {
    return "noise-prediction";
  }

  @Override
  public String statement() {
    return "grad log p_t(x_t|x_0) = -eps/sigma_t, so that E|eps_theta - eps|^2 = sigma_t^2 E|s -"
        + " grad log p_t(x_t|x_0)|^2";
  }

  @Override
  public String source() {
    return "slides, 'Background: diffusion models'; article, eq. (5)";
  }

  @Override
  public Wording wording() {
    return Wording.RIGHT;
  }

  @Override
  public String onTheSource() {
    return "with sigma_t^2 the variance of x_t given x_0 (the article's beta-bar_t^2, not a"
        + " rate)";
  }

  /** The setting: VP with beta from .1 to 20, one pair (x_0, eps) at a time. */
  private static final VariancePreserving PROCESS =
      new VariancePreserving(new LinearSchedule(0.1, 20, 1), 1);

  @Override
  public Examination examine(Inquiry inquiry) {
    double[] worst = worst(inquiry.stream(this), 1);
    return new Examination.Builder()
        .finding(
            "largest |grad log p_t(x_t|x_0) + eps/sigma_t| of " + POINTS + " draws in 3-D",
            worst[0],
            "score of N(alpha x_0, sigma^2 I)",
            Relation.EQUAL,
            0,
            "-eps/sigma_t",
            ROUNDING)
        .finding(
            "largest sigma |finite difference + eps/sigma_t|",
            worst[1],
            "central differences of log p_t(x_t|x_0)",
            Relation.EQUAL,
            0,
            "-eps/sigma_t",
            DIFFERENCE)
        .finding(
            "mean |eps_theta - eps|^2 over sigma^2 mean |s - grad log p|^2",
            worst[2],
            "noise loss over score loss, a linear predictor",
            Relation.EQUAL,
            1,
            "their ratio",
            ROUNDING)
        .control(
            "sigma for sigma squared as the factor",
            "|noise loss/(factor x score loss) - 1|",
            "the same draws",
            ROUNDING,
            () -> Math.abs(worst(inquiry.stream(this), 1)[2] - 1),
            () -> Math.abs(worst(inquiry.stream(this), 0.5)[2] - 1))
        .control(
            "-eps/sigma^2 for -eps/sigma",
            "largest |grad log p_t(x_t|x_0) - formula|",
            "the same draws",
            ROUNDING,
            () -> worst(inquiry.stream(this), 1)[0],
            () -> worst(inquiry.stream(this), 1)[3])
        .build();
  }

  /**
   * Largest errors of the score and of its finite difference; the ratio of the losses with the
   * factor {@code sigma^(2 power)}; the largest error of {@code -eps/sigma^2}.
   */
  private static double[] worst(RandomStream random, double power) {
    double[] worst = new double[4];
    double noise = 0;
    double weighted = 0;
    double[] x0 = new double[D];
    double[] eps = new double[D];
    double[] x = new double[D];
    double[] score = new double[D];
    for (int n = 0; n < POINTS; n++) {
      double t = random.nextDouble(0.02, 1);
      double alpha = PROCESS.propagator(t, 1)[0][0];
      double sigma = Math.sqrt(PROCESS.noiseCovariance(t, 1)[0][0]);
      random.fillGaussian(x0, 0, D);
      random.fillGaussian(eps, 0, D);
      double[] mean = new double[D];
      for (int i = 0; i < D; i++) {
        mean[i] = alpha * x0[i];
        x[i] = mean[i] + sigma * eps[i];
      }
      MixtureEvaluator conditional =
          GaussianMixture.gaussian(mean, Matrices.scaledIdentity(D, sigma * sigma)).evaluator();
      conditional.score(x, 0, score, 0);
      double scoreLoss = 0;
      double noiseLoss = 0;
      for (int i = 0; i < D; i++) {
        worst[0] = Math.max(worst[0], Math.abs(score[i] + eps[i] / sigma));
        worst[3] = Math.max(worst[3], Math.abs(score[i] + eps[i] / (sigma * sigma)));
        double difference = difference(conditional, x, i, 1e-5 * sigma);
        worst[1] = Math.max(worst[1], sigma * Math.abs(difference + eps[i] / sigma));
        double predicted = 0.7 * x[i] + 0.1;
        double s = -predicted / sigma;
        scoreLoss += (s - score[i]) * (s - score[i]);
        noiseLoss += (predicted - eps[i]) * (predicted - eps[i]);
      }
      noise += noiseLoss;
      weighted += Math.pow(sigma, 2 * power) * scoreLoss;
    }
    worst[2] = noise / weighted;
    return worst;
  }

  private static double difference(MixtureEvaluator law, double[] x, int i, double h) {
    double[] y = x.clone();
    y[i] = x[i] + h;
    double above = law.logDensity(y);
    y[i] = x[i] - h;
    return (above - law.logDensity(y)) / (2 * h);
  }
}
