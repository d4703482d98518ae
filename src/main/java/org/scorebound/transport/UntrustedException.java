package org.scorebound.transport;

/** A result whose certificate does not close: a defect of the solver, never silently returned. */
public final class UntrustedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With what was found. */
  public UntrustedException(String message) {
    super(message);
  }
}
