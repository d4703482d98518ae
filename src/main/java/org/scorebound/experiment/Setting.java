package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.SigmoidSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.linalg.Activation;
import org.scorebound.network.Architecture;

/**
 * Everything that determines a run of the four-cluster experiment besides the back end.
 *
 * <p>As published (THEORY.md section 7): data, network, optimiser, ascent before descent. Our own:
 * the schedule, sigmoid-shaped over -6..6 from {@code betaMin} to {@code betaMax} with the horizon
 * 1, averaged over each of the steps, so that {@code B(T) >= 8} instead of .05; and {@code q_T =
 * N(0, I)} instead of the noised batch.
 *
 * @param seed root of all random streams
 * @param epochs passes over the data, ascent included
 * @param ascentEpochs passes at the start in which the loss is raised
 * @param points number of data points
 * @param variance of each cluster in each coordinate
 * @param hidden widths of the hidden layers
 * @param steps steps of the schedule and of the network
 * @param betaMin lower asymptote of the schedule, per unit of time
 * @param betaMax upper asymptote
 * @param batch samples of an optimiser step
 * @param evaluationPoints n of the empirical W2
 * @param lossPoints samples of m at one time, and ten times as many of the denoising loss
 */
public record Setting(
    long seed,
    int epochs,
    int ascentEpochs,
    int points,
    double variance,
    List<Integer> hidden,
    int steps,
    double betaMin,
    double betaMax,
    int batch,
    int evaluationPoints,
    int lossPoints) {

  /** Ascent takes ten epochs, or half of a short run. */
  private static final int ASCENT = 10;

  /** Checks and copies. */
  public Setting {
    hidden = List.copyOf(hidden);
    if (epochs < 1 || ascentEpochs < 0 || ascentEpochs > epochs) {
      throw new IllegalArgumentException(
          "epochs must be >= 1 and ascent in 0..epochs, got " + epochs + " and " + ascentEpochs);
    }
  }

  /** The published size. */
  public static Setting published(long seed, int epochs) {
    return new Setting(
        seed,
        epochs,
        Math.min(ASCENT, epochs / 2),
        4000,
        0.01,
        List.of(64, 64, 64),
        10,
        0.01,
        17,
        128,
        128,
        256);
  }

  /** The rates of the steps, each the mean of the sigmoid schedule over its step. */
  public List<Double> betas() {
    SigmoidSchedule sigmoid = new SigmoidSchedule(betaMin, betaMax, -6, 6, 1);
    List<Double> betas = new ArrayList<>();
    for (int k = 0; k < steps; k++) {
      double left = sigmoid.integral((double) k / steps);
      betas.add(steps * (sigmoid.integral((k + 1.0) / steps) - left));
    }
    return betas;
  }

  /** Data and diffusion. */
  ForwardProcess process() {
    return new ForwardProcess(
        DataLaws.clusters(2, 4, variance),
        new VariancePreserving(new DiscreteSchedule(betas(), 1), 1));
  }

  /** The network's shape: softplus, a gain per step and hidden unit. */
  Architecture architecture() {
    List<Integer> widths = new ArrayList<>();
    widths.add(2);
    widths.addAll(hidden);
    widths.add(2);
    return new Architecture(widths, Activation.SOFTPLUS, steps);
  }
}
