package org.scorebound.verify;

import org.scorebound.bound.LogEstimate;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;
import org.scorebound.sde.DiscreteTheorem;

/** The recursion of the discrete theorem with the amplification that the simulated pairs met. */
record RealisedRecursion() implements FurtherBound {

  /** Rounding of a few hundred steps. */
  private static final double ROUNDING = 1e-12;

  @Override
  public String name() {
    return "realised-recursion";
  }

  @Override
  public String statement() {
    return "RMS_0 <= e_0, e_j = gamma_j e_{j+1} + h k RMS(err), gamma_j = RMS of the pairs carried by"
        + " the model's step over RMS before it";
  }

  @Override
  public String assumptions() {
    return "none; for this empirical chain alone: bounds W2 of its two clouds of ends, not of the"
        + " laws";
  }

  @Override
  public String source() {
    return "Minkowski's inequality; discrete theorem, docs/claims.md";
  }

  @Override
  public String quantity() {
    return "RMS of the simulated pairs";
  }

  @Override
  public Estimate left(FurtherBounds.Case c) {
    return Estimate.exact(c.outcome().discrete().coupled(), 0);
  }

  @Override
  public Value evaluate(FurtherBounds.Case c) {
    DiscreteTheorem.Result r = c.outcome().discrete();
    if (r.steps() == 0 || !Double.isFinite(r.realised())) {
      return Value.none("the paths left the range of numbers");
    }
    double log = Math.log(r.realised());
    return Value.of(
        new LogEstimate(
            log, log + Math.log1p(-ROUNDING), log + Math.log1p(ROUNDING), Evidence.EXACT));
  }
}
