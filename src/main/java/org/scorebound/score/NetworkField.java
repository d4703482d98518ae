package org.scorebound.score;

import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;

/** The field {@code x -> linear x + factor y(x; k)} of a network in one step. For one thread. */
final class NetworkField implements ScoreField {

  private final Mlp mlp;
  private final double[] theta;
  private final int step;
  private final double linear;
  private final double factor;
  private final int batch;
  private Workspace ws;

  /**
   * A field.
   *
   * @param step the index k, not read by a plain network
   * @param batch points that go through the network together
   */
  NetworkField(Mlp mlp, double[] theta, int step, double linear, double factor, int batch) {
    this.mlp = mlp;
    this.theta = theta;
    this.step = step;
    this.linear = linear;
    this.factor = factor;
    this.batch = batch;
    this.ws = new Workspace(mlp.architecture(), 1);
  }

  private Workspace workspace(int n) {
    if (ws.capacity() < n) {
      ws = new Workspace(mlp.architecture(), n);
    }
    return ws;
  }

  @Override
  public void scores(double[] x, int n, double[] out) {
    int d = mlp.architecture().outputs();
    Workspace w = workspace(Math.min(n, batch));
    double[] part = new double[d * Math.min(n, batch)];
    for (int from = 0; from < n; from += batch) {
      int count = Math.min(batch, n - from);
      System.arraycopy(x, d * from, part, 0, d * count);
      mlp.evaluate(theta, part, count, w.sameStep(step), w);
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
    int d = mlp.architecture().outputs();
    Workspace w = workspace(n);
    mlp.forward(theta, x, n, w.sameStep(step), w);
    double[] flat = new double[d * d * n];
    mlp.jacobian(theta, w, flat);
    double[][][] all = new double[n][d][d];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < d * d; i++) {
        all[j][i % d][i / d] = factor * flat[d * d * j + i] + (i % d == i / d ? linear : 0);
      }
    }
    return all;
  }
}
