package org.scorebound.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scorebound.linalg.GaussKronrod;

/**
 * {@code log I(t) = int_a^t rate dr} and, in one pass, any number of integrals {@code int_a^b
 * weight(t) I(t)^power dt} with {@code weight >= 0}, all as logarithms, since I reaches e^800.
 *
 * <p>Adaptive panels with the Gauss–Kronrod pair (7, 15); within a panel log I comes from the
 * interpolant's indefinite integral. The error of a panel is the difference between the two rules,
 * weighed with I at the panel. The panels with the largest errors are halved first, until their sum
 * meets the tolerance or {@link #MAX_PANELS} is reached; so where a profile has more kinks than can
 * be resolved (L_s of a mixture with a sine added has hundreds), no part of it is left coarse. The
 * reported errors are the sums of these differences (an a-posteriori estimate of the worse rule's
 * error, so pessimistic for the better one) plus rounding.
 */
final class TimeIntegral {

  /** Panels at which refinement stops and the reached error is reported. */
  private static final int MAX_PANELS = 600;

  /** The same where many configurations wait. */
  private static final int MAX_PANELS_QUICK = 150;

  /** Panels within this factor of the worst are halved in the same round. */
  private static final double WORST_SHARE = 0.1;

  /**
   * Halving a panel halves the error of a jump and quarters that of a kink. If the sum of the two
   * halves' errors is more than this share of the whole's, what is left is the noise of the rate,
   * and these halves are left alone...
   */
  private static final double STAGNATION = 0.7;

  /** ...provided that the error is already below this. */
  private static final double NOISE = 1e-9;

  /** Rounding of a sum of some thousand terms, relative. */
  private static final double ROUNDING = 1e-14;

  /**
   * An integrand.
   *
   * @param weight a function >= 0
   * @param power the power of I
   */
  record Term(ToDoubleFunction<TimePoint> weight, double power) {}

  /**
   * The integrals.
   *
   * @param logI {@code log I(b)}
   * @param logIError absolute error of logI
   * @param logValues logarithm of each integral, {@code -Infinity} for 0
   * @param relativeErrors relative error of each integral
   * @param times the nodes, increasing
   * @param logIs log I at the nodes
   */
  record Result(
      double logI,
      double logIError,
      double[] logValues,
      double[] relativeErrors,
      double[] times,
      double[] logIs) {

    double value(int term) {
      return Math.exp(logValues[term]);
    }
  }

  private final Profile profile;
  private final ToDoubleFunction<TimePoint> rate;
  private final List<Term> terms;

  private TimeIntegral(Profile profile, ToDoubleFunction<TimePoint> rate, List<Term> terms) {
    this.profile = profile;
    this.rate = rate;
    this.terms = terms;
  }

  private final class Panel {
    final double a;
    final double b;
    final double[] cumulativeRate = new double[GaussKronrod.NODES];
    final double total;
    final double rateError;

    /**
     * Per term: the integral with I = 1 at the panel's left end, over {@code exp(shift)}, and the
     * rules' difference. The shift keeps e^800 within one panel from overflowing.
     */
    final double[] local = new double[terms.size()];

    final double[] shift = new double[terms.size()];

    final double[] localError = new double[terms.size()];

    Panel(double a, double b) {
      this.a = a;
      this.b = b;
      int n = GaussKronrod.NODES;
      double half = 0.5 * (b - a);
      TimePoint[] points = new TimePoint[n];
      double[] f = new double[n];
      for (int i = 0; i < n; i++) {
        points[i] = profile.at(time(i));
        f[i] = half * rate.applyAsDouble(points[i]);
      }
      GaussKronrod.cumulative(f, cumulativeRate);
      total = GaussKronrod.kronrod(f);
      rateError = Math.abs(total - GaussKronrod.gauss(f));
      for (int j = 0; j < local.length; j++) {
        Term term = terms.get(j);
        shift[j] = Double.NEGATIVE_INFINITY;
        for (double r : cumulativeRate) {
          shift[j] = Math.max(shift[j], term.power() * r);
        }
        for (int i = 0; i < n; i++) {
          f[i] =
              half
                  * term.weight().applyAsDouble(points[i])
                  * Math.exp(term.power() * cumulativeRate[i] - shift[j]);
        }
        local[j] = GaussKronrod.kronrod(f);
        localError[j] = Math.abs(local[j] - GaussKronrod.gauss(f));
      }
    }

    /** Logarithm of term j's integral when I = exp(logI) at the panel's left end. */
    double logLocal(int j, double logI) {
      return terms.get(j).power() * logI + shift[j] + Math.log(local[j]);
    }

    /** The rules' difference of term j, as a share of a total given by its logarithm. */
    double errorShare(int j, double logI, double logTotal) {
      return localError[j] == 0
          ? 0
          : localError[j] * Math.exp(terms.get(j).power() * logI + shift[j] - logTotal);
    }

    double time(int i) {
      return a + 0.5 * (b - a) * (1 + GaussKronrod.node(i));
    }

    /** Whether only noise is left. */
    boolean settled;

    boolean splittable() {
      double middle = 0.5 * (a + b);
      return !settled && middle - a > 1e-13 * b;
    }
  }

