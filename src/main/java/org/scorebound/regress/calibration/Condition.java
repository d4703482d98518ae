package org.scorebound.regress.calibration;

import org.scorebound.result.Labelled;

/** What else the machine does while forks run. */
public enum Condition implements Labelled {
  /** Nothing of ours. */
  QUIET("quiet"),
  /** Other jobs, builds and tests, as they come. */
  SHARED("other jobs on the machine"),
  /** One thread that never stops. */
  BURNER("burner on one core"),
  /** A thread on every core, busy for a share of the time that grows from none to half. */
  DRIFT("monotone drift"),
  /** The burner, and other jobs as they come. */
  BURNER_SHARED("burner on one core and other jobs"),
  /** The drift, and other jobs as they come. */
  DRIFT_SHARED("monotone drift and other jobs");

  private final String label;

  Condition(String label) {
    this.label = label;
  }

  /** Threads of ours that take processor time away. */
  int burners() {
    return switch (this) {
      case QUIET, SHARED -> 0;
      case BURNER, BURNER_SHARED -> 1;
      case DRIFT, DRIFT_SHARED -> Runtime.getRuntime().availableProcessors();
    };
  }

  /** Whether their share of the time grows during a run. */
  boolean drifts() {
    return this == DRIFT || this == DRIFT_SHARED;
  }

  @Override
  public String label() {
    return label;
  }
}
