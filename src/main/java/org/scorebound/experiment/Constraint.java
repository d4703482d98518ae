package org.scorebound.experiment;

import org.scorebound.network.Architecture;
import org.scorebound.network.WeightConstraint;
import org.scorebound.result.Labelled;

/** What holds down the Lipschitz constant while training; the activation is the same for all. */
enum Constraint implements Labelled {
  /** Nothing. */
  NONE("vanilla"),
  /** Spectral norm of every weight matrix at most 1. */
  SPECTRAL("spectral-normalisation"),
  /** Every weight in [-.1, .1]; the published limit is not known. */
  CLIPPING("weight-clipping");

  private static final double SPECTRAL_LIMIT = 1;
  private static final double CLIP_LIMIT = 0.1;

  private final String label;

  Constraint(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }

  /** The constraint with memory of its own. */
  WeightConstraint of(Architecture architecture) {
    return switch (this) {
      case NONE -> new WeightConstraint.None();
      case SPECTRAL -> new WeightConstraint.Spectral(architecture, SPECTRAL_LIMIT);
      case CLIPPING -> new WeightConstraint.Clip(CLIP_LIMIT);
    };
  }
}
