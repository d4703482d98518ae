package org.scorebound.network;

import java.util.List;
import org.scorebound.linalg.Activation;

/**
 * The shape of a multilayer perceptron.
 *
 * @param widths of input, hidden layers and output, for example 2, 64, 64, 64, 2
 * @param activation of every hidden layer; the last layer is linear
 * @param steps number of step indices, each with a gain for every hidden unit; 0 for a plain
 *     network
 */
public record Architecture(List<Integer> widths, Activation activation, int steps) {

  /** Checks at least an input and an output, no width below 1, and no negative step count. */
  public Architecture {
    widths = List.copyOf(widths);
    if (widths.size() < 2) {
      throw new IllegalArgumentException("widths must have input and output, got " + widths);
    }
    for (int w : widths) {
      if (w < 1) {
        throw new IllegalArgumentException("every width must be >= 1, got " + widths);
      }
    }
    if (steps < 0) {
      throw new IllegalArgumentException("steps must be >= 0, got " + steps);
    }
  }

  /** The published score network 2-64-64-64-2: softplus, a gain per unit and step. */
  public static Architecture published(int dimension, int steps) {
    return new Architecture(List.of(dimension, 64, 64, 64, dimension), Activation.SOFTPLUS, steps);
  }

  /** Number of affine layers, the linear last one included. */
  public int layers() {
    return widths.size() - 1;
  }

  /** Width before the first layer. */
  public int inputs() {
    return widths.getFirst();
  }

  /** Width after the last layer. */
  public int outputs() {
    return widths.getLast();
  }

  /** Width before layer {@code l = 0 .. layers()-1}. */
  public int fanIn(int l) {
    return widths.get(l);
  }

  /** Width after layer {@code l}. */
  public int fanOut(int l) {
    return widths.get(l + 1);
  }
}
