package org.scorebound.verify;

import java.util.function.DoubleSupplier;

/**
 * A negative control: one check, evaluated with the right formula and with a formula in which
 * exactly one term is swapped (THEORY.md section 5).
 *
 * @param name the wrong formula
 * @param check what is compared, in words
 * @param configuration the configuration that tells them apart
 * @param tolerance the check's tolerance
 * @param mustBeCaught false for the control that changes nothing
 * @param right the check's number with the right formula; the check passes if it is at most the
 *     tolerance
 * @param wrong the same with the wrong one
 */
public record Control(
    String name,
    String check,
    String configuration,
    double tolerance,
    boolean mustBeCaught,
    DoubleSupplier right,
    DoubleSupplier wrong) {

  /** The tolerance of controls that look how far an inequality is exceeded, relatively. */
  static final double EXCESS = 1e-9;

  /** The wrong formula must miss by so many tolerances. */
  static final double MARGIN = 100;

  /**
   * What a control showed.
   *
   * @param name the wrong formula
   * @param check what is compared
   * @param configuration the configuration that tells them apart
   * @param tolerance the check's tolerance
   * @param right the check's number with the right formula
   * @param wrong the same with the wrong one
   * @param caught whether the right one passes and the wrong one misses by 100 tolerances
   * @param passed whether caught is as it must be
   */
  public record Result(
      String name,
      String check,
      String configuration,
      double tolerance,
      double right,
      double wrong,
      boolean caught,
      boolean passed) {}

  /** A check that came to no number has missed by as much as a number can say. */
  static double finite(double deviation) {
    return Double.isNaN(deviation)
        ? Double.MAX_VALUE
        : Math.clamp(deviation, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** NaN for a check that refuses what a formula gave it, as paths that are no numbers. */
  private static double number(DoubleSupplier formula) {
    try {
      return formula.getAsDouble();
    } catch (IllegalArgumentException e) {
      return Double.NaN;
    }
  }

  /** Evaluates both formulas; one that comes to no number has missed. */
  public Result run() {
    double r = finite(number(right));
    double w = finite(number(wrong));
    boolean caught = r <= tolerance && w > MARGIN * tolerance;
    boolean passed = mustBeCaught ? caught : r <= tolerance && w <= tolerance;
    return new Result(name, check, configuration, tolerance, r, w, caught, passed);
  }
}
