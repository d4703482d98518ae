package org.scorebound.score;

import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.network.GradientPass;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.network.Workspace;
import org.scorebound.random.RandomStream;

/**
 * The denoising loss of a network at n steps with a weight lambda: the mean over steps, data and
 * noise of {@code lambda_k |s(x_k, k) + eps/sigma_k|^2} with {@code x_k = M_k x_0 + sigma_k eps} at
 * the right end of step k; without another weight {@code lambda_k = g^2} at the step's middle. In
 * the noise parametrisation this is {@code (lambda_k/sigma_k^2) |eps - eps_theta|^2}. Summed over
 * coordinates, never averaged. {@code J_DSM = (T/2)} times it (THEORY.md section 2), the time
 * integral taken at the right ends.
 *
 * <p>Steps are antithetic: of each pair of samples one has step k, drawn uniformly, and the other
 * {@code n-1-k}. Owns workspace; for one thread.
 */
public final class DenoisingLoss {

  private final Mlp mlp;
  private final int capacity;
  private final Precision precision;
  private @Nullable Workspace evaluation;
  private @Nullable GradientPass pass;
  private final int steps;
  private final int d;
  private final double[] alpha;
  private final double[] sigma;
  private final double[] lambda;
  private final double[] linear;
  private final double[] factor;
  private final double[] x;
  private final double[] eps;
  private final double[] dOut;
  private final int[] step;

  /** The loss with {@code lambda = g^2}. */
  public DenoisingLoss(ForwardProcess process, NetworkScore.Output output, Mlp mlp, int capacity) {
    this(process, output, mlp, capacity, gSquared(process, mlp.architecture().steps()));
  }

  /**
   * A loss.
   *
   * @param process the forward process; its drift and noise are multiples of the identity
   * @param output what the network's output stands for
   * @param capacity largest batch
   * @param lambda the weight of each step
   */
  public DenoisingLoss(
      ForwardProcess process, NetworkScore.Output output, Mlp mlp, int capacity, double[] lambda) {
    this(process, output, mlp, capacity, lambda, Precision.DOUBLE);
  }

  /**
   * The same with gradients in another precision.
   *
   * @param precision of {@link #gradient}; {@link #value} is in double precision
   */
  public DenoisingLoss(
      ForwardProcess process,
      NetworkScore.Output output,
      Mlp mlp,
      int capacity,
      double[] lambda,
      Precision precision) {
    if (lambda.length != mlp.architecture().steps()) {
      throw new IllegalArgumentException(
          "lambda must have a weight for each of "
              + mlp.architecture().steps()
              + " steps, got "
              + lambda.length);
    }
    this.lambda = lambda.clone();
    this.mlp = mlp;
    this.capacity = capacity;
    this.precision = precision;
    this.steps = mlp.architecture().steps();
    this.d = process.dimension();
    alpha = new double[steps];
    sigma = new double[steps];
    linear = new double[steps];
    factor = new double[steps];
    double horizon = process.diffusion().horizon();
    for (int k = 0; k < steps; k++) {
      alpha[k] = process.diffusion().propagator(horizon * (k + 1) / steps, d)[0][0];
      sigma[k] = NetworkScore.noise(process, steps, k);
      linear[k] = output.linear(alpha[k], sigma[k]);
      factor[k] = output.factor(alpha[k], sigma[k]);
    }
    x = new double[d * capacity];
    eps = new double[d * capacity];
    dOut = new double[d * capacity];
    step = new int[capacity];
  }

  /** {@code g^2} at the middle of each of n equal steps. */
  public static double[] gSquared(ForwardProcess process, int n) {
    double[] g2 = new double[n];
    for (int k = 0; k < n; k++) {
      g2[k] = process.diffusion().gSquared(process.diffusion().horizon() * (k + 0.5) / n);
    }
    return g2;
  }

  /** The loss on one batch. */
  public double value(double[] theta, double[] x0, int n, RandomStream random) {
    noise(x0, n, random);
    if (evaluation == null) {
      evaluation = Workspace.forEvaluation(mlp.architecture(), capacity);
    }
    mlp.evaluate(theta, x, n, step, evaluation);
    return residual(n, evaluation.output());
  }

  /** The loss on one batch and its gradient, which is overwritten. */
  public double gradient(
      double[] theta, double[] x0, int n, RandomStream random, double[] gradient) {
    noise(x0, n, random);
    if (pass == null) {
      pass = precision.pass(mlp, capacity);
    }
    double loss = residual(n, pass.forward(theta, x, n, step));
    pass.backward(theta, dOut, gradient);
    return loss;
  }

  private void noise(double[] x0, int n, RandomStream random) {
    for (int j = 0; j < n; j++) {
      step[j] = j % 2 == 0 ? random.nextInt(steps) : steps - 1 - step[j - 1];
    }
    random.fillGaussian(eps, 0, d * n);
    for (int j = 0; j < n; j++) {
      int k = step[j];
      for (int i = j * d; i < (j + 1) * d; i++) {
        x[i] = alpha[k] * x0[i] + sigma[k] * eps[i];
      }
    }
  }

  private double residual(int n, double[] y) {
    double loss = 0;
    for (int j = 0; j < n; j++) {
      int k = step[j];
      for (int i = j * d; i < (j + 1) * d; i++) {
        double r = linear[k] * x[i] + factor[k] * y[i] + eps[i] / sigma[k];
        loss += lambda[k] * r * r;
        dOut[i] = 2 * lambda[k] * factor[k] * r / n;
      }
    }
    return loss / n;
  }
}
