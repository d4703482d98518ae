package org.scorebound.network;

import org.scorebound.random.RandomStream;

/**
 * Where the parameters of a network lie in one flat array: layer by layer W (fanOut x fanIn,
 * column-major), b, and in hidden layers the gains (fanOut x steps). Immutable.
 */
public final class ParameterLayout {

  private final Architecture architecture;
  private final int[] weightAt;
  private final int[] biasAt;
  private final int[] gainAt;
  private final int size;

  /** The layout of a shape. */
  public ParameterLayout(Architecture architecture) {
    this.architecture = architecture;
    int layers = architecture.layers();
    weightAt = new int[layers];
    biasAt = new int[layers];
    gainAt = new int[layers - 1];
    int at = 0;
    for (int l = 0; l < layers; l++) {
      int out = architecture.fanOut(l);
      weightAt[l] = at;
      at = Math.addExact(at, Math.multiplyExact(out, architecture.fanIn(l)));
      biasAt[l] = at;
      at += out;
      if (l < layers - 1) {
        gainAt[l] = at;
        at = Math.addExact(at, Math.multiplyExact(out, architecture.steps()));
      }
    }
    size = at;
  }

  /** Length of the array. */
  public int size() {
    return size;
  }

  /** Where W of layer l starts, fanOut x fanIn. */
  public int weightOffset(int l) {
    return weightAt[l];
  }

  /** Where b of layer l starts. */
  public int biasOffset(int l) {
    return biasAt[l];
  }

  /** Where the gains of hidden layer l start, fanOut x steps. */
  public int gainOffset(int l) {
    return gainAt[l];
  }

  /**
   * Random parameters: weights normal with variance {@code 2/(fanIn + fanOut)} (Glorot and Bengio
   * 2010), biases uniform on {@code +-1/sqrt(fanIn)}, gains uniform on (0, 1).
   */
  public double[] initialise(RandomStream random) {
    double[] theta = new double[size];
    for (int l = 0; l < architecture.layers(); l++) {
      int in = architecture.fanIn(l);
      int out = architecture.fanOut(l);
      double sd = Math.sqrt(2.0 / (in + out));
      for (int i = weightAt[l]; i < weightAt[l] + in * out; i++) {
        theta[i] = sd * random.nextGaussian();
      }
      double range = 1 / Math.sqrt(in);
      for (int i = biasAt[l]; i < biasAt[l] + out; i++) {
        theta[i] = random.nextDouble(-range, range);
      }
      if (l < gainAt.length) {
        for (int i = gainAt[l]; i < gainAt[l] + out * architecture.steps(); i++) {
          theta[i] = random.nextDouble();
        }
      }
    }
    return theta;
  }

  /** Throws if any parameter is NaN or infinite, naming the first. */
  public void requireFinite(double[] theta) {
    check(theta);
    for (int i = 0; i < theta.length; i++) {
      if (!Double.isFinite(theta[i])) {
        throw new IllegalArgumentException("theta[" + i + "] must be finite, got " + theta[i]);
      }
    }
  }

  void check(double[] theta) {
    if (theta.length != size) {
      throw new IllegalArgumentException(
          "theta must have length " + size + ", got " + theta.length);
    }
  }
}
