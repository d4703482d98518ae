package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.linalg.Matrices;
import org.scorebound.linalg.SymmetricEigen;

/**
 * A convex potential and its conjugate, for lower bounds of W2: for every convex u,
 *
 * <pre>
 *   W2^2(p, q) >= E_p|x|^2 + E_q|y|^2 - 2 (E_p u(x) + E_q u*(y)),
 * </pre>
 *
 * since {@code u(x) + u*(y) >= x.y} (Fenchel and Young), with equality where u is Brenier's
 * potential (Villani 2009, doi:10.1007/978-3-540-71050-9, theorem 5.10). Here
 *
 * <pre>
 *   u(x) = b.x + w.A w/2 + max_i (g_i.w - h_i),   w = x - a,
 * </pre>
 *
 * with A symmetric positive definite and any number of pieces, none among them. The maximum errs in
 * no direction. The conjugate is, with {@code z = y - b},
 *
 * <pre>
 *   u*(y) = a.z + min over l in the simplex of (z - G l).A^-1 (z - G l)/2 + h.l,
 * </pre>
 *
 * and <em>every</em> l of the simplex gives an upper bound of it, so a minimisation that stops
 * early makes the bound of W2 smaller, never wrong. (The maximum over some points x of {@code x.y -
 * u(x)} would be a lower bound of u*, and could put the bound above W2; a max-affine u without A
 * has u* infinite outside the hull of the slopes.)
 *
 * <p>Minimised by pairwise Frank–Wolfe steps with exact line search (Lacoste-Julien and Jaggi 2015,
 * arXiv:1511.05932), at most {@link #STEPS} of them, each O(pieces d). Not thread-safe.
 */
public final class ConvexPotential {

  /** More steps only sharpen. */
  private static final int STEPS = 40;

  /** Gaps of the conjugate below this share of its own terms are left. */
  private static final double GAP = 1e-9;

  private final double[] a;
  private final double[] b;
  private final double[][] curvature;

  /** {@code A^{-1/2}}. */
  private final double[][] whitening;

  /** Slopes in coordinates whitened by A, pieces x d. */
  private final double[][] whitened;

  private final double[][] slopes;
  private final double[] heights;
  private final double[] w;
  private final double[] z;
  private final double[] hat;
  private final double[] weights;
  private final double[] values;

  /**
   * A potential.
   *
   * @param a the centre in x, length d
   * @param b the slope there without pieces, length d
   * @param curvature A, d x d symmetric positive definite
   * @param slopes g, pieces x d; no rows for the quadratic alone
   * @param heights h, one per piece
   */
  public ConvexPotential(
      double[] a, double[] b, double[][] curvature, double[][] slopes, double[] heights) {
    int d = a.length;
    this.a = a.clone();
    this.b = b.clone();
    this.curvature = Matrices.symmetricPart(curvature);
    SymmetricEigen eigen = new SymmetricEigen(this.curvature);
    if (!(eigen.min() > 0)) {
      throw new IllegalArgumentException(
          "curvature must be positive definite, its smallest eigenvalue is " + eigen.min());
    }
    this.whitening = Matrices.inverseSpd(eigen.sqrt());
    this.slopes = Matrices.copy(slopes);
    this.heights = heights.clone();
    this.whitened = new double[slopes.length][];
    for (int i = 0; i < slopes.length; i++) {
      whitened[i] = Matrices.multiply(whitening, slopes[i]);
    }
    this.w = new double[d];
    this.z = new double[d];
    this.hat = new double[d];
    this.weights = new double[slopes.length];
    this.values = new double[slopes.length];
  }

  /** The dimension d. */
  public int dimension() {
    return a.length;
  }

  /** The number of affine pieces; 0 for a quadratic. */
  public int pieces() {
    return slopes.length;
  }

  /** A. */
  public double[][] curvature() {
    return Matrices.copy(curvature);
  }

  /** a. */
  public double[] centre() {
    return a.clone();
  }

  /** b. */
  public double[] slopeAtCentre() {
    return b.clone();
  }

  /**
   * An upper bound of {@code u(x) + u*(y) - x.y}, which is never below 0; formed from {@code x - a}
   * and {@code y - b}, so that it does not cancel where the laws sit far from the origin.
   *
   * @param x d x n
   * @param y d x n
   * @param j the point
   */
  public double gap(double[] x, double[] y, int j) {
    int d = a.length;
    for (int i = 0; i < d; i++) {
      w[i] = x[j * d + i] - a[i];
      z[i] = y[j * d + i] - b[i];
    }
    return Math.max(0, atCentred() + conjugateAtCentred() - Matrices.dot(w, z));
  }