  /** Integrates over [from, to]. */
  static Result over(
      Profile profile, ToDoubleFunction<TimePoint> rate, List<Term> terms, double from, double to) {
    return new TimeIntegral(profile, rate, terms).integrate(from, to);
  }

  private List<Panel> start(double from, double to) {
    List<Double> cuts = new ArrayList<>();
    cuts.add(from);
    for (double b : profile.breakpoints()) {
      if (b > from && b < to) {
        cuts.add(b);
      }
    }
    cuts.add(to);
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i + 1 < cuts.size(); i++) {
      double a = cuts.get(i);
      double b = cuts.get(i + 1);
      int parts = (int) Math.ceil((b - a) / profile.horizon() * profile.resolution());
      for (int j = 0; j < parts; j++) {
        panels.add(
            new Panel(a + (b - a) * j / parts, j + 1 == parts ? b : a + (b - a) * (j + 1) / parts));
      }
    }
    return panels;
  }

  private Result integrate(double from, double to) {
    List<Panel> panels = start(from, to);
    int maxPanels = profile.tolerance() < ModelProfile.QUICK ? MAX_PANELS : MAX_PANELS_QUICK;
    while (panels.size() < maxPanels) {
      double[] errors = errors(panels);
      double worst = 0;
      double sum = 0;
      for (int p = 0; p < errors.length; p++) {
        if (panels.get(p).splittable()) {
          worst = Math.max(worst, errors[p]);
          sum += errors[p];
        }
      }
      if (sum <= 1) {
        break;
      }
      List<Panel> next = new ArrayList<>(2 * panels.size());
      for (int p = 0; p < errors.length; p++) {
        Panel panel = panels.get(p);
        if (panel.splittable() && errors[p] >= WORST_SHARE * worst) {
          Panel left = new Panel(panel.a, 0.5 * (panel.a + panel.b));
          Panel right = new Panel(left.b, panel.b);
          boolean noise =
              errors[p] * profile.tolerance() < NOISE
                  && left.rateError + right.rateError > STAGNATION * panel.rateError
                  && panel.rateError > 0;
          left.settled = noise;
          right.settled = noise;
          next.add(left);
          next.add(right);
        } else {
          next.add(panel);
        }
      }
      panels = next;
    }
    return result(panels);
  }

  /** The panels' errors in units of the tolerance; the largest over log I and the terms. */
  private double[] errors(List<Panel> panels) {
    double[] prefix = prefix(panels);
    double[] logTotals = logTotals(panels, prefix);
    double tolerance = profile.tolerance();
    double logITolerance = tolerance * Math.max(1, Math.abs(prefix[panels.size()]));
    double[] errors = new double[panels.size()];
    for (int p = 0; p < errors.length; p++) {
      Panel panel = panels.get(p);
      errors[p] = panel.rateError / logITolerance;
      for (int j = 0; j < terms.size(); j++) {
        errors[p] = Math.max(errors[p], panel.errorShare(j, prefix[p], logTotals[j]) / tolerance);
      }
    }
    return errors;
  }

  private static double[] prefix(List<Panel> panels) {
    double[] prefix = new double[panels.size() + 1];
    for (int p = 0; p < panels.size(); p++) {
      prefix[p + 1] = prefix[p] + panels.get(p).total;
    }
    return prefix;
  }

  private double[] logTotals(List<Panel> panels, double[] prefix) {
    double[] logs = new double[terms.size()];
    for (int j = 0; j < logs.length; j++) {
      double max = Double.NEGATIVE_INFINITY;
      double[] l = new double[panels.size()];
      for (int p = 0; p < l.length; p++) {
        l[p] = panels.get(p).logLocal(j, prefix[p]);
        max = Math.max(max, l[p]);
      }
      double sum = 0;
      for (double x : l) {
        sum += max == Double.NEGATIVE_INFINITY ? 0 : Math.exp(x - max);
      }
      logs[j] = max + Math.log(sum);
      if (Double.isNaN(logs[j]) && max == Double.NEGATIVE_INFINITY) {
        logs[j] = Double.NEGATIVE_INFINITY;
      }
    }
    return logs;
  }

  private Result result(List<Panel> panels) {
    double[] prefix = prefix(panels);
    double[] logTotals = logTotals(panels, prefix);
    double logIError = ROUNDING * Math.max(1, Math.abs(prefix[panels.size()]));
    double[] errors = new double[terms.size()];
    Arrays.fill(errors, ROUNDING);
    int n = GaussKronrod.NODES;
    double[] times = new double[panels.size() * n];
    double[] logIs = new double[times.length];
    for (int p = 0; p < panels.size(); p++) {
      Panel panel = panels.get(p);
      logIError += panel.rateError;
      for (int j = 0; j < errors.length; j++) {
        errors[j] += panel.errorShare(j, prefix[p], logTotals[j]);
      }
      for (int i = 0; i < n; i++) {
        times[p * n + i] = panel.time(i);
        logIs[p * n + i] = prefix[p] + panel.cumulativeRate[i];
      }
    }
    for (int j = 0; j < errors.length; j++) {
      errors[j] += Math.expm1(Math.abs(terms.get(j).power()) * logIError);
    }
    return new Result(prefix[panels.size()], logIError, logTotals, errors, times, logIs);
  }
}
