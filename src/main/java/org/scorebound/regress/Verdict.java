package org.scorebound.regress;

import org.scorebound.result.Labelled;

/** What a comparison says, from what overrides to what is overridden. */
public enum Verdict implements Labelled {
  /** A control moved, or a fork failed: nothing can be said. */
  UNTRUSTED,
  /** Slower, or allocating more, beyond chance and by enough to matter. */
  REGRESSED,
  /** Faster, or allocating less, beyond chance and by enough to matter. */
  IMPROVED,
  /** Within the margin on both sides, beyond chance. */
  EQUIVALENT,
  /** None of these after all the looks. */
  INCONCLUSIVE;

  @Override
  public String label() {
    return name();
  }
}
