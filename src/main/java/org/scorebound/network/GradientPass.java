package org.scorebound.network;

/**
 * The passes of a network that a step of training takes, with the room they need, which is reused:
 * nothing is allocated. For one thread.
 */
public interface GradientPass {

  /**
   * Outputs for a batch.
   *
   * @param theta parameters, as {@link Mlp} takes them
   * @param x inputs x n
   * @param n number of samples, at most the capacity
   * @param step a step index per sample
   * @return outputs x n and perhaps more, valid until the next call
   */
  double[] forward(double[] theta, double[] x, int n, int[] step);

  /**
   * The gradient of a loss with respect to the parameters, after {@link #forward} with the same
   * ones.
   *
   * @param dOut dL/dy, outputs x n
   * @param gradient overwritten with dL/dtheta
   */
  void backward(double[] theta, double[] dOut, double[] gradient);
}
