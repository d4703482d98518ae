package org.scorebound.diffusion;

import org.scorebound.linalg.Matrices;

/**
 * The sub-VP process {@code dx = -beta x/2 dt + sqrt(beta (1 - e^{-2B})) dw}, with {@code Var(x_t |
 * x_0) = (1 - e^{-B})^2} (Song et al. 2021, arXiv 2011.13456, appendix B). Its g vanishes at t = 0,
 * so the assumption that g is bounded below fails there; the theorem's inequality does not use it.
 *
 * @param schedule beta
 * @param horizon T > 0
 */
public record SubVariancePreserving(Schedule schedule, double horizon) implements Diffusion {

  @Override
  public double gSquared(double t) {
    return -schedule.beta(t) * Math.expm1(-2 * schedule.integral(t));
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
    double sd = -Math.expm1(-schedule.integral(t));
    return Matrices.scaledIdentity(dimension, sd * sd);
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
