package org.scorebound.verify;

import java.util.function.ToDoubleFunction;
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
    Ends<TheoremFormula.Evaluated> ends =
        ends((end, w2Start) -> formula.evaluate(profile.at(end), w2Start));
    Errors error = error(ends, TheoremFormula.Evaluated::relativeError);
    return new Theorem(
        ends.value().logI(),
        ends.lower().logI(),
        integral(ends, TheoremFormula.Evaluated::logIntegral, error),
        bound(ends, TheoremFormula.Evaluated::logBound, error));
  }

  Loss loss(LossFormula formula, double from) {
    Ends<LossFormula.Evaluated> ends =
        ends((end, w2Start) -> formula.evaluate(profile.at(end), w2Start, from));
    Errors error = error(ends, LossFormula.Evaluated::relativeError);
    return new Loss(
        integral(ends, LossFormula.Evaluated::logLoss, error),
        bound(ends, LossFormula.Evaluated::logBound, error));
  }

  /** A formula at the three ends. */
  private record Ends<E>(E lower, E value, E upper) {}

  /** A formula at one end, with that end of the start's distance. */
  private interface AtEnd<E> {
    E evaluate(End end, double w2Start);
  }

  /** Evaluates once where the ends are known to agree. */
  private <E> Ends<E> ends(AtEnd<E> formula) {
    E value = formula.evaluate(End.VALUE, start.value());
    boolean exactStart = start.kind() == Evidence.EXACT;
    E lower =
        exactStart && profile.lowerIsValue(negligible)
            ? value
            : formula.evaluate(End.LOWER, start.lower());
    E upper =
        exactStart && profile.upperIsValue() ? value : formula.evaluate(End.UPPER, start.upper());
    return new Ends<>(lower, value, upper);
  }

  /** What the quadrature adds to each end; value's error counts for both. */
  private record Errors(double below, double above) {

    Errors plus(double e) {
      return new Errors(below + e, above + e);
    }
  }

  private <E> Errors error(Ends<E> ends, ToDoubleFunction<E> of) {
    double value = of.applyAsDouble(ends.value());
    return new Errors(
            Math.max(value, of.applyAsDouble(ends.lower())),
            Math.max(value, of.applyAsDouble(ends.upper())))
        .plus(negligible * bracketShare());
  }

  private <E> LogEstimate integral(Ends<E> ends, ToDoubleFunction<E> of, Errors error) {
    return bracket(
        of.applyAsDouble(ends.lower()),
        of.applyAsDouble(ends.value()),
        of.applyAsDouble(ends.upper()),
        error,
        profile.kind(negligible));
  }

  private <E> LogEstimate bound(Ends<E> ends, ToDoubleFunction<E> of, Errors error) {
    return bracket(
        of.applyAsDouble(ends.lower()),
        of.applyAsDouble(ends.value()),
        of.applyAsDouble(ends.upper()),
        error.plus(startError()),
        profile.kind(negligible).and(start.kind()));
  }

  /** 0 where L_s is a single value at t = 0, so that closed forms keep their accuracy; else 1. */
  private double bracketShare() {
    return profile.lipschitzAt(0).isExact() ? 0 : 1;
  }

  private double startError() {
    return start.value() > 0 ? start.radius() / start.value() : 0;
  }

  private static LogEstimate bracket(
      double lower, double value, double upper, Errors error, Evidence kind) {
    return new LogEstimate(
        value,
        Math.min(value, lower) + Math.log1p(-Math.min(0.5, error.below())),
        Math.max(value, upper) + Math.log1p(Math.min(0.5, error.above())),
        kind);
  }

  static LogEstimate exact(double logValue, double error, Evidence kind) {
    return bracket(logValue, logValue, logValue, new Errors(error, error), kind);
  }

  /** A bound plus a number known as an interval, {@code >= 0}. */
  static LogEstimate plus(LogEstimate e, Estimate addend) {
    return new LogEstimate(
        Logs.add(e.logValue(), Math.log(addend.value())),
        Logs.add(e.logLower(), Math.log(addend.lower())),
        Logs.add(e.logUpper(), Math.log(addend.upper())),
        e.kind().and(addend.kind()));
  }
}
