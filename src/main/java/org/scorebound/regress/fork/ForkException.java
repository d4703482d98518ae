package org.scorebound.regress.fork;

/** A fork that ended without a result: it threw, died, or took too long. */
public final class ForkException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what happened, in one line
   */
  public ForkException(String message) {
    super(message);
  }
}
