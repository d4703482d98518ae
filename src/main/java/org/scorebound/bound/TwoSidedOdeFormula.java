package org.scorebound.bound;

import java.util.List;

/**
 * The bound for deterministic flows of Benton, Deligiannidis and Doucet (2023, arXiv 2305.16860,
 * Theorem 1): for two flows from the same start, {@code W2(p_0,q_0) <= eps exp int_0^1 L_t dt},
 * with {@code eps^2 >= int_0^1 E|v - v_model|^2 dt} along the exact flow, and L_t the (two-sided)
 * Lipschitz constant of v_model. Over [0, T], after a change of clock, {@code eps^2 = T int_0^T E|v
 * - v_model|^2 dt}. Here {@code v - v_model = k (s - grad log p_t)}, {@code k = g^2/2}, so
 *
 * <pre>
 *   W2(p_0, q_0) &lt;= sqrt(T int k^2 m dt) exp int_0^T (L_f + k Lip_s) dt
 * </pre>
 *
 * for the ODE sampler and {@code q_T = p_T} only. Reads the two-sided constant of s as the
 * profile's {@code ls}.
 */
public final class TwoSidedOdeFormula {

  private TwoSidedOdeFormula() {}

  /**
   * The right-hand side.
   *
   * @param logValue its logarithm
   * @param relativeError by the quadrature
   */
  public record Evaluated(double logValue, double relativeError) {}

  /** Evaluates over [0, T]; {@code ls} of the points is the two-sided constant. */
  public static Evaluated evaluate(Profile twoSided) {
    TimeIntegral.Result r =
        TimeIntegral.over(
            twoSided,
            p -> p.driftLipschitz() + p.k() * p.ls(),
            List.of(new TimeIntegral.Term(p -> p.k() * p.k() * p.m(), 0)),
            0,
            twoSided.horizon());
    double error = r.relativeErrors()[0] + r.logIError();
    return new Evaluated(0.5 * (Math.log(twoSided.horizon()) + r.logValues()[0]) + r.logI(), error);
  }
}
