package org.scorebound.verify;

import org.scorebound.bound.TwoSidedOdeFormula;
import org.scorebound.sde.StartLaw;

/** Benton, Deligiannidis and Doucet's bound for deterministic flows. */
record FlowMatchingBound() implements FurtherBound {

  @Override
  public String name() {
    return "flow-matching";
  }

  @Override
  public String statement() {
    return "W2 <= eps exp int_0^T (L_f + k Lip_s) dt, eps^2 = T int k^2 m dt, k = g^2/2";
  }

  @Override
  public String assumptions() {
    return "sigma = 0; q_T = p_T; s(., t) Lipschitz with the two-sided constant Lip_s(t); unique"
        + " flows";
  }

  @Override
  public String source() {
    return "Benton, Deligiannidis and Doucet 2023, arXiv 2305.16860, Theorem 1, with the clock of"
        + " [0, T]";
  }

  @Override
  public String quantity() {
    return "W2(p_0, q_0)";
  }

  @Override
  public Value evaluate(FurtherBounds.Case c) {
    if (!c.configuration().family().isOde()) {
      return Value.none("for the ODE sampler alone");
    }
    if (!(c.configuration().start() instanceof StartLaw.Marginal)) {
      return Value.none("for q_T = p_T alone");
    }
    if (!c.finite()) {
      return Value.none("no Lipschitz constant of s is known");
    }
    TwoSidedOdeFormula.Evaluated e = TwoSidedOdeFormula.evaluate(c.twoSided());
    return Value.of(c.bound(e.logValue(), e.relativeError()));
  }
}
