package org.scorebound.bound;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The theorem, term by term: {@code W2(p0,q0) <= int_0^T k I sqrt(m) dt + I(T) W2(p_T,q_T)} with
 * {@code I(t) = exp int_0^t (L + k L_s) dr} (THEORY.md section 2).
 *
 * <p>The terms are fields so that a negative control can swap exactly one of them; {@link #theorem}
 * and {@link #paper} are the right ones.
 *
 * @param rate {@code L + k L_s}, the growth rate of I
 * @param loss {@code k sqrt(m)}, what I multiplies under the integral
 * @param power the power of I under the integral, 1
 * @param fromEnd false: I(t) runs from 0 to t; true: from t to T
 * @param startFactor factor of the offset {@code I(T) W2(p_T,q_T)}, 1
 */
public record TheoremFormula(
    ToDoubleFunction<TimePoint> rate,
    ToDoubleFunction<TimePoint> loss,
    double power,
    boolean fromEnd,
    double startFactor) {

  /** The theorem with the one-sided constant of {@code -f}. */
  public static TheoremFormula theorem() {
    return new TheoremFormula(
        p -> p.driftOneSided() + p.k() * p.ls(), p -> p.k() * Math.sqrt(p.m()), 1, false, 1);
  }

  /** The theorem as published, with the two-sided constant {@code L_f}. */
  public static TheoremFormula paper() {
    return theorem().withRate(p -> p.driftLipschitz() + p.k() * p.ls());
  }

  /** The same with another rate. */
  public TheoremFormula withRate(ToDoubleFunction<TimePoint> other) {
    return new TheoremFormula(other, loss, power, fromEnd, startFactor);
  }

  /** The same with another loss term. */
  public TheoremFormula withLoss(ToDoubleFunction<TimePoint> other) {
    return new TheoremFormula(rate, other, power, fromEnd, startFactor);
  }

  /** The same with another power of I. */
  public TheoremFormula withPower(double other) {
    return new TheoremFormula(rate, loss, other, fromEnd, startFactor);
  }

  /** The same with I running from t to T. */
  public TheoremFormula withGainFromEnd() {
    return new TheoremFormula(rate, loss, power, true, startFactor);
  }

  /** The same with another factor of the offset. */
  public TheoremFormula withStartFactor(double other) {
    return new TheoremFormula(rate, loss, power, fromEnd, other);
  }

  /**
   * The right-hand side.
   *
   * @param logI {@code log I(T)}
   * @param logIError its absolute error
   * @param logIntegral logarithm of the integral
   * @param logOffset logarithm of {@code I(T) W2(p_T,q_T)}
   * @param logBound logarithm of the sum
   * @param relativeError of the bound, by the quadrature
   * @param times the quadrature's nodes
   * @param logIs log I at the nodes
   */
  public record Evaluated(
      double logI,
      double logIError,
      double logIntegral,
      double logOffset,
      double logBound,
      double relativeError,
      double[] times,
      double[] logIs) {}

  /** Evaluates over [0, T]. */
  public Evaluated evaluate(Profile profile, double w2Start) {
    return evaluate(profile, w2Start, 0, profile.horizon());
  }

  /** Evaluates over [from, to], I starting at {@code from}. */
  public Evaluated evaluate(Profile profile, double w2Start, double from, double to) {
    TimeIntegral.Result r =
        TimeIntegral.over(
            profile,
            rate,
            List.of(new TimeIntegral.Term(loss, fromEnd ? -power : power)),
            from,
            to);
    double logIntegral = r.logValues()[0] + (fromEnd ? power * r.logI() : 0);
    double logOffset = r.logI() + Math.log(startFactor * w2Start);
    return new Evaluated(
        r.logI(),
        r.logIError(),
        logIntegral,
        logOffset,
        Logs.add(logIntegral, logOffset),
        r.relativeErrors()[0] + r.logIError(),
        r.times(),
        r.logIs());
  }
}
