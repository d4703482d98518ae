package org.scorebound.benchmarks;

import java.util.List;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.network.GradientPass;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;

/** A network with a batch, a target and an optimiser; everything from one seed. */
final class NetworkFixture {

  static final int STEPS = 10;

  /** Relative rounding of three layers of sums, against outputs of order 10. */
  static final double ROUNDING = 1e-10;

  /** Of predicting noise by 0; training must get well below. */
  private static final double LOSS_OF_ZERO = 2;

  final Mlp mlp;
  final int n;
  final double[] theta;
  final double[] x;
  final int[] step;
  final double[] dOut;
  final double[] gradient;
  final Workspace workspace;
  final AdamW optimiser;
  private final RandomStream random = RandomStream.root(3);

  NetworkFixture(Kernels kernels, NetworkShape shape) {
    this(
        kernels,
        new Architecture(
            List.of(2, shape.width, shape.width, shape.width, 2), Activation.SOFTPLUS, STEPS),
        shape.batch);
  }

  private NetworkFixture(Kernels kernels, Architecture architecture, int n) {
    this.n = n;
    mlp = new Mlp(architecture, kernels);
    theta = mlp.initialise(random.child("theta"));
    x = new double[2 * n];
    random.fillGaussian(x, 0, x.length);
    step = new int[n];
    dOut = new double[2 * n];
    random.fillGaussian(dOut, 0, dOut.length);
    gradient = new double[theta.length];
    for (int j = 0; j < n; j++) {
      step[j] = random.nextInt(STEPS);
    }
    workspace = new Workspace(architecture, n);
    optimiser = new AdamW(kernels, AdamW.Options.published(), theta);
  }

  void forward() {
    mlp.forward(theta, x, n, step, workspace);
  }

  void backward() {
    mlp.backward(theta, dOut, workspace, gradient);
  }

  /**
   * Trains the published network at batch 128.
   *
   * @return the loss at the end, averaged over some hundred steps
   * @throws IllegalStateException if it has not come down
   */
  static double loss(Kernels kernels, Precision precision, int steps) {
    NetworkFixture net = new NetworkFixture(kernels, NetworkShape.PUBLISHED_128);
    GradientPass pass = precision.pass(net.mlp, net.n);
    double average = LOSS_OF_ZERO;
    for (int i = 0; i < steps; i++) {
      average += 0.01 * (net.train(pass) - average);
    }
    if (!(average < 0.8 * LOSS_OF_ZERO)) {
      throw new IllegalStateException("loss must come down, is " + average);
    }
    return average;
  }

  /**
   * One training step on fresh noise: predict eps from {@code x0 + sigma_k eps}, mean squared
   * error; returns the loss.
   */
  double train(GradientPass pass) {
    random.fillGaussian(dOut, 0, dOut.length);
    for (int j = 0; j < n; j++) {
      step[j] = random.nextInt(STEPS);
      double sigma = (1 + step[j]) / (double) STEPS;
      int corner = random.nextInt(4);
      x[2 * j] = (corner & 1) - 0.5 + 0.1 * random.nextGaussian() + sigma * dOut[2 * j];
      x[2 * j + 1] = (corner >> 1) - 0.5 + 0.1 * random.nextGaussian() + sigma * dOut[2 * j + 1];
    }
    double[] y = pass.forward(theta, x, n, step);
    double loss = 0;
    for (int i = 0; i < 2 * n; i++) {
      double r = y[i] - dOut[i];
      loss += r * r;
      dOut[i] = 2 * r / n;
    }
    pass.backward(theta, dOut, gradient);
    optimiser.step(theta, gradient);
    return loss / n;
  }

  /**
   * Output of one pass against the reference back end.
   *
   * @param backward whether its gradient too
   */
  void check(NetworkShape shape, boolean backward) {
    NetworkFixture reference = new NetworkFixture(Kernels.of(BackEnd.SCALAR), shape);
    System.arraycopy(theta, 0, reference.theta, 0, theta.length);
    System.arraycopy(x, 0, reference.x, 0, x.length);
    System.arraycopy(step, 0, reference.step, 0, n);
    System.arraycopy(dOut, 0, reference.dOut, 0, dOut.length);
    forward();
    reference.forward();
    Checks.close("output", workspace.output(), reference.workspace.output(), ROUNDING);
    if (!backward) {
      return;
    }
    backward();
    reference.backward();
    // A gradient is a sum over the batch.
    Checks.close("gradient", gradient, reference.gradient, ROUNDING * n);
  }
}
