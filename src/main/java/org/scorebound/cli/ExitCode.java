package org.scorebound.cli;

/** How a command ended, for the shell. */
public enum ExitCode {
  /** All well. */
  OK(0, 4),
  /** A bound was violated, or performance regressed. */
  VIOLATED(1, 2),
  /** Wrong usage or input. */
  USAGE(2, 0),
  /** A control or a certificate failed, so no verdict can be trusted. */
  UNTRUSTED(3, 1),
  /** Nothing was decided. */
  UNDECIDED(4, 3),
  /** A defect of this program. */
  INTERNAL(70, -1),
  /** Stopped by the user; the virtual machine itself gives this code on SIGINT. */
  INTERRUPTED(130, -2);

  private final int code;
  private final int rank;

  ExitCode(int code, int rank) {
    this.code = code;
    this.rank = rank;
  }

  /** The number handed to the shell. */
  public int code() {
    return code;
  }

  /** The one of two that is reported where both apply: 130, 70, 2, 3, 1, 4, 0 in this order. */
  public ExitCode and(ExitCode other) {
    return rank <= other.rank ? this : other;
  }
}
