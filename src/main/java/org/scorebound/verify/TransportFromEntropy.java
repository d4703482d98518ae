package org.scorebound.verify;

import org.scorebound.bound.KlFormula;
import org.scorebound.bound.LogSobolevFormula;
import org.scorebound.linalg.SymmetricEigen;

/** From the loss to KL (Girsanov), and from KL to W2 (Talagrand) with C of q_0. */
record TransportFromEntropy() implements FurtherBound {

  @Override
  public String name() {
    return "kl-talagrand";
  }

  @Override
  public String statement() {
    return "W2 <= sqrt(2 C (1/2 int (k^2/sigma^2) m dt + KL(p_T||q_T))), C = I(T)^2 C(q_T) + int"
        + " sigma^2 I^2 dt >= log-Sobolev constant of q_0";
  }

  @Override
  public String assumptions() {
    return "sigma > 0; q_T Gaussian, so that C(q_T) is its largest variance; L_s finite";
  }

  @Override
  public String source() {
    return "Song et al. 2021, arXiv 2101.09258; Otto and Villani 2000, doi:10.1006/jfan.1999.3557;"
        + " Vempala and Wibisono 2019, arXiv 1903.08568, Lemmas 16 and 17";
  }

  @Override
  public String quantity() {
    return "W2(p_0, q_0)";
  }

  @Override
  public Value evaluate(FurtherBounds.Case c) {
    if (c.configuration().family().isOde()) {
      return Value.none("sigma = 0: the path laws are singular");
    }
    double[][] start = c.startCovariance();
    if (start == null) {
      return Value.none("log-Sobolev constant of q_T not known");
    }
    if (!c.finite()) {
      return Value.none("L_s is infinite");
    }
    KlFormula.Evaluated kl = c.pathKl();
    LogSobolevFormula.Evaluated constant =
        LogSobolevFormula.ofEnd(c.upper(), new SymmetricEigen(start).max());
    return Value.of(
        c.bound(
            0.5 * (Math.log(2) + constant.logValue() + kl.logValue()),
            kl.relativeError() + constant.relativeError()));
  }
}
