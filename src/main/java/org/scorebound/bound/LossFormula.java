package org.scorebound.bound;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The corollaries by one Cauchy–Schwarz step in time, for a weight lambda: {@code W2 <= sqrt(2 (int
 * k^2 I^2 / lambda dt) J) + I(T) W2(p_T,q_T)}, with {@code J_SM = 1/2 int lambda m dt} (score
 * matching) or {@code J_DSM = 1/2 int lambda (m + C_t) dt} (denoising); THEORY.md section 2.
 *
 * @param rate {@code L + k L_s}
 * @param lambda the weight, here {@code g^2}
 * @param withGap whether J holds {@code C_t} besides m
 * @param half the factor of J, 1/2
 */
public record LossFormula(
    ToDoubleFunction<TimePoint> rate,
    ToDoubleFunction<TimePoint> lambda,
    boolean withGap,
    double half) {

  /** Score matching with {@code lambda = g^2}. */
  public static LossFormula scoreMatching() {
    return new LossFormula(TheoremFormula.theorem().rate(), TimePoint::gSquared, false, 0.5);
  }

  /** Denoising score matching with {@code lambda = g^2}; on [t_min, T] only, t_min > 0. */
  public static LossFormula denoising() {
    LossFormula matching = scoreMatching();
    return new LossFormula(matching.rate, matching.lambda, true, matching.half);
  }

  /** The same with another weight. */
  public LossFormula withLambda(ToDoubleFunction<TimePoint> other) {
    return new LossFormula(rate, other, withGap, half);
  }

  /** The same with another factor in J. */
  public LossFormula withHalf(double other) {
    return new LossFormula(rate, lambda, withGap, other);
  }

  /**
   * The right-hand side.
   *
   * @param logI {@code log I}
   * @param logLoss logarithm of J
   * @param logBound logarithm of the bound
   * @param relativeError of the bound
   */
  public record Evaluated(double logI, double logLoss, double logBound, double relativeError) {}

  /** Evaluates over [from, T], I starting at {@code from}. */
  public Evaluated evaluate(Profile profile, double w2Start, double from) {
    TimeIntegral.Result r =
        TimeIntegral.over(
            profile,
            rate,
            List.of(
                new TimeIntegral.Term(p -> gain(p), 2),
                new TimeIntegral.Term(p -> lambda.applyAsDouble(p) * p.m(), 0)),
            from,
            profile.horizon());
    double logIntegral = r.logValues()[1];
    double lossError = r.relativeErrors()[1];
    if (withGap) {
      TimeIntegral.Result gap = gap(profile, from);
      logIntegral = Logs.add(logIntegral, gap.logValues()[0]);
      lossError = Math.max(lossError, gap.relativeErrors()[0]);
    }
    double logLoss = Math.log(half) + logIntegral;
    double first = 0.5 * (Math.log(2) + r.logValues()[0] + logLoss);
    double offset = r.logI() + Math.log(w2Start);
    return new Evaluated(
        r.logI(),
        logLoss,
        Logs.add(first, offset),
        r.relativeErrors()[0] + lossError + r.logIError());
  }

  /** {@code int lambda C_t dt} on nodes of its own: C_t is steep near 0 where m and L_s are not. */
  private TimeIntegral.Result gap(Profile profile, double from) {
    return TimeIntegral.over(
        profile.withPoints(profile::coefficients, 1),
        p -> 0,
        List.of(
            new TimeIntegral.Term(p -> lambda.applyAsDouble(p) * profile.denoisingGap(p.t()), 0)),
        from,
        profile.horizon());
  }

  private double gain(TimePoint p) {
    double weight = lambda.applyAsDouble(p);
    return p.k() == 0 ? 0 : p.k() * p.k() / weight;
  }
}
