package org.scorebound.network;

import java.util.Arrays;
import java.util.Collections;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;

/**
 * A multilayer perceptron as a function of its parameters, its input and a step index:
 *
 * <pre>
 *   h_0 = x,   h_{l+1} = f(g_{l,k} * (W_l h_l + b_l)),   y = W h + b in the last layer
 * </pre>
 *
 * with {@code *} elementwise, f the activation, and {@code g_{l,k}} the gains of hidden layer l at
 * step k; a plain network ({@code steps == 0}) has no gains. Each column of a batch has a step of
 * its own.
 *
 * <p>The parameters are one flat array {@code theta}, so that an optimiser runs over them in one
 * pass and an average of them is another argument; {@link ParameterLayout} says what lies where.
 *
 * <p>Cost per sample: forward {@code 2 sum fanIn fanOut} flops and one activation per hidden unit,
 * backward twice as many flops. Columns are taken in blocks that stay in the second-level cache;
 * sums over samples run block by block in order, so that a result does not depend on threads.
 * Immutable; NaN propagates.
 */
public final class Mlp {

  /** Elements of a layer per pass: three arrays of 512 doubles take 12 KiB. */
  private static final int ELEMENTWISE_BLOCK = 512;

  private final Architecture architecture;
  private final Kernels kernels;
  private final ParameterLayout layout;
  private final int columnBlock;

  /** A network of the given shape, computed by a back end. */
  public Mlp(Architecture architecture, Kernels kernels) {
    this.architecture = architecture;
    this.kernels = kernels;
    this.columnBlock = kernels.columnBlock(Collections.max(architecture.widths()));
    layout = new ParameterLayout(architecture);
  }

  /** The shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** Where what lies in the parameters. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The back end's kernels. */
  public Kernels kernels() {
    return kernels;
  }

  /** Length of the parameter array. */
  public int parameterCount() {
    return layout.size();
  }

  /** Where W of layer l starts, fanOut x fanIn. */
  public int weightOffset(int l) {
    return layout.weightOffset(l);
  }

  /** Where b of layer l starts. */
  public int biasOffset(int l) {
    return layout.biasOffset(l);
  }

  /** Where the gains of hidden layer l start, fanOut x steps. */
  public int gainOffset(int l) {
    return layout.gainOffset(l);
  }

  /** See {@link ParameterLayout#initialise}. */
  public double[] initialise(RandomStream random) {
    return layout.initialise(random);
  }

  /**
   * Outputs for a batch, into {@link Workspace#output}, outputs x n.
   *
   * @param theta parameters
   * @param x inputs x n
   * @param n number of samples
   * @param step a step index per sample, not read by a plain network
   */
  public void evaluate(double[] theta, double[] x, int n, int[] step, Workspace ws) {
    pass(theta, x, n, step, ws, false);
  }

  /** As {@link #evaluate}, keeping what {@link #backward} and {@link #jacobian} need. */
  public void forward(double[] theta, double[] x, int n, int[] step, Workspace ws) {
    pass(theta, x, n, step, ws, true);
    ws.columns = n;
  }

  private void pass(
      double[] theta, double[] x, int n, int[] step, Workspace ws, boolean withSlopes) {
    check(theta, n, step, ws);
    if (withSlopes && !ws.differentiable) {
      throw new IllegalArgumentException("workspace is for evaluation only");
    }
    ws.columns = -1;
    int inputs = architecture.inputs();
    if (x.length < inputs * n) {
      throw new IllegalArgumentException(
          "x must hold " + inputs + " x " + n + " numbers, got " + x.length);
    }
    System.arraycopy(x, 0, ws.hidden[0], 0, inputs * n);
    if (architecture.steps() > 0) {
      System.arraycopy(step, 0, ws.step, 0, n);
    }
    for (int j = 0; j < n; j += Math.min(columnBlock, n)) {
      block(theta, j, Math.min(columnBlock, n - j), ws, withSlopes);
    }
  }

  private void block(double[] theta, int j, int n, Workspace ws, boolean withSlopes) {
    int last = architecture.layers() - 1;
    for (int l = 0; l < last; l++) {
      int out = architecture.fanOut(l);
      double[] z = ws.hidden[l + 1];
      multiply(theta, l, j, n, ws.hidden[l], architecture.steps() > 0 ? ws.affine[l] : z);
      // Few columns at a time through the elementwise passes, which then stay in the nearest cache.
      int few = Math.max(1, ELEMENTWISE_BLOCK / out);
      for (int c = j; c < j + n; c += few) {
        elementwise(theta, l, c, Math.min(few, j + n - c), ws, withSlopes);
      }
    }
    multiply(theta, last, j, n, ws.hidden[last], ws.output);
    int out = architecture.outputs();
    kernels.addBias(out, n, ws.output, out * j, theta, layout.biasOffset(last));
  }

  /** From W h to the activations of hidden layer l, columns {@code j .. j+n-1}. */
  private void elementwise(double[] theta, int l, int j, int n, Workspace ws, boolean withSlopes) {
    int out = architecture.fanOut(l);
    int at = out * j;
    double[] z = ws.hidden[l + 1];
    if (architecture.steps() > 0) {
      kernels.affineGain(
          out,
          n,
          ws.affine[l],
          at,
          theta,
          layout.biasOffset(l),
          theta,
          layout.gainOffset(l),
          architecture.steps(),
          ws.step,
          j,
          z,
          at);
    } else {
      kernels.addBias(out, n, z, at, theta, layout.biasOffset(l));
    }
    if (withSlopes) {
      kernels.activateWithSlope(architecture.activation(), out * n, z, at, z, at, ws.slope[l], at);
    } else {
      kernels.activate(architecture.activation(), out * n, z, at, z, at);
    }
  }

