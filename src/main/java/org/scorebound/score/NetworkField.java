package org.scorebound.score;

import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;

/** The field {@code x -> linear x + factor y(x)} of a network frozen in time. For one thread. */
final class NetworkField implements ScoreField {

  /** Points that go through the network together; its workspace then stays in the cache. */
  private static final int BATCH = 256;

  private static final int[] NO_STEPS = new int[0];

  private final FrozenNetwork network;
  private final Mlp mlp;
  private final double[] theta;
  private Workspace values;
  private @Nullable Workspace slopes;

  NetworkField(FrozenNetwork network, Kernels kernels) {
    this.network = network;
    this.mlp = new Mlp(network.architecture(), kernels);
    this.theta = network.theta();
    this.values = Workspace.forEvaluation(network.architecture(), 1);
  }

  private Workspace values(int n) {
    if (values.capacity() < n) {
      values = Workspace.forEvaluation(network.architecture(), n);
    }
    return values;
  }

  private Workspace slopes(int n) {
    Workspace w = slopes;
    if (w == null || w.capacity() < n) {
      w = new Workspace(network.architecture(), n);
      slopes = w;
    }
    return w;
  }

  @Override
  public void scores(double[] x, int n, double[] out) {
    int d = network.dimension();
    double linear = network.linear();
    double factor = network.factor();
    Workspace w = values(Math.min(n, BATCH));
    double[] part = new double[d * Math.min(n, BATCH)];
    for (int from = 0; from < n; from += BATCH) {
      int count = Math.min(BATCH, n - from);
      System.arraycopy(x, d * from, part, 0, d * count);
      mlp.evaluate(theta, part, count, NO_STEPS, w);
      double[] y = w.output();
      if (linear == 0) {
        for (int i = 0; i < d * count; i++) {
          out[d * from + i] = factor * y[i];
        }
      } else {
        for (int i = 0; i < d * count; i++) {
          out[d * from + i] = linear * part[i] + factor * y[i];
        }
      }
    }
  }

  @Override
  public double[][] jacobian(double[] x) {
    return jacobians(x, 1)[0];
  }

  @Override
  public double[][][] jacobians(double[] x, int n) {
    int d = network.dimension();
    Workspace w = slopes(n);
    mlp.forward(theta, x, n, NO_STEPS, w);
    double[] flat = new double[d * d * n];
    mlp.jacobian(theta, w, flat);
    double[][][] all = new double[n][d][d];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < d * d; i++) {
        all[j][i % d][i / d] =
            network.factor() * flat[d * d * j + i] + (i % d == i / d ? network.linear() : 0);
      }
    }
    return all;
  }
}
