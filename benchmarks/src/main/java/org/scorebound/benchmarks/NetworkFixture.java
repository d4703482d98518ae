package org.scorebound.benchmarks;

import java.util.List;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;

/** A network with a batch, a target and an optimiser; everything from one seed. */
final class NetworkFixture {

  static final int STEPS = 10;

  /** Relative rounding of three layers of sums, against outputs of order 10. */
  static final double ROUNDING = 1e-10;

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
   * One training step on fresh noise: predict eps from {@code x0 + sigma_k eps}, mean squared
   * error; returns the loss.
   */
  double train() {
    random.fillGaussian(dOut, 0, dOut.length);
    for (int j = 0; j < n; j++) {
      step[j] = random.nextInt(STEPS);
      double sigma = (1 + step[j]) / (double) STEPS;
      int corner = random.nextInt(4);
      x[2 * j] = (corner & 1) - 0.5 + 0.1 * random.nextGaussian() + sigma * dOut[2 * j];
      x[2 * j + 1] = (corner >> 1) - 0.5 + 0.1 * random.nextGaussian() + sigma * dOut[2 * j + 1];
    }
    forward();
    double[] y = workspace.output();
    double loss = 0;
    for (int i = 0; i < 2 * n; i++) {
      double r = y[i] - dOut[i];
      loss += r * r;
      dOut[i] = 2 * r / n;
    }
    backward();
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
