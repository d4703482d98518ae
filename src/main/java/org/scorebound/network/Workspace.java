package org.scorebound.network;

import java.util.Arrays;

/**
 * What one forward and backward pass of an {@link Mlp} needs besides its arguments, owned by the
 * caller and reused, so that a pass allocates nothing. Not thread-safe: one for each thread.
 *
 * <p>All arrays are column-major, one sample a column.
 */
public final class Workspace {

  final Architecture architecture;
  final int capacity;

  /** Whether there is room for slopes and gradients. */
  final boolean differentiable;

  /**
   * {@code hidden[l]}, fanIn(l) x n: input of layer l, of which {@code hidden[0]} is a copy of x.
   */
  final double[][] hidden;

  /** {@code affine[l]}, fanOut(l) x n: {@code W h + b} of hidden layer l. */
  final double[][] affine;

  /** {@code slope[l]}, fanOut(l) x n: slope of the activation of hidden layer l. */
  final double[][] slope;

  /**
   * {@code transposed[l]}, fanIn(l) x fanOut(l): the weights of layer l > 0 for a backward pass.
   */
  final double[][] transposed;

  final double[] output;
  final double[] q;
  final double[] qNext;
  final int[] step;

  /** Columns of the last forward pass with slopes; -1 before the first. */
  int columns = -1;

  /**
   * Allocates for batches of up to {@code capacity} samples.
   *
   * @param architecture of the networks it will serve
   * @param capacity largest number of columns, at least 0
   */
  public Workspace(Architecture architecture, int capacity) {
    this(architecture, capacity, true);
  }

  private Workspace(Architecture architecture, int capacity, boolean differentiable) {
    if (capacity < 0) {
      throw new IllegalArgumentException("capacity must be >= 0, got " + capacity);
    }
    this.architecture = architecture;
    this.capacity = capacity;
    this.differentiable = differentiable;
    int layers = architecture.layers();
    hidden = new double[layers][];
    affine = new double[layers - 1][];
    slope = new double[layers - 1][];
    transposed = new double[layers][];
    int widest = 0;
    for (int l = 0; l < layers; l++) {
      hidden[l] = new double[Math.multiplyExact(architecture.fanIn(l), capacity)];
      widest = Math.max(widest, hidden[l].length);
      boolean weights = differentiable && l > 0;
      transposed[l] = new double[weights ? architecture.fanIn(l) * architecture.fanOut(l) : 0];
      if (l < layers - 1) {
        int values = architecture.fanOut(l) * capacity;
        affine[l] = new double[differentiable || architecture.steps() > 0 ? values : 0];
        slope[l] = new double[differentiable ? values : 0];
      }
    }
    output = new double[architecture.outputs() * capacity];
    q = new double[differentiable ? widest : 0];
    qNext = new double[q.length];
    step = new int[capacity];
  }

  /** One for {@link Mlp#evaluate} alone, a third of the size or less. */
  public static Workspace forEvaluation(Architecture architecture, int capacity) {
    return new Workspace(architecture, capacity, false);
  }

  /** The output of the last forward pass, outputs x n; overwritten by the next. */
  public double[] output() {
    return output;
  }

  /** The largest batch this serves. */
  public int capacity() {
    return capacity;
  }

  /**
   * One step index for all samples of a batch: an array to hand to the passes, valid until the next
   * call.
   */
  public int[] sameStep(int k) {
    Arrays.fill(step, k);
    return step;
  }

  void check(Architecture of, int n) {
    if (!architecture.equals(of)) {
      throw new IllegalArgumentException("workspace is for " + architecture + ", network is " + of);
    }
    if (n < 0 || n > capacity) {
      throw new IllegalArgumentException("batch must be in 0.." + capacity + ", got " + n);
    }
  }
}
