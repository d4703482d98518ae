package org.scorebound.bench;

/** A fork that ended without a result: it crashed, timed out, or its own check failed. */
public final class ForkFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * A failure.
   *
   * @param message what the fork said last, one line
   */
  public ForkFailedException(String message) {
    super(message);
  }
}
