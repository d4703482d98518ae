package org.scorebound.verify;

import org.scorebound.bound.KlFormula;
import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;
import org.scorebound.result.Estimate;

/**
 * W2 of bounded laws from total variation. The laws here are not bounded, so both are projected
 * onto a ball, as samplers of images clip: projections do not raise TV, and {@code W2^2 <= D^2 TV}
 * on a set of diameter D, since a coupling leaves all but a mass TV in place.
 */
record ClippedFromVariation() implements FurtherBound {

  /** The ball's radius in root mean squares of the data around their mean. */
  private static final double RADII = 3;

  @Override
  public String name() {
    return "bounded-tv";
  }

  @Override
  public String statement() {
    return "W2(P p_0, P q_0) <= 2R TV^(1/2), TV <= min(1, sqrt(KL/2)), KL <= 1/2 int (k^2/sigma^2) m"
        + " dt + KL(p_T||q_T); P the projection onto the ball of radius R = 3 sqrt(tr Cov p_0)"
        + " around the data's mean";
  }

  @Override
  public String assumptions() {
    return "sigma > 0; KL(p_T||q_T) finite and bounded in closed form; says nothing about the mass"
        + " outside of the ball";
  }

  @Override
  public String source() {
    return "Villani 2009, doi:10.1007/978-3-540-71050-9, Theorem 6.15; Pinsker; Song et al. 2021,"
        + " arXiv 2101.09258";
  }

  @Override
  public String quantity() {
    return "W2(P p_0, P q_0)";
  }

  /** Projections do not raise distances, so W2 is above. */
  @Override
  public Estimate left(FurtherBounds.Case c) {
    Estimate w2 = c.outcome().w2();
    return Estimate.of(w2.value(), 0, w2.upper(), w2.kind());
  }

  @Override
  public Value evaluate(FurtherBounds.Case c) {
    if (c.configuration().family().isOde()) {
      return Value.none("sigma = 0: the path laws are singular");
    }
    if (!c.finite()) {
      return Value.none("L_s is infinite");
    }
    KlFormula.Evaluated kl = c.pathKl();
    if (Double.isNaN(kl.logValue())) {
      return Value.none("KL(p_T||q_T) of a moved mixture has no closed form");
    }
    GaussianMixture data = c.configuration().score().process().data();
    double radius = RADII * Math.sqrt(Matrices.trace(data.covariance()));
    double logVariation = Math.min(0, 0.5 * (kl.logValue() - Math.log(2)));
    return Value.of(
        c.bound(Math.log(2 * radius) + 0.5 * logVariation, 0.25 * kl.relativeError() + 1e-12));
  }
}
