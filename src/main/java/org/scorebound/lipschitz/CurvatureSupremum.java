package org.scorebound.lipschitz;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The global supremum over the real line of {@code h(x) = (log p)''(x) + A cos(f x + phi)} for a
 * one-dimensional Gaussian mixture p, by branch and bound.
 *
 * <p>With the component score differences {@code u_i = g_i - g_ref} (linear in x, slope {@code b_i
 * = 1/s_ref - 1/s_i}) and {@code K = log sum w_i exp(q_i - q_ref)}: {@code h = -1/s_ref + K'' + A
 * cos}. On a cell of half width w around c, {@code h <= h(c) + |h'(c)| w + max|h''| w^2/2}, the
 * last from interval bounds on the responsibilities and on u_i in
 *
 * <pre>K'''' = P4 - 4 P3 P1 - 3 P2^2 + 12 P2 P1^2 - 6 P1^4,  P_n = sum r_i p_{n,i},
 * p_1 = u, p_2 = u^2 + b, p_3 = u^3 + 3 u b, p_4 = u^4 + 6 u^2 b + 3 b^2.</pre>
 *
 * <p>Outside [lo, hi]: the component of largest variance (on ties, the outermost) dominates, and
 * {@code r_i u_i^2 <= exp(-|q_i - q_ref|) u_i^2} falls from there on, so {@code h <= -1/s_max + |A|
 * + }(its value at the edge), which is made smaller than the tolerance. {@code -1/s_max + |A|}
 * itself is a supremum that is approached.
 *
 * <p>Result: attained value and certified upper bound, apart by at most two gaps.
 */
final class CurvatureSupremum {

  private static final int MAX_CELLS = 200_000;

  private final double[] logWeights;
  private final double[] means;
  private final double[] variances;
  private final double amplitude;
  private final double frequency;
  private final double phase;
  private final double relativeGap;

  /** A cell [c - w, c + w] with its upper bound. */
  private record Cell(double centre, double halfWidth, double upper) {}

  private double best = Double.NEGATIVE_INFINITY;

  /**
   * A problem.
   *
   * @param weights k positive weights
   * @param means k means
   * @param variances k positive variances
   * @param amplitude A, any sign
   * @param frequency f
   * @param phase phi
   * @param relativeGap gap at which the search stops, relative to {@code 1/s_min + |A f|}
   */
  CurvatureSupremum(
      double[] weights,
      double[] means,
      double[] variances,
      double amplitude,
      double frequency,
      double phase,
      double relativeGap) {
    int k = weights.length;
    logWeights = new double[k];
    for (int i = 0; i < k; i++) {
      logWeights[i] = Math.log(weights[i]) - 0.5 * Math.log(variances[i]);
    }
    this.means = means.clone();
    this.variances = variances.clone();
    this.amplitude = amplitude;
    this.frequency = frequency;
    this.phase = phase;
    this.relativeGap = relativeGap;
  }

  private double q(int i, double x) {
    double z = x - means[i];
    return logWeights[i] - 0.5 * z * z / variances[i];
  }

  private double g(int i, double x) {
    return -(x - means[i]) / variances[i];
  }

  /** Runs the search. */
  OneSidedConstant solve() {
    int k = means.length;
    double sMax = 0;
    double sMin = Double.POSITIVE_INFINITY;
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      sMax = Math.max(sMax, variances[i]);
      sMin = Math.min(sMin, variances[i]);
      lo = Math.min(lo, means[i]);
      hi = Math.max(hi, means[i]);
    }
    double tolerance = relativeGap * (1 / sMin + Math.abs(amplitude * frequency));
    double limit = -1 / sMax + (frequency == 0 ? amplitude * Math.cos(phase) : Math.abs(amplitude));
    double reach = Math.sqrt(sMax);
    while (tail(lo - reach, -1) > tolerance) {
      reach *= 1.5;
    }
    lo -= reach;
    reach = Math.sqrt(sMax);
    while (tail(hi + reach, 1) > tolerance) {
      reach *= 1.5;
    }
    hi += reach;
    best = limit;

    PriorityQueue<Cell> queue =
        new PriorityQueue<>(Comparator.comparingDouble(Cell::upper).reversed());
    int initial = 16 + 8 * Math.min(k, 64);
    for (int i = 0; i < initial; i++) {
      double w = 0.5 * (hi - lo) / initial;
      push(queue, lo + (2 * i + 1) * w, w, tolerance);
    }
    int cells = initial;
    double upper = limit + 2 * tolerance;
    while (!queue.isEmpty()) {
      Cell cell = queue.remove();
      if (cell.upper() <= best + tolerance) {
        break;
      }
      if (cells > MAX_CELLS) {
        upper = Math.max(upper, cell.upper());
        break;
      }
      double w = 0.25 * cell.halfWidth();
      for (int i = -3; i <= 3; i += 2) {
        push(queue, cell.centre() + i * w, w, tolerance);
      }
      cells += 4;
    }
    upper = Math.max(upper, best + 2 * tolerance);
    return new OneSidedConstant(best, upper, "branch and bound on the line");
  }

  private void push(PriorityQueue<Cell> queue, double c, double w, double tolerance) {
    double upper = bound(c, w);
    if (upper > best + tolerance) {
      queue.add(new Cell(c, w, upper));
    }
  }

  /**
   * What the components other than the outermost add to h beyond x in the given direction, or
   * infinity if it is not yet sure to fall from here on.
   */
  private double tail(double x, int direction) {
    int k = means.length;
    int ref = 0;
    for (int i = 1; i < k; i++) {
      if (variances[i] > variances[ref]
          || (variances[i] == variances[ref] && direction * (means[i] - means[ref]) > 0)) {
        ref = i;
      }
    }
    double sum = 0;
    for (int i = 0; i < k; i++) {
      if (i == ref || (variances[i] == variances[ref] && means[i] == means[ref])) {
        continue;
      }
      double u = g(i, x) - g(ref, x);
      double gap = q(i, x) - q(ref, x);
      double slope = 1 / variances[ref] - 1 / variances[i];
      boolean falling = direction * u < 0 && gap < 0 && u * u >= 2 * Math.abs(slope);
      if (!falling) {
        return Double.POSITIVE_INFINITY;
      }
      sum += Math.exp(gap) * u * u;
    }
    return sum;
  }

  /** Upper bound of h on [c - w, c + w]; raises {@link #best} to h(c). */
  private double bound(double c, double w) {
    int k = means.length;
    int ref = 0;
    double qRef = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      double qi = q(i, c);
      if (qi > qRef) {
        qRef = qi;
        ref = i;
      }
    }
    double total = 0;
    double p1 = 0;
    double p2 = 0;
    double p3 = 0;
    double r1 = 0;
    double r2 = 0;
    double r3 = 0;
    double r4 = 0;
    double squares = 0;
    double slopes = 0;
    for (int i = 0; i < k; i++) {
      double gap = q(i, c) - qRef;
      double e = Math.exp(gap);
      total += e;
      if (i == ref) {
        continue;
      }
      double u = g(i, c) - g(ref, c);
      double b = 1 / variances[ref] - 1 / variances[i];
      p1 += e * u;
      p2 += e * (u * u + b);
      p3 += e * (u * u * u + 3 * u * b);
      double uMax = Math.abs(u) + Math.abs(b) * w;
      // gap(x) is quadratic with slope u and curvature b; its largest value on the cell:
      double top = gap + Math.abs(u) * w + 0.5 * Math.max(0, b) * w * w;
      double r = top >= 0 ? 1 : Math.exp(top);
      double ab = Math.abs(b);
      double uu = uMax * uMax;
      r1 += r * uMax;
      r2 += r * (uu + ab);
      r3 += r * (uu * uMax + 3 * uMax * ab);
      r4 += r * (uu * uu + 6 * uu * ab + 3 * ab * ab);
      squares += r * uu;
      slopes += r * Math.max(0, b);
    }
    p1 /= total;
    p2 /= total;
    p3 /= total;
    double angle = frequency * c + phase;
    double value = -1 / variances[ref] + p2 - p1 * p1 + amplitude * Math.cos(angle);
    best = Math.max(best, value);
    double slope = p3 - 3 * p2 * p1 + 2 * p1 * p1 * p1 - amplitude * frequency * Math.sin(angle);
    double fourth = r4 + 4 * r3 * r1 + 3 * r2 * r2 + 12 * r2 * r1 * r1 + 6 * r1 * r1 * r1 * r1;
    double second = fourth + Math.abs(amplitude) * frequency * frequency;
    double taylor = value + Math.abs(slope) * w + 0.5 * second * w * w;
    double crude = -1 / variances[ref] + squares + slopes + Math.abs(amplitude);
    return Math.min(taylor, crude);
  }
}
