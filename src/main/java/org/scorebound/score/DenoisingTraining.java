package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.random.RandomStream;

/**
 * Trains a network score on points by {@link DenoisingLoss} and {@link AdamW}. Deterministic: the
 * same stream gives the same bits on one back end. Not thread-safe.
 */
public final class DenoisingTraining {

  /** A loss or gradient that is not finite. */
  public static final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(String message) {
      super(message);
    }
  }

  private final ForwardProcess process;
  private final Architecture architecture;
  private final NetworkScore.Output output;
  private final double[] points;
  private final int batch;
  private final DenoisingLoss loss;
  private final AdamW optimiser;
  private final double[] theta;
  private final double[] gradient;
  private final double[] x0;
  private final int[] order;
  private final RandomStream random;
  private int epochs;

  /**
   * A network with random weights, not yet trained.
   *
   * @param points the data, d x N column-major
   * @param batch samples of a step, at most N
   * @param random the stream of weights, order and noise
   */
  public DenoisingTraining(
      ForwardProcess process,
      Architecture architecture,
      NetworkScore.Output output,
      double[] points,
      int batch,
      AdamW.Options options,
      RandomStream random,
      Kernels kernels) {
    int n = points.length / process.dimension();
    if (batch < 1 || batch > n) {
      throw new IllegalArgumentException("batch must be in 1.." + n + ", got " + batch);
    }
    this.process = process;
    this.architecture = architecture;
    this.output = output;
    this.points = points.clone();
    this.batch = batch;
    this.random = random;
    Mlp mlp = new Mlp(architecture, kernels);
    loss = new DenoisingLoss(process, output, mlp, batch);
    theta = mlp.initialise(random.child("weights"));
    gradient = new double[theta.length];
    optimiser = new AdamW(kernels, options, theta);
    x0 = new double[process.dimension() * batch];
    order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
  }

  /**
   * One pass over the points in random order; a last batch that is not full is left out.
   *
   * @param ascend whether to raise the loss instead of lowering it
   * @return the mean loss over the pass
   * @throws DivergedException if a loss or gradient is not finite
   */
  public double epoch(boolean ascend) {
    RandomStream stream = random.child("epoch").child(epochs++);
    for (int i = order.length - 1; i > 0; i--) {
      int j = stream.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    int d = process.dimension();
    double sum = 0;
    int batches = order.length / batch;
    for (int b = 0; b < batches; b++) {
      for (int j = 0; j < batch; j++) {
        System.arraycopy(points, d * order[b * batch + j], x0, d * j, d);
      }
      double value = loss.gradient(theta, x0, batch, stream, gradient);
      if (!Double.isFinite(value)) {
        throw new DivergedException("loss " + value + " in epoch " + epochs);
      }
      sum += value;
      if (ascend) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] = -gradient[i];
        }
      }
      try {
        optimiser.step(theta, gradient);
      } catch (IllegalStateException e) {
        throw new DivergedException(e.getMessage() + " in epoch " + epochs);
      }
    }
    return sum / batches;
  }

  /**
   * The score with the moving average of the parameters.
   *
   * @throws DivergedException if one of them is not finite
   */
  public NetworkScore model() {
    try {
      return new NetworkScore(process, architecture, output, optimiser.average());
    } catch (IllegalArgumentException e) {
      throw new DivergedException(e.getMessage() + " after epoch " + epochs);
    }
  }
}
