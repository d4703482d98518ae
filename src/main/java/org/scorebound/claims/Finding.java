package org.scorebound.claims;

import java.util.Locale;
import org.scorebound.result.Estimate;
import org.scorebound.result.Labelled;

/**
 * One number of a claim beside the number it must agree with, or stay below or above.
 *
 * @param quantity what was computed
 * @param value the number with its interval
 * @param how the way to it
 * @param relation how it must stand to the reference
 * @param reference the other number
 * @param independently the way to the reference, which shares no code with the first where that is
 *     possible
 * @param tolerance absolute, derived: what both ways may differ by, besides their intervals
 * @param deviation how far the relation is missed: {@code |value - reference|} for {@code EQUAL},
 *     else the excess, negative where there is room
 * @param outcome whether the relation holds
 */
public record Finding(
    String quantity,
    Estimate value,
    String how,
    Relation relation,
    Estimate reference,
    String independently,
    double tolerance,
    double deviation,
    Outcome outcome) {

  /** How a value must stand to its reference. */
  public enum Relation implements Labelled {
    /** Equal within the tolerance and the intervals. */
    EQUAL("="),
    /** At most. */
    AT_MOST("<="),
    /** At least. */
    AT_LEAST(">=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    @Override
    public String label() {
      return sign;
    }
  }

  /** What the comparison showed. */
  public enum Outcome implements Labelled {
    /** The relation holds, whatever the two numbers are within their intervals. */
    HOLDS,
    /** The intervals overlap. */
    UNDECIDED,
    /** The relation fails, whatever the two numbers are within their intervals. */
    FAILS;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Compares two numbers. */
  static Finding of(
      String quantity,
      Estimate value,
      String how,
      Relation relation,
      Estimate reference,
      String independently,
      double tolerance) {
    double deviation =
        switch (relation) {
          case EQUAL -> Math.abs(value.value() - reference.value());
          case AT_MOST -> value.value() - reference.value();
          case AT_LEAST -> reference.value() - value.value();
        };
    Outcome outcome =
        switch (relation) {
          case EQUAL -> equal(value, reference, tolerance);
          case AT_MOST -> ordered(value, reference, tolerance);
          case AT_LEAST -> ordered(reference, value, tolerance);
        };
    return new Finding(
        quantity, value, how, relation, reference, independently, tolerance, deviation, outcome);
  }

  private static Outcome equal(Estimate a, Estimate b, double tolerance) {
    double room = tolerance + a.radius() + b.radius();
    return Math.abs(a.value() - b.value()) <= room ? Outcome.HOLDS : Outcome.FAILS;
  }

  private static Outcome ordered(Estimate small, Estimate large, double tolerance) {
    if (small.upper() <= large.lower() + tolerance) {
      return Outcome.HOLDS;
    }
    return small.lower() > large.upper() + tolerance ? Outcome.FAILS : Outcome.UNDECIDED;
  }
}
