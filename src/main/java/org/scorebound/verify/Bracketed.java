package org.scorebound.verify;

import org.scorebound.bound.LogEstimate;
import org.scorebound.bound.Logs;
import org.scorebound.bound.LossFormula;
import org.scorebound.bound.ModelProfile;
import org.scorebound.bound.ModelProfile.End;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.result.Estimate;
import org.scorebound.result.Evidence;

/**
 * Evaluates a formula at the lower, middle and upper ends of what it reads: value with certified
 * L_s, lower with sampled L_s and the lower ends of m and of the start's distance, upper with all
 * upper ends; each widened by the quadrature's error.
 */
final class Bracketed {

  /** L_s brackets so many tolerances narrow in log I are treated as one value. */
  private static final double NEGLIGIBLE_TOLERANCES = 10;

  private final ModelProfile profile;
  private final double negligible;
  private final Estimate start;

  Bracketed(ModelProfile profile, Estimate start) {
    this.profile = profile;
    this.negligible = NEGLIGIBLE_TOLERANCES * profile.tolerance();
    this.start = start;
  }

  /** The theorem's numbers. */
  record Theorem(double logI, double logISampled, LogEstimate integral, LogEstimate bound) {}

  /** A corollary's numbers. */
  record Loss(LogEstimate loss, LogEstimate bound) {}

  Theorem theorem(TheoremFormula formula) {
    TheoremFormula.Evaluated value = formula.evaluate(profile.at(End.VALUE), start.value());
    Evidence kind = profile.kind(negligible);
    boolean exactStart = start.kind() == Evidence.EXACT;
    TheoremFormula.Evaluated lower =
        exactStart && profile.lowerIsValue(negligible)
            ? value
            : formula.evaluate(profile.at(End.LOWER), start.lower());
    TheoremFormula.Evaluated upper =
        exactStart && profile.upperIsValue()
            ? value
            : formula.evaluate(profile.at(End.UPPER), start.upper());
    double error =
        worst(lower.relativeError(), value.relativeError(), upper.relativeError())
            + negligible * bracketShare();
    return new Theorem(
        value.logI(),
        lower.logI(),
        bracket(lower.logIntegral(), value.logIntegral(), upper.logIntegral(), error, kind),
        bracket(
            lower.logBound(),
            value.logBound(),
            upper.logBound(),
            error + startError(),
            kind.and(start.kind())));
  }

  Loss loss(LossFormula formula, double from) {
    LossFormula.Evaluated value = formula.evaluate(profile.at(End.VALUE), start.value(), from);
    Evidence kind = profile.kind(negligible);
    boolean exactStart = start.kind() == Evidence.EXACT;
    LossFormula.Evaluated lower =
        exactStart && profile.lowerIsValue(negligible)
            ? value
            : formula.evaluate(profile.at(End.LOWER), start.lower(), from);
    LossFormula.Evaluated upper =
        exactStart && profile.upperIsValue()
            ? value
            : formula.evaluate(profile.at(End.UPPER), start.upper(), from);
    double error =
        worst(lower.relativeError(), value.relativeError(), upper.relativeError())
            + negligible * bracketShare();
    return new Loss(
        bracket(lower.logLoss(), value.logLoss(), upper.logLoss(), error, kind),
        bracket(
            lower.logBound(),
            value.logBound(),
            upper.logBound(),
            error + startError(),
            kind.and(start.kind())));
  }

  /** 0 where L_s is a single value at t = 0, so that closed forms keep their accuracy; else 1. */
  private double bracketShare() {
    return profile.lipschitzAt(0).isExact() ? 0 : 1;
  }

  private double startError() {
    return start.value() > 0 ? start.radius() / start.value() : 0;
  }

  private static double worst(double a, double b, double c) {
    return Math.max(a, Math.max(b, c));
  }

  private static LogEstimate bracket(
      double lower, double value, double upper, double error, Evidence kind) {
    double e = Math.min(0.5, error);
    return new LogEstimate(
        value,
        Math.min(value, lower) + Math.log1p(-e),
        Math.max(value, upper) + Math.log1p(e),
        kind);
  }

  static LogEstimate exact(double logValue, double error, Evidence kind) {
    return bracket(logValue, logValue, logValue, error, kind);
  }

  /** A bound plus a fixed number {@code >= 0}. */
  static LogEstimate plus(LogEstimate e, double addend) {
    double log = Math.log(addend);
    return new LogEstimate(
        Logs.add(e.logValue(), log),
        Logs.add(e.logLower(), log),
        Logs.add(e.logUpper(), log),
        e.kind());
  }
}
