package org.scorebound.verify;

/**
 * A sampled configuration whose evaluation threw. The stack is left out: the virtual machine drops
 * it for exceptions that come often, and equal runs must give equal documents.
 *
 * @param id its index
 * @param family its family
 * @param churnCell its churn cell
 * @param error class of what was thrown
 * @param message its message, on one line; empty if it has none
 */
public record Failure(int id, String family, String churnCell, String error, String message) {

  /** What configuration {@code id} threw. */
  public static Failure of(int id, Throwable thrown) {
    return of(id, Families.family(id), Families.churnCell(id), "", thrown);
  }

  /** What a given configuration threw; the message starts with its name. */
  static Failure given(int id, String name, Throwable thrown) {
    return of(id, Campaign.GIVEN, "", name + ": ", thrown);
  }

  private static Failure of(int id, String family, String cell, String prefix, Throwable thrown) {
    String message = prefix + (thrown.getMessage() == null ? "" : thrown.getMessage());
    return new Failure(
        id,
        family,
        cell,
        thrown.getClass().getName(),
        message.replaceAll("\\s*\\R\\s*", " ").strip());
  }
}