  /** Columns {@code j .. j+n-1} of {@code to = W_l from}. */
  private void multiply(double[] theta, int l, int j, int n, double[] from, double[] to) {
    int in = architecture.fanIn(l);
    int out = architecture.fanOut(l);
    kernels.gemm(
        false,
        false,
        out,
        n,
        in,
        1,
        theta,
        layout.weightOffset(l),
        out,
        from,
        in * j,
        in,
        0,
        to,
        out * j,
        out);
  }

  /**
   * The gradient of a loss with respect to the parameters, after {@link #forward} on the same
   * workspace.
   *
   * @param theta the parameters of that forward pass
   * @param dOut dL/dy, outputs x n
   * @param gradient overwritten with dL/dtheta
   */
  public void backward(double[] theta, double[] dOut, Workspace ws, double[] gradient) {
    int n = columnsOf(ws);
    check(theta, n, ws.step, ws);
    if (gradient.length != layout.size()) {
      throw new IllegalArgumentException(
          "gradient must have length " + layout.size() + ", got " + gradient.length);
    }
    int out = architecture.outputs();
    if (dOut.length < out * n) {
      throw new IllegalArgumentException(
          "dOut must hold " + out + " x " + n + " numbers, got " + dOut.length);
    }
    Arrays.fill(gradient, 0.0);
    for (int l = 1; l < architecture.layers(); l++) {
      kernels.transpose(
          architecture.fanOut(l),
          architecture.fanIn(l),
          theta,
          layout.weightOffset(l),
          ws.transposed[l],
          0);
    }
    for (int j = 0; j < n; j += Math.min(columnBlock, n)) {
      backwardBlock(theta, dOut, j, Math.min(columnBlock, n - j), ws, gradient);
    }
  }

  private void backwardBlock(
      double[] theta, double[] dOut, int j, int n, Workspace ws, double[] gradient) {
    int last = architecture.layers() - 1;
    double[] q = dOut;
    int qAt = architecture.outputs() * j;
    kernels.addColumns(architecture.outputs(), n, dOut, qAt, gradient, layout.biasOffset(last));
    for (int l = last; l >= 0; l--) {
      int in = architecture.fanIn(l);
      int out = architecture.fanOut(l);
      kernels.gemm(
          false,
          true,
          out,
          in,
          n,
          1,
          q,
          qAt,
          out,
          ws.hidden[l],
          in * j,
          in,
          1,
          gradient,
          layout.weightOffset(l),
          out);
      if (l == 0) {
        return;
      }
      double[] next = (last - l) % 2 == 0 ? ws.q : ws.qNext;
      kernels.gemm(
          false, false, in, n, out, 1, ws.transposed[l], 0, in, q, qAt, out, 0, next, 0, in);
      q = next;
      qAt = 0;
      throughActivation(theta, l - 1, q, j, n, ws, gradient);
    }
  }

  /** From dL/dh to dL/d(W h) of hidden layer l, in place, adding to the gradients of b and g. */
  private void throughActivation(
      double[] theta, int l, double[] q, int j, int n, Workspace ws, double[] gradient) {
    int out = architecture.fanOut(l);
    kernels.affineGainBackward(
        out,
        n,
        q,
        0,
        ws.slope[l],
        out * j,
        ws.affine[l],
        out * j,
        architecture.steps() > 0 ? theta : null,
        layout.gainOffset(l),
        architecture.steps(),
        ws.step,
        j,
        gradient,
        layout.gainOffset(l),
        gradient,
        layout.biasOffset(l));
  }

  /**
   * The Jacobian dy/dx of every sample, after {@link #forward} on the same workspace: forward mode,
   * one pass per input. Entry (o, i) of sample j is {@code jacobian[o + outputs (i + inputs j)]}.
   */
  public void jacobian(double[] theta, Workspace ws, double[] jacobian) {
    int n = columnsOf(ws);
    check(theta, n, ws.step, ws);
    int inputs = architecture.inputs();
    int outputs = architecture.outputs();
    if (jacobian.length < inputs * outputs * n) {
      throw new IllegalArgumentException(
          "jacobian must hold "
              + outputs
              + " x "
              + inputs
              + " x "
              + n
              + " numbers, got "
              + jacobian.length);
    }
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < n; j += Math.min(columnBlock, n)) {
        InputTangent.block(this, theta, i, j, Math.min(columnBlock, n - j), ws, jacobian);
      }
    }
  }

  private static int columnsOf(Workspace ws) {
    if (ws.columns < 0) {
      throw new IllegalStateException("forward must come first on this workspace");
    }
    return ws.columns;
  }

  private void check(double[] theta, int n, int[] step, Workspace ws) {
    layout.check(theta);
    ws.check(architecture, n);
    if (architecture.steps() > 0 && step.length < n) {
      throw new IllegalArgumentException(
          "step must have an index for each of " + n + " samples, got " + step.length);
    }
  }
}
