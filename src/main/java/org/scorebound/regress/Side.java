package org.scorebound.regress;

import org.scorebound.result.Labelled;

/** Which of two builds a fork ran. */
public enum Side implements Labelled {
  /** The old one. */
  BASELINE("baseline"),
  /** The new one; in a control a second copy of the old one. */
  CANDIDATE("candidate");

  private final String label;

  Side(String label) {
    this.label = label;
  }

  @Override
  public String label() {
    return label;
  }
}
