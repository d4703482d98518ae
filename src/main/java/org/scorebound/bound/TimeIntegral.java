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
 * interpolant's indefinite integral. A panel is halved while its difference between the two rules,
 * weighed with I at the panel, exceeds its share of the tolerance. The reported errors are the sums
 * of these differences (an a-posteriori estimate of the worse rule's error, so pessimistic for the
 * better one) plus rounding.
 */
final class TimeIntegral {

  /** Nodes per integral at which refinement stops and the reached error is reported. */
  private static final int MAX_PANELS = 600;

  private static final int MAX_ROUNDS = 45;

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

    /** Per term: the integral with I = 1 at the panel's left end, and the rules' difference. */
    final double[] local = new double[terms.size()];

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
        for (int i = 0; i < n; i++) {
          f[i] =
              half
                  * term.weight().applyAsDouble(points[i])
                  * Math.exp(term.power() * cumulativeRate[i]);
        }
        local[j] = GaussKronrod.kronrod(f);
        localError[j] = Math.abs(local[j] - GaussKronrod.gauss(f));
      }
    }

    double time(int i) {
      return a + 0.5 * (b - a) * (1 + GaussKronrod.node(i));
    }

    boolean splittable() {
      double middle = 0.5 * (a + b);
      return middle - a > 1e-13 * b;
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
      panels.add(new Panel(cuts.get(i), cuts.get(i + 1)));
    }
    return panels;
  }

  private Result integrate(double from, double to) {
    List<Panel> panels = start(from, to);
    double tolerance = profile.tolerance();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      double[] prefix = prefix(panels);
      double[] logTotals = logTotals(panels, prefix);
      double logITolerance = tolerance * Math.max(1, Math.abs(prefix[panels.size()]));
      List<Panel> next = new ArrayList<>(panels.size() + 16);
      boolean split = false;
      for (int p = 0; p < panels.size(); p++) {
        Panel panel = panels.get(p);
        double share = 4.0 / (panels.size() + 3);
        boolean fine = panel.rateError <= logITolerance * share;
        for (int j = 0; fine && j < terms.size(); j++) {
          double scale = Math.exp(terms.get(j).power() * prefix[p] - logTotals[j]);
          fine = !(panel.localError[j] * scale > tolerance * share);
        }
        if (fine || !panel.splittable() || panels.size() + next.size() - p > MAX_PANELS) {
          next.add(panel);
        } else {
          double middle = 0.5 * (panel.a + panel.b);
          next.add(new Panel(panel.a, middle));
          next.add(new Panel(middle, panel.b));
          split = true;
        }
      }
      panels = next;
      if (!split) {
        break;
      }
    }
    return result(panels);
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
        l[p] = terms.get(j).power() * prefix[p] + Math.log(panels.get(p).local[j]);
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
        double scale = Math.exp(terms.get(j).power() * prefix[p] - logTotals[j]);
        errors[j] += panel.localError[j] > 0 ? panel.localError[j] * scale : 0;
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
