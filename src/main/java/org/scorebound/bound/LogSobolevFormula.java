package org.scorebound.bound;

import java.util.List;

/**
 * A log-Sobolev constant of the sampler's end, {@code C(q_0) <= I(T)^2 C(q_T) + int_0^T sigma^2 I^2
 * dt}, {@code I(t) = exp int_0^t (L + k L_s)}.
 *
 * <p>An Euler step maps by {@code y + h(..)}, whose squared Lipschitz constant is {@code 1 + 2h(L +
 * k L_s) + O(h^2)}, and adds a Gaussian of variance {@code sigma^2 h}. Lipschitz maps multiply C by
 * the square of their constant; under convolution C is subadditive (Vempala and Wibisono 2019,
 * arXiv 1903.08568, Lemmas 16 and 17; Chafai 2004, doi:10.1215/kjm/1250283556). With C, {@code
 * W2(p_0,q_0) <= sqrt(2 C KL(p_0||q_0))} (Otto and Villani 2000, doi:10.1006/jfan.1999.3557).
 */
public final class LogSobolevFormula {

  private LogSobolevFormula() {}

  /**
   * A constant.
   *
   * @param logValue its logarithm
   * @param relativeError by the quadrature
   */
  public record Evaluated(double logValue, double relativeError) {}

  /** {@code log C(q_0)} from {@code C(q_T)}, a Gaussian's largest variance. */
  public static Evaluated ofEnd(Profile profile, double startConstant) {
    TimeIntegral.Result r =
        TimeIntegral.over(
            profile,
            TheoremFormula.theorem().rate(),
            List.of(new TimeIntegral.Term(TimePoint::sigmaSquared, 2)),
            0,
            profile.horizon());
    return new Evaluated(
        Logs.add(2 * r.logI() + Math.log(startConstant), r.logValues()[0]),
        r.relativeErrors()[0] + Math.expm1(2 * r.logIError()));
  }
}