  /** {@code |x_j - y_j|^2 - 2 gap}, whose mean is at most W2 squared; one for each of n pairs. */
  public double[] dualValues(double[] x, double[] y) {
    int d = a.length;
    double[] out = new double[x.length / d];
    for (int j = 0; j < out.length; j++) {
      double s = 0;
      for (int i = j * d; i < (j + 1) * d; i++) {
        s += (x[i] - y[i]) * (x[i] - y[i]);
      }
      out[j] = s - 2 * gap(x, y, j);
    }
    return out;
  }

  /**
   * {@code |x_j|^2 - 2 u(x_j)} about the centre, for clouds that are not paired: with {@link
   * #second} of the other cloud, {@code W2^2 >= mean of first + mean of second + offset()}.
   */
  public double[] first(double[] x) {
    int d = a.length;
    double[] out = new double[x.length / d];
    for (int j = 0; j < out.length; j++) {
      for (int i = 0; i < d; i++) {
        w[i] = x[j * d + i] - a[i];
      }
      double shift = 0;
      for (int i = 0; i < d; i++) {
        shift += w[i] * (w[i] + 2 * (a[i] - b[i]));
      }
      out[j] = shift - 2 * atCentred();
    }
    return out;
  }

  /** {@code |y_j|^2 - 2 u*(y_j)} about b, from below. */
  public double[] second(double[] y) {
    int d = a.length;
    double[] out = new double[y.length / d];
    for (int j = 0; j < out.length; j++) {
      for (int i = 0; i < d; i++) {
        z[i] = y[j * d + i] - b[i];
      }
      double shift = 0;
      for (int i = 0; i < d; i++) {
        shift += z[i] * (z[i] + 2 * (b[i] - a[i]));
      }
      out[j] = shift - 2 * conjugateAtCentred();
    }
    return out;
  }

  /** {@code |a - b|^2}, which {@link #first} and {@link #second} leave out. */
  public double offset() {
    double[] gap = Matrices.subtract(a, b);
    return Matrices.dot(gap, gap);
  }

  /** {@code w.A w/2 + max_i (g_i.w - h_i)}. */
  private double atCentred() {
    double top = slopes.length == 0 ? 0 : Double.NEGATIVE_INFINITY;
    for (int i = 0; i < slopes.length; i++) {
      top = Math.max(top, Matrices.dot(slopes[i], w) - heights[i]);
    }
    return 0.5 * Matrices.dot(w, Matrices.multiply(curvature, w)) + top;
  }

  /** {@code min_l |M z - M G l|^2/2 + h.l} from above, {@code M = A^{-1/2}}. */
  private double conjugateAtCentred() {
    int d = a.length;
    double[] target = Matrices.multiply(whitening, z);
    System.arraycopy(target, 0, hat, 0, d);
    int k = slopes.length;
    if (k == 0) {
      return 0.5 * Matrices.dot(hat, hat);
    }
    Arrays.fill(weights, 0);
    int start = best(hat);
    weights[start] = 1;
    // hat is the residual M (z - G l): also A^{1/2} times the point where the supremum is sought.
    subtract(start, 1);
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < k; i++) {
        values[i] = Matrices.dot(whitened[i], hat) - heights[i];
      }
      int toward = 0;
      int away = -1;
      double mean = 0;
      for (int i = 0; i < k; i++) {
        toward = values[i] > values[toward] ? i : toward;
        if (weights[i] > 0) {
          away = away < 0 || values[i] < values[away] ? i : away;
          mean += weights[i] * values[i];
        }
      }
      double scale = Matrices.dot(hat, hat) + Math.abs(mean);
      if (away < 0 || toward == away || values[toward] - mean <= GAP * scale) {
        break;
      }
      double length = 0;
      for (int i = 0; i < d; i++) {
        double e = whitened[toward][i] - whitened[away][i];
        length += e * e;
      }
      double full = length > 0 ? (values[toward] - values[away]) / length : weights[away];
      double size = Math.min(full, weights[away]);
      weights[toward] += size;
      weights[away] = size == weights[away] ? 0 : weights[away] - size;
      subtract(toward, size);
      subtract(away, -size);
    }
    // The value at the weights as they stand, from a residual formed anew: valid for any weights.
    double total = 0;
    for (double l : weights) {
      total += l;
    }
    System.arraycopy(target, 0, hat, 0, d);
    double height = 0;
    for (int i = 0; i < k; i++) {
      if (weights[i] > 0) {
        subtract(i, weights[i] / total);
        height += weights[i] / total * heights[i];
      }
    }
    return 0.5 * Matrices.dot(hat, hat) + height;
  }

  private int best(double[] at) {
    int best = 0;
    double value = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < slopes.length; i++) {
      double v = 0;
      for (int r = 0; r < at.length; r++) {
        double e = at[r] - whitened[i][r];
        v -= 0.5 * e * e;
      }
      v -= heights[i];
      if (v > value) {
        value = v;
        best = i;
      }
    }
    return best;
  }

  private void subtract(int i, double factor) {
    for (int r = 0; r < hat.length; r++) {
      hat[r] -= factor * whitened[i][r];
    }
  }
}
