package org.scorebound.diffusion;

/**
 * A noise schedule: the rate {@code beta(t) > 0} on [0, T] and its integral {@code B(t)}, both in
 * closed form and exact to rounding.
 */
public sealed interface Schedule
    permits LinearSchedule,
        CosineSchedule,
        SigmoidSchedule,
        QuadraticSchedule,
        ConstantSchedule,
        DiscreteSchedule {

  /** The rate {@code beta(t)}, per unit of time. At a jump: the value just after it. */
  double beta(double t);

  /** {@code B(t) = int_0^t beta(r) dr}, increasing from 0. */
  double integral(double t);

  /** The times inside (0, T) where beta is not smooth, increasing. */
  default double[] breakpoints() {
    return new double[0];
  }
}
