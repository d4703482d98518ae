package org.scorebound.sde;

/** A computation that its limits, which are counts of steps, did not let end. */
public final class UnresolvedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** With a reason in words. */
  public UnresolvedException(String message) {
    super(message);
  }

  /** With what it was found by. */
  public UnresolvedException(String message, Throwable cause) {
    super(message, cause);
  }
}
