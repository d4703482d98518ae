package org.scorebound.cli;

import java.util.Locale;
import java.util.OptionalDouble;
import org.scorebound.bound.LogEstimate;
import org.scorebound.verify.Outcome;
import org.scorebound.verify.Verdict;

/**
 * The cells of one configuration's row on the terminal.
 *
 * @param name on one line, whatever the document holds
 * @param w2 the distance
 * @param bound the theorem's; as a power of e where it is beyond every double
 * @param logI {@code log I(T)}
 * @param verdict the theorem's
 */
record OutcomeRow(String name, String w2, String bound, String logI, String verdict) {

  /** A bound; as a power of e where it is beyond every double. */
  static String bound(LogEstimate e) {
    return Double.isInfinite(e.value())
        ? String.format(Locale.ROOT, "e^%.1f", e.logValue())
        : VerifySummary.number(OptionalDouble.of(e.value()));
  }

  static OutcomeRow of(Outcome o) {
    String bound =
        o.theorem()
            .right()
            .map(OutcomeRow::bound)
            .orElse(o.theorem().verdict() == Verdict.NOT_APPLICABLE ? "infinite" : "-");
    return new OutcomeRow(
        o.configuration().name().replaceAll("\\p{Cntrl}", "?"),
        o.w2().value() == 0 && Double.isInfinite(o.w2().upper())
            ? "-"
            : VerifySummary.number(OptionalDouble.of(o.w2().value())),
        bound,
        VerifySummary.number(o.logI()),
        o.theorem().verdict() + (o.theorem().vacuous() ? ", vacuous" : ""));
  }
}
