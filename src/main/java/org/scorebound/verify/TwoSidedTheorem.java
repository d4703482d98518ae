package org.scorebound.verify;

import org.scorebound.bound.TheoremFormula;

/** The theorem with two-sided constants of f and s, which can be had more easily and are looser. */
record TwoSidedTheorem() implements FurtherBound {

  @Override
  public String name() {
    return "two-sided";
  }

  @Override
  public String statement() {
    return "W2 <= int k I sqrt(m) dt + I(T) W2(p_T,q_T), I(t) = exp int_0^t (L_f + k Lip_s) dr";
  }

  @Override
  public String assumptions() {
    return "those of the theorem; s(., t) Lipschitz with the two-sided constant Lip_s(t)";
  }

  @Override
  public String source() {
    return "Kwon, Fan and Lee 2022, arXiv 2212.06359, with L_s <= Lip_s";
  }

  @Override
  public String quantity() {
    return "W2(p_0, q_0)";
  }

  @Override
  public Value evaluate(FurtherBounds.Case c) {
    if (!c.finite()) {
      return Value.none("no Lipschitz constant of s is known");
    }
    TheoremFormula.Evaluated e =
        TheoremFormula.paper().evaluate(c.twoSided(), c.outcome().w2Start().upper());
    return Value.of(c.bound(e.logBound(), e.relativeError()));
  }
}
