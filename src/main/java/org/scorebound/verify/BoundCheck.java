package org.scorebound.verify;

import java.util.Optional;
import org.scorebound.bound.LogEstimate;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * One inequality {@code left <= right}, with the verdict on it.
 *
 * @param name the bound
 * @param left the left-hand side, W2 or KL
 * @param right the right-hand side; empty where it is infinite
 * @param verdict the verdict
 * @param vacuous whether it holds by more than a factor {@link #VACUOUS}
 * @param reason why, in words; empty for a plain HOLDS
 */
public record BoundCheck(
    String name,
    Optional<Estimate> left,
    Optional<LogEstimate> right,
    Verdict verdict,
    boolean vacuous,
    String reason) {

  /** A bound this many times the left-hand side says nothing useful. */
  public static final double VACUOUS = 1000;

  /** The reason given where both sides agree within their numerical errors. */
  public static final String EQUAL = "equal";

  /** A bound that does not apply. */
  static BoundCheck notApplicable(String name, String reason) {
    return new BoundCheck(
        name, Optional.empty(), Optional.empty(), Verdict.NOT_APPLICABLE, false, reason);
  }

  /** A bound about which nothing could be computed. */
  static BoundCheck undecided(String name, String reason) {
    return new BoundCheck(
        name, Optional.empty(), Optional.empty(), Verdict.INCONCLUSIVE, false, reason);
  }

  /** Compares two sides. */
  static BoundCheck compare(String name, Estimate left, LogEstimate right) {
    Verdict verdict = decide(left, right);
    boolean vacuous =
        verdict == Verdict.HOLDS
            && left.value() > 0
            && right.logValue() - Math.log(left.value()) > Math.log(VACUOUS);
    String reason =
        switch (verdict) {
          case HOLDS -> vacuous ? "bound more than 1000 times the distance" : "";
          case INCONCLUSIVE -> undecided(left, right);
          case VIOLATED, NOT_APPLICABLE -> "";
        };
    return new BoundCheck(name, Optional.of(left), Optional.of(right), verdict, vacuous, reason);
  }

  private static Verdict decide(Estimate left, LogEstimate right) {
    boolean evidence =
        left.kind().compareTo(Evidence.STATISTICAL) <= 0
            && right.kind().compareTo(Evidence.STATISTICAL) <= 0;
    if (evidence && Math.log(left.lower()) > right.logUpper()) {
      return Verdict.VIOLATED;
    }
    return Math.log(left.upper()) <= right.logLower() ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
  }

  private static String undecided(Estimate left, LogEstimate right) {
    if (left.kind() == Evidence.EXACT && right.kind() == Evidence.EXACT) {
      return EQUAL;
    }
    if (Double.isInfinite(left.upper())) {
      return "the distance is not resolved within the step limits";
    }
    if (Math.log(left.upper()) <= right.logValue()) {
      return "the bound's own bracket is too wide";
    }
    return Math.log(left.value()) <= right.logLower()
        ? "the interval of the distance is too wide"
        : "the two sides are closer than the distance's upper estimate can tell";
  }

  /** {@code right / left}; infinite for a left side of 0. */
  public double ratio() {
    return right.isEmpty() || left.isEmpty()
        ? Double.NaN
        : Math.exp(right.get().logValue() - Math.log(left.get().value()));
  }
}
