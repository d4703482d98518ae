package org.scorebound.diffusion;

import org.scorebound.linalg.Matrices;

/**
 * The variance-preserving process, DDPM in continuous time: {@code dx = -beta x/2 dt + sqrt(beta)
 * dw}, so {@code x_t = alpha x_0 + sqrt(1 - alpha^2) eps} with {@code alpha = exp(-B(t)/2)} (Ho et
 * al. 2020, arXiv 2006.11239; Song et al. 2021, arXiv 2011.13456).
 *
 * @param schedule beta
 * @param horizon T > 0
 */
public record VariancePreserving(Schedule schedule, double horizon) implements Diffusion {

  @Override
  public double gSquared(double t) {
    return schedule.beta(t);
  }

  @Override
  public double[][] drift(double t, int dimension) {
    return Matrices.scaledIdentity(dimension, -0.5 * schedule.beta(t));
  }

  @Override
  public double[][] propagator(double t, int dimension) {
    return Matrices.scaledIdentity(dimension, Math.exp(-0.5 * schedule.integral(t)));
  }

  @Override
  public double[][] noiseCovariance(double t, int dimension) {
    return Matrices.scaledIdentity(dimension, -Math.expm1(-schedule.integral(t)));
  }

  @Override
  public double driftOneSided(double t) {
    return 0.5 * schedule.beta(t);
  }

  @Override
  public double driftLipschitz(double t) {
    return 0.5 * schedule.beta(t);
  }

  @Override
  public double[] breakpoints() {
    return schedule.breakpoints();
  }
}
