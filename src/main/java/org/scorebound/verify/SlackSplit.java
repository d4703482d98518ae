package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.scorebound.linalg.Matrices;
import org.scorebound.sde.PathObserver;

/**
 * Where the theorem's inequality loses, from synchronously coupled paths.
 *
 * <p>With {@code R^2 = E|x - y|^2}, {@code e = grad log p - s} at x and time running from T to 0,
 * the noise cancels and
 *
 * <pre>
 *   R' = a R + b1,     a  = E (x-y).[-f(x) + f(y) + k (s(x) - s(y))] / R^2
 *                      b1 = k E (x-y).e / R
 *        b1 <= b2      b2 = k E |x-y| |e| / R          vector Cauchy-Schwarz
 *        b2 <= b3      b3 = k sqrt(m)                  expectation Cauchy-Schwarz
 *        a  <= L + k L_s                               one-sided constants
 * </pre>
 *
 * So with {@code V(b)} the solution at t = 0 of {@code V' = a V + b} from the start's distance,
 * {@code R(0) = V(b1) <= V(b2) <= V(b3) <= bound}, and the three differences are the slacks; the
 * coupling's own is {@code R(0) - W2 >= 0}. They telescope, in this order: the one-sided constants
 * are charged for what they lose on the full {@code b3}. V is by the trapezoidal rule on the paths'
 * grid; what {@code V(b1)} and {@code R(0)} differ by is its error, as is what a grid of every
 * second point changes.
 *
 * <p>Groups of paths are kept apart, so that each slack has a jackknife standard error.
 */
final class SlackSplit implements PathObserver {

  /** Groups of paths. */
  static final int GROUPS = 10;

  private final List<Node> nodes = new ArrayList<>();

  /** Sums over the paths of each group. */
  private static final class Node {
    final double t;
    final double k;
    final double[] squared = new double[GROUPS];
    final double[] pull = new double[GROUPS];
    final double[] along = new double[GROUPS];
    final double[] lengths = new double[GROUPS];
    final int[] paths = new int[GROUPS];

    Node(double t, double k) {
      this.t = t;
      this.k = k;
    }
  }

  @Override
  public void at(Frame frame, double[] x, double[] y, int n) {
    int d = frame.drift().length;
    double[] exact = new double[d * n];
    double[] atX = new double[d * n];
    double[] atY = new double[d * n];
    frame.exact().scores(x, n, exact);
    frame.model().scores(x, n, atX);
    frame.model().scores(y, n, atY);
    Node node = new Node(frame.t(), frame.k());
    double[] gap = new double[d];
    for (int j = 0; j < n; j++) {
      double squared = 0;
      double scores = 0;
      double along = 0;
      double error = 0;
      for (int i = 0; i < d; i++) {
        int o = j * d + i;
        gap[i] = x[o] - y[o];
        double e = exact[o] - atX[o];
        squared += gap[i] * gap[i];
        scores += gap[i] * (atX[o] - atY[o]);
        along += gap[i] * e;
        error += e * e;
      }
      double linear = Matrices.dot(gap, Matrices.multiply(frame.drift(), gap));
      int g = (int) ((long) j * GROUPS / n);
      node.squared[g] += squared;
      node.pull[g] += frame.k() * scores - linear;
      node.along[g] += along;
      node.lengths[g] += Math.sqrt(squared * error);
      node.paths[g]++;
    }
    nodes.add(node);
  }

  /** Whether every number seen is finite. */
  boolean isFinite() {
    for (Node node : nodes) {
      for (int g = 0; g < GROUPS; g++) {
        if (!Double.isFinite(node.squared[g] + node.pull[g] + node.along[g] + node.lengths[g])) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * What the paths met, along the grid from T to 0.
   *
   * @param times the grid
   * @param rms R
   * @param rate a
   * @param first b1
   * @param second b2
   * @param third b3
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Curves(
      double[] times,
      double[] rms,
      double[] rate,
      double[] first,
      double[] second,
      double[] third) {

    /** {@code V(b)} at t = 0 from the grid's every {@code stride}-th point. */
    double solve(double[] b, int stride) {
      double v = rms[0];
      int last = times.length - 1;
      for (int j = 0; j < last; ) {
        int next = Math.min(last, j + stride);
        double h = times[j] - times[next];
        double gain = Math.exp(0.5 * h * (rate[j] + rate[next]));
        v = gain * v + 0.5 * h * (gain * b[j] + b[next]);
        j = next;
      }
      return v;
    }
  }

  /**
   * The curves from all groups but one.
   *
   * @param rootLoss {@code sqrt(m(t))}
   * @param without the group left out, or -1 for none
   */
  Curves curves(DoubleUnaryOperator rootLoss, int without) {
    int size = nodes.size();
    Curves c =
        new Curves(
            new double[size],
            new double[size],
            new double[size],
            new double[size],
            new double[size],
            new double[size]);
    for (int j = 0; j < size; j++) {
      Node node = nodes.get(j);
      int n = 0;
      double squared = 0;
      double pull = 0;
      double along = 0;
      double lengths = 0;
      for (int g = 0; g < GROUPS; g++) {
        if (g != without) {
          n += node.paths[g];
          squared += node.squared[g];
          pull += node.pull[g];
          along += node.along[g];
          lengths += node.lengths[g];
        }
      }
      double r = Math.sqrt(squared / n);
      c.times[j] = node.t;
      c.rms[j] = r;
      c.third[j] = node.k * rootLoss.applyAsDouble(node.t);
      // Where x = y still, x - y is about to grow along e: all three are equal.
      c.rate[j] = r > 0 ? pull / squared : Double.NaN;
      c.first[j] = r > 0 ? node.k * along / (n * r) : c.third[j];
      c.second[j] = r > 0 ? node.k * lengths / (n * r) : c.third[j];
    }
    for (int j = size - 1; j >= 0; j--) {
      if (Double.isNaN(c.rate[j])) {
        c.rate[j] = j + 1 < size ? c.rate[j + 1] : 0;
      }
    }
    return c;
  }
}
