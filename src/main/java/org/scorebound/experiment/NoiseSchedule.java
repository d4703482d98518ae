package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.Schedule;
import org.scorebound.diffusion.SigmoidSchedule;

/**
 * A variance-preserving schedule that is constant on each step of the network.
 *
 * @param name in words
 * @param betas rate of each step, per unit of time
 * @param horizon T
 */
record NoiseSchedule(String name, List<Double> betas, double horizon) {

  private static final double SIGMOID_REACH = 6;

  /** Copies. */
  NoiseSchedule {
    betas = List.copyOf(betas);
  }

  /**
   * Our own: sigmoid-shaped as the published one, from .01 to 17 over [0, 1], averaged over each
   * step, so that {@code B(T) = 8.505}.
   */
  static NoiseSchedule own(int steps) {
    SigmoidSchedule sigmoid = new SigmoidSchedule(0.01, 17, -SIGMOID_REACH, SIGMOID_REACH, 1);
    List<Double> betas = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      double left = sigmoid.integral((double) k / steps);
      betas.add(steps * (sigmoid.integral((k + 1.0) / steps) - left));
    }
    return new NoiseSchedule("sigmoid .01..17 averaged over each step", betas, 1);
  }

  /**
   * As published: {@code beta_k = 1e-5 + (1e-2 - 1e-5) sigmoid(-6 + 12 k/(n-1))}, one unit of time
   * a step; for n = 10 they sum to .05.
   */
  static NoiseSchedule published(int steps) {
    List<Double> betas = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      double u = -SIGMOID_REACH + 2 * SIGMOID_REACH * k / Math.max(1, steps - 1);
      betas.add(1e-5 + (1e-2 - 1e-5) / (1 + Math.exp(-u)));
    }
    return new NoiseSchedule("sigmoid 1e-5..1e-2, as published", betas, steps);
  }

  /** One rate at all times. */
  static NoiseSchedule constant(double beta, int steps, double horizon) {
    List<Double> betas = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      betas.add(beta);
    }
    return new NoiseSchedule("constant " + beta, betas, horizon);
  }

  /** The number of steps n. */
  int steps() {
    return betas.size();
  }

  /** {@code B(T)}. */
  double total() {
    double sum = 0;
    for (double b : betas) {
      sum += b;
    }
    return sum * horizon / steps();
  }

  /** beta as a function of time. */
  Schedule schedule() {
    return new DiscreteSchedule(betas, horizon);
  }
}
