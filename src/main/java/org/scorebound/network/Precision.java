package org.scorebound.network;

import java.util.Locale;

/** In what a network is computed. */
public enum Precision {
  /**
   * Floats: for training, whose parameters and optimiser stay doubles, and for estimates whose own
   * error is per cents. Softplus networks only.
   */
  SINGLE,
  DOUBLE;

  /** The spelling used on the command line and in result documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Room for training steps of a network on up to {@code capacity} samples. */
  public GradientPass pass(Mlp mlp, int capacity) {
    return switch (this) {
      case SINGLE -> new SinglePass(mlp, capacity);
      case DOUBLE -> new DoublePass(mlp, capacity);
    };
  }
}
