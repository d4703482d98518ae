package org.scorebound.bound;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The corollaries by one Cauchy–Schwarz step in time, for a weight lambda: {@code W2 <= sqrt(2 (int
 * k^2 I^2 / lambda dt) J) + I(T) W2(p_T,q_T)}, with {@code J_SM = 1/2 int lambda m dt} (score
 * matching) or {@code J_DSM = 1/2 int lambda (m + C_t) dt} (denoising); THEORY.md section 2.
 *
 * @param rate {@code L + k L_s}
 * @param lambda the weight, here {@code g^2}
 * @param loss {@code m}, or {@code m + C_t}
 * @param half the factor of J, 1/2
 * @param root the power of {@code 2 (..) J}, 1/2
 */
public record LossFormula(
    ToDoubleFunction<TimePoint> rate,
    ToDoubleFunction<TimePoint> lambda,
    ToDoubleBiFunction<Profile, TimePoint> loss,
    double half,
    double root) {

  /** Score matching with {@code lambda = g^2}. */
  public static LossFormula scoreMatching() {
    return new LossFormula(
        TheoremFormula.theorem().rate(), TimePoint::gSquared, (profile, p) -> p.m(), 0.5, 0.5);
  }

  /** Denoising score matching with {@code lambda = g^2}; on [t_min, T] only, t_min > 0. */
  public static LossFormula denoising() {
    return scoreMatching().withLoss((profile, p) -> p.m() + profile.denoisingGap(p.t()));
  }

  /** The same with another loss. */
  public LossFormula withLoss(ToDoubleBiFunction<Profile, TimePoint> other) {
    return new LossFormula(rate, lambda, other, half, root);
  }

  /** The same with another weight. */
  public LossFormula withLambda(ToDoubleFunction<TimePoint> other) {
    return new LossFormula(rate, other, loss, half, root);
  }

  /** The same with another factor in J. */
  public LossFormula withHalf(double other) {
    return new LossFormula(rate, lambda, loss, other, root);
  }

  /** The same with another power in place of the square root. */
  public LossFormula withRoot(double other) {
    return new LossFormula(rate, lambda, loss, half, other);
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
                new TimeIntegral.Term(
                    p -> lambda.applyAsDouble(p) * loss.applyAsDouble(profile, p), 0)),
            from,
            profile.horizon());
    double logLoss = Math.log(half) + r.logValues()[1];
    double first = root * (Math.log(2) + r.logValues()[0] + logLoss);
    double offset = r.logI() + Math.log(w2Start);
    return new Evaluated(
        r.logI(),
        logLoss,
        Logs.add(first, offset),
        r.relativeErrors()[0] + r.relativeErrors()[1] + r.logIError());
  }

  private double gain(TimePoint p) {
    double weight = lambda.applyAsDouble(p);
    return p.k() == 0 ? 0 : p.k() * p.k() / weight;
  }
}
