package org.scorebound.verify;

import java.util.List;
import java.util.Optional;
import org.scorebound.bound.LogEstimate;
import org.scorebound.result.Estimate;

/**
 * A bound besides the theorem and its corollaries, of which only statements with explicit constants
 * are admitted. Adding one is one file and one line here and in {@link #all}.
 */
sealed interface FurtherBound
    permits TransportFromEntropy,
        ClippedFromVariation,
        FlowMatchingBound,
        TwoSidedTheorem,
        RealisedRecursion {

  /** All of them. */
  static List<FurtherBound> all() {
    return List.of(
        new TransportFromEntropy(),
        new ClippedFromVariation(),
        new FlowMatchingBound(),
        new TwoSidedTheorem(),
        new RealisedRecursion());
  }

  /** A short name. */
  String name();

  /** What is at most what, in symbols. */
  String statement();

  /** What it takes. */
  String assumptions();

  /** Where it comes from. */
  String source();

  /** The bounded quantity, in symbols. */
  String quantity();

  /** What is known of that quantity. */
  default Estimate left(FurtherBounds.Case c) {
    return c.outcome().w2();
  }

  /** The value, or why there is none. */
  Value evaluate(FurtherBounds.Case c);

  /**
   * A value or a reason.
   *
   * @param value the bound, if it applies
   * @param reason why it does not; empty if it does
   */
  record Value(Optional<LogEstimate> value, String reason) {

    static Value of(LogEstimate value) {
      return new Value(Optional.of(value), "");
    }

    static Value none(String reason) {
      return new Value(Optional.empty(), reason);
    }
  }
}
