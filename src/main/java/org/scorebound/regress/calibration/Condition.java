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
  DRIFT("monotone drift");

  private final String label;

  Condition(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
