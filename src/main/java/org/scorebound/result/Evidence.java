package org.scorebound.result;

import java.util.Locale;

/**
 * How a number is known, from strongest to weakest. Only the first three can support the verdict
 * {@code VIOLATED}.
 */
public enum Evidence implements Labelled {
  /** A closed form or a deterministic computation with a derived numerical error. */
  EXACT,
  /** An interval with a proved error, possibly loose. */
  CERTIFIED,
  /** An interval at a stated confidence level. */
  STATISTICAL,
  /** A point value without a proved or stated error. */
  ESTIMATED,
  /** A number handed in by the user. */
  SUPPLIED;

  /** The name in lower case. */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The weaker of two, for a number that is computed from both. */
  public Evidence and(Evidence other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
