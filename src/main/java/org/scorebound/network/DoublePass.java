package org.scorebound.network;

/** {@link GradientPass} by an {@link Mlp} and its workspace. */
final class DoublePass implements GradientPass {

  private final Mlp mlp;
  private final Workspace ws;

  DoublePass(Mlp mlp, int capacity) {
    this.mlp = mlp;
    this.ws = new Workspace(mlp.architecture(), capacity);
  }

  @Override
  public double[] forward(double[] theta, double[] x, int n, int[] step) {
    mlp.forward(theta, x, n, step, ws);
    return ws.output();
  }

  @Override
  public void backward(double[] theta, double[] dOut, double[] gradient) {
    mlp.backward(theta, dOut, ws, gradient);
  }
}
