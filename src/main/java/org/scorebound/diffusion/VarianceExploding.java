package org.scorebound.diffusion;

import org.scorebound.linalg.Matrices;

/**
 * The variance-exploding process {@code dx = g dw} (Song and Ermon 2019, arXiv 1907.05600; Song et
 * al. 2021): {@code x_t = x_0 + sqrt(B(t)) eps} with {@code B(t) = int_0^t g^2}.
 *
 * @param noise the law of g^2
 * @param horizon T > 0
 */
public record VarianceExploding(Noise noise, double horizon) implements Diffusion {

  /** How g^2 runs: by a schedule, or geometrically between two noise levels. */
  public sealed interface Noise permits Scheduled, Geometric {
    /** {@code g(t)^2}. */
    double gSquared(double t);

    /** {@code int_0^t g^2}. */
    double variance(double t);

    /** Where g is not smooth. */
    double[] breakpoints();
  }

  /**
   * {@code g^2 = beta} of a schedule.
   *
   * @param schedule beta
   */
  public record Scheduled(Schedule schedule) implements Noise {
    @Override
    public double gSquared(double t) {
      return schedule.beta(t);
    }

    @Override
    public double variance(double t) {
      return schedule.integral(t);
    }

    @Override
    public double[] breakpoints() {
      return schedule.breakpoints();
    }
  }

  /**
   * {@code sigma(t) = sigmaMin (sigmaMax/sigmaMin)^(t/T)}, {@code B(t) = sigma(t)^2 - sigma(0)^2},
   * {@code g^2 = 2 sigma^2 log(sigmaMax/sigmaMin)/T}.
   *
   * @param sigmaMin noise level at 0, > 0
   * @param sigmaMax noise level at T, above sigmaMin
   * @param horizon T > 0
   */
  public record Geometric(double sigmaMin, double sigmaMax, double horizon) implements Noise {

    /** Checks the levels. */
    public Geometric {
      if (!(horizon > 0) || Double.isInfinite(horizon)) {
        throw new IllegalArgumentException("horizon must be > 0 and finite, got " + horizon);
      }
      if (!(sigmaMin > 0)) {
        throw new IllegalArgumentException("sigmaMin must be > 0, got " + sigmaMin);
      }
      if (!(sigmaMax > sigmaMin) || Double.isInfinite(sigmaMax)) {
        throw new IllegalArgumentException(
            "sigmaMax must be finite and above sigmaMin = " + sigmaMin + ", got " + sigmaMax);
      }
    }

    private double logRatio() {
      return Math.log(sigmaMax / sigmaMin);
    }

    @Override
    public double gSquared(double t) {
      double rate = 2 * logRatio() / horizon;
      return rate * sigmaMin * sigmaMin * Math.exp(rate * t);
    }

    @Override
    public double variance(double t) {
      return sigmaMin * sigmaMin * Math.expm1(2 * logRatio() / horizon * t);
    }

    @Override
    public double[] breakpoints() {
      return new double[0];
    }
  }

  @Override
  public double gSquared(double t) {
    return noise.gSquared(t);
  }

  @Override
  public double[][] drift(double t, int dimension) {
    return new double[dimension][dimension];
  }

  @Override
  public double[][] propagator(double t, int dimension) {
    return Matrices.identity(dimension);
  }

  @Override
  public double[][] noiseCovariance(double t, int dimension) {
    return Matrices.scaledIdentity(dimension, noise.variance(t));
  }

  @Override
  public double driftOneSided(double t) {
    return 0;
  }

  @Override
  public double driftLipschitz(double t) {
    return 0;
  }

  @Override
  public double[] breakpoints() {
    return noise.breakpoints();
  }
}
