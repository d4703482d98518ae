package org.scorebound.regress;

import java.util.Locale;
import java.util.Optional;
import org.scorebound.result.Estimate;

/** Verdicts in words. */
final class Wording {

  private Wording() {}

  static String reason(
      Verdict time, Estimate ratio, int blocks, Rules rules, Optional<Allocation> allocation) {
    String sure = plain(100 * (1 - rules.alpha())) + " % sure: ";
    String text =
        switch (time) {
          case REGRESSED ->
              "slower by "
                  + percent(ratio.value())
                  + "; "
                  + sure
                  + "by at least "
                  + percent(ratio.lower());
          case IMPROVED ->
              "faster by "
                  + percent(1 / ratio.value())
                  + "; "
                  + sure
                  + "by at least "
                  + percent(1 / ratio.upper());
          case EQUIVALENT -> "within " + plain(100 * rules.margin()) + " % of each other";
          case INCONCLUSIVE, UNTRUSTED -> inconclusive(ratio, blocks, rules);
        };
    if (allocation.isPresent()) {
      Allocation a = allocation.get();
      String bytes =
          String.format(Locale.ROOT, "%.0f bytes an operation", Math.abs(a.difference()));
      if (a.regressed()) {
        return "allocates " + bytes + " more; time: " + text;
      }
      if (a.difference() <= -a.least()) {
        return text + "; allocates " + bytes + " less";
      }
      if (a.pending()) {
        return text + "; allocation not decided, " + bytes + " more";
      }
    }
    return text;
  }

  private static String inconclusive(Estimate ratio, int blocks, Rules rules) {
    String least = plain(100 * rules.leastEffect()) + " %";
    if (ratio.lower() > 1) {
      return "slower, but by " + percent(ratio.value()) + ", less than " + least;
    }
    if (ratio.upper() < 1) {
      return "faster, but by " + percent(1 / ratio.value()) + ", less than " + least;
    }
    return "too noisy to tell after " + blocks + " blocks";
  }

  static String untrusted(Control control) {
    if (!control.able()) {
      return "the control "
          + control.name()
          + " has "
          + control.blocks()
          + " blocks, too few to show anything";
    }
    return "the control " + control.name() + " moved by " + percent(control.ratio().value());
  }

  /** What would have been said without the control. */
  static String otherwise(Comparison c) {
    return "; else " + c.verdict().label() + ": " + c.reason();
  }

  /** A ratio as the percentage it is away from 1, with its sign only if it is below. */
  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * (ratio - 1));
  }

  private static String plain(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15
        ? Long.toString((long) x)
        : String.format(Locale.ROOT, "%.4g", x);
  }
}
