package org.scorebound.network;

import org.scorebound.linalg.Kernels;

/** Forward-mode derivatives of a network in one input, for {@link Mlp#jacobian}. */
final class InputTangent {

  private InputTangent() {}

  /**
   * {@code t_{l+1} = f'(z) * g * (W_l t_l)} from {@code t_0 = e_i}, whose first product is a
   * column.
   */
  static void block(Mlp mlp, double[] theta, int i, int j, int n, Workspace ws, double[] jacobian) {
    Architecture architecture = mlp.architecture();
    Kernels kernels = mlp.kernels();
    int last = architecture.layers() - 1;
    int outputs = architecture.outputs();
    int stride = outputs * architecture.inputs();
    double[] t = ws.q;
    double[] next = ws.qNext;
    for (int l = 0; l < last; l++) {
      int out = architecture.fanOut(l);
      if (l == 0) {
        for (int c = 0; c < n; c++) {
          System.arraycopy(theta, mlp.weightOffset(0) + i * out, next, c * out, out);
        }
      } else {
        int in = architecture.fanIn(l);
        kernels.gemm(
            false,
            false,
            out,
            n,
            in,
            1,
            theta,
            mlp.weightOffset(l),
            out,
            t,
            0,
            in,
            0,
            next,
            0,
            out);
      }
      scale(mlp, theta, l, next, j, n, ws);
      double[] swap = t;
      t = next;
      next = swap;
    }
    int at = outputs * (i + architecture.inputs() * j);
    if (last == 0) {
      for (int c = 0; c < n; c++) {
        System.arraycopy(
            theta, mlp.weightOffset(0) + i * outputs, jacobian, at + c * stride, outputs);
      }
    } else {
      int in = architecture.fanIn(last);
      kernels.gemm(
          false,
          false,
          outputs,
          n,
          in,
          1,
          theta,
          mlp.weightOffset(last),
          outputs,
          t,
          0,
          in,
          0,
          jacobian,
          at,
          stride);
    }
  }

  private static void scale(
      Mlp mlp, double[] theta, int l, double[] t, int j, int n, Workspace ws) {
    Architecture architecture = mlp.architecture();
    int out = architecture.fanOut(l);
    double[] d = ws.slope[l];
    for (int c = 0; c < n; c++) {
      int dAt = out * (j + c);
      int tAt = out * c;
      if (architecture.steps() > 0) {
        int gAt = mlp.gainOffset(l) + out * ws.step[j + c];
        for (int r = 0; r < out; r++) {
          t[tAt + r] *= d[dAt + r] * theta[gAt + r];
        }
      } else {
        for (int r = 0; r < out; r++) {
          t[tAt + r] *= d[dAt + r];
        }
      }
    }
  }
}
