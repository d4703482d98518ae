package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.network.WeightConstraint;
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
  private final Mlp mlp;
  private final WeightConstraint constraint;
  private final boolean partial;
  private int epochs;
  private RandomStream stream;
  private boolean ascending;
  private int next;

  /**
   * What may differ from the plain training.
   *
   * @param lambda the weight of each step of the network
   * @param constraint on the weight matrices, brought back after every step
   * @param partialBatch whether a last batch that is not full is taken too
   * @param precision of the gradients; parameters and optimiser are doubles
   */
  public record Variant(
      double[] lambda, WeightConstraint constraint, boolean partialBatch, Precision precision) {

    /** The weight {@code g^2}, no constraint, full batches only, double precision. */
    public static Variant plain(ForwardProcess process, int steps) {
      return new Variant(
          DenoisingLoss.gSquared(process, steps),
          new WeightConstraint.None(),
          false,
          Precision.DOUBLE);
    }
  }

  /**
   * A training between two epochs, to go on from with the same bits.
   *
   * @param epochs passes so far
   * @param theta the parameters
   * @param optimiser as {@link AdamW#state} gives it
   * @param memory as {@link WeightConstraint#memory} gives it
   * @param order of the points
   */
  public record State(
      int epochs, double[] theta, double[] optimiser, double[] memory, int[] order) {}

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
    this(
        process,
        architecture,
        output,
        points,
        batch,
        options,
        Variant.plain(process, architecture.steps()),
        random,
        kernels);
  }

  /** The same with a weight, a constraint, partial batches, or in another precision. */
  public DenoisingTraining(
      ForwardProcess process,
      Architecture architecture,
      NetworkScore.Output output,
      double[] points,
      int batch,
      AdamW.Options options,
      Variant variant,
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
    this.constraint = variant.constraint();
    this.partial = variant.partialBatch();
    this.stream = random;
    mlp = new Mlp(architecture, kernels);
    loss = new DenoisingLoss(process, output, mlp, batch, variant.lambda(), variant.precision());
    theta = mlp.initialise(random.child("weights"));
    constraint.project(mlp, theta);
    gradient = new double[theta.length];
    optimiser = new AdamW(kernels, options, theta);
    x0 = new double[process.dimension() * batch];
    order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
  }

  /** Batches of a pass. */
  public int batches() {
    return partial ? (order.length + batch - 1) / batch : order.length / batch;
  }

  /**
   * One pass over the points in random order; a last batch that is not full is left out, unless the
   * variant takes it.
   *
   * @param ascend whether to raise the loss instead of lowering it
   * @return the mean loss over the pass
   * @throws DivergedException if a loss or gradient is not finite
   */
  public double epoch(boolean ascend) {
    begin(ascend);
    double sum = 0;
    for (int b = 0; b < batches(); b++) {
      sum += step();
    }
    return sum / batches();
  }

  /** Begins a pass in a new random order; {@link #batches} calls of {@link #step} belong to it. */
  public void begin(boolean ascend) {
    stream = random.child("epoch").child(epochs++);
    ascending = ascend;
    next = 0;
    for (int i = order.length - 1; i > 0; i--) {
      int j = stream.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }

  /**
   * The next batch of a pass.
   *
   * @return its loss, before the step
   * @throws DivergedException if it or the gradient is not finite
   */
  public double step() {
    int d = process.dimension();
    int n = Math.min(batch, order.length - next);
    for (int j = 0; j < n; j++) {
      System.arraycopy(points, d * order[next + j], x0, d * j, d);
    }
    next += n;
    double value = loss.gradient(theta, x0, n, stream, gradient);
    if (!Double.isFinite(value)) {
      throw new DivergedException("loss " + value + " in epoch " + epochs);
    }
    if (ascending) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = -gradient[i];
      }
    }
    try {
      optimiser.step(theta, gradient);
    } catch (IllegalStateException e) {
      throw new DivergedException(e.getMessage() + " in epoch " + epochs);
    }
    constraint.apply(mlp, theta);
    return value;
  }

  /** A copy of everything, between two passes. */
  public State state() {
    return new State(epochs, theta.clone(), optimiser.state(), constraint.memory(), order.clone());
  }

  /** Goes on from a state of a training with the same arguments. */
  public void restore(State state) {
    epochs = state.epochs();
    System.arraycopy(state.theta(), 0, theta, 0, theta.length);
    optimiser.restore(state.optimiser());
    constraint.recall(state.memory());
    System.arraycopy(state.order(), 0, order, 0, order.length);
  }

  /** A copy of the moving average of the parameters, within the constraint; may be no numbers. */
  public double[] average() {
    double[] average = optimiser.average().clone();
    constraint.project(mlp, average);
    return average;
  }

  /**
   * The score with {@link #average}.
   *
   * @throws DivergedException if one of them is not finite
   */
  public NetworkScore model() {
    try {
      return new NetworkScore(process, architecture, output, average());
    } catch (IllegalArgumentException e) {
      throw new DivergedException(e.getMessage() + " after epoch " + epochs);
    }
  }
}
