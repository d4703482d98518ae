package org.scorebound.transport;

/**
 * A {@link PriceOracle} for low dimension: a balanced tree over sites in kd order, each node with
 * its bounding box and an upper model of its prices, quadratic along each axis,
 *
 * <pre>
 *   v_j <= r + sum_a (1 - theta_a) y_ja^2 + g_a y_ja     for every site j of the node.
 * </pre>
 *
 * <p>So a node's values are at least {@code |q|^2 - r + sum_a min (theta_a y^2 - (2 q_a + g_a) y)}
 * over its box, a clamped parabola for each axis. For an optimal transport the gradient of the
 * price at {@code y} is {@code 2 (y - partner(y))}, so {@code theta_a} is the slope of the partners
 * over the node, and the model follows the prices to second order. With constant bounds of the
 * prices a query visits hundreds of leaves, with affine ones half as many again as with these.
 *
 * <p>The models stay valid while prices fall. Bounds are computed in floating point, so a node is
 * pruned only if its bound exceeds what was found by a bound of the roundings, and a query returns
 * the least of all computed values.
 */
final class PriceTree implements PriceOracle {

  /** Most sites of a leaf; leaves of half as many took 5 % longer at n = 5,000. */
  private static final int LEAF = 10;

  /** A slope of zero would divide by zero; any positive slope gives a valid model. */
  private static final double LEAST_SLOPE = 0.05;

  private static final double LARGEST_SLOPE = 8;

  /** A bound takes some 10 operations an axis. */
  private static final double ROUNDINGS = 32 * 0x1p-53;

  private final int d;
  private final int n;
  private final int firstLeaf;
  private final double[] y;
  private final double[] v;

  /** For each node and axis: lo, hi, theta, g, 1 / (2 theta); then r. */
  private final double[] model;

  private final int stride;
  private final int[] begin;
  private final int[] visible;
  private final boolean[] hidden;
  private int hiddenCount;

  /** Roundings of the bounds: this per square of a coordinate, and this in all. */
  private double slack;

  private double largest;

  /**
   * The answer to the last query: its sites are near to those of the next, as rows lie in order.
   */
  private int[] last = new int[1];

  private int lastCount;
  private final int[] stack = new int[64];
  private final double[] stackBound = new double[64];

  /**
   * A tree over these sites.
   *
   * @param y sites in kd order (see {@link TreeOrder}), d x n
   * @param v their prices, shared
   */
  PriceTree(double[] y, double[] v, int d) {
    this.d = d;
    this.n = v.length;
    this.y = y;
    this.v = v;
    int leaves = 1;
    while (leaves * LEAF < n) {
      leaves *= 2;
    }
    firstLeaf = leaves;
    stride = 5 * d + 1;
    model = new double[2 * leaves * stride];
    begin = new int[2 * leaves + 1];
    visible = new int[2 * leaves];
    hidden = new boolean[n];
    // Leaf l holds [l n / leaves, (l + 1) n / leaves), so halving is even at every level.
    for (int l = 0; l <= leaves; l++) {
      begin[leaves + l] = (int) ((long) l * n / leaves);
    }
    for (double a : y) {
      largest = Math.max(largest, Math.abs(a));
    }
    for (int k = 2 * leaves - 1; k >= 1; k--) {
      visible[k] = last(k) - first(k);
      box(k);
    }
  }

  private int first(int k) {
    while (k < firstLeaf) {
      k = 2 * k;
    }
    return begin[k];
  }

  private int last(int k) {
    while (k < firstLeaf) {
      k = 2 * k + 1;
    }
    return begin[k + 1];
  }

  private void box(int k) {
    for (int a = 0; a < d; a++) {
      double lo = Double.POSITIVE_INFINITY;
      double hi = Double.NEGATIVE_INFINITY;
      if (k >= firstLeaf) {
        for (int j = begin[k]; j < begin[k + 1]; j++) {
          lo = Math.min(lo, y[j * d + a]);
          hi = Math.max(hi, y[j * d + a]);
        }
      } else {
        int left = 2 * k * stride + 5 * a;
        lo = Math.min(model[left], model[left + stride]);
        hi = Math.max(model[left + 1], model[left + stride + 1]);
      }
      model[k * stride + 5 * a] = lo;
      model[k * stride + 5 * a + 1] = hi;
    }
  }

  @Override
  public void refresh(double[] partners) {
    int nodes = 2 * firstLeaf;
    double[] sums = new double[4 * nodes];
    for (int a = 0; a < d; a++) {
      for (int k = nodes - 1; k >= 1; k--) {
        moments(k, a, partners, sums);
        double count = Math.max(1, last(k) - first(k));
        double meanY = sums[4 * k] / count;
        double meanP = sums[4 * k + 1] / count;
        double variance = sums[4 * k + 2] / count - meanY * meanY;
        double covariance = sums[4 * k + 3] / count - meanY * meanP;
        double theta = variance > 0 ? covariance / variance : 1;
        theta = Math.min(Math.max(theta, LEAST_SLOPE), LARGEST_SLOPE);
        int b = k * stride + 5 * a;
        model[b + 2] = theta;
        model[b + 3] = 2 * (theta * meanY - meanP);
        model[b + 4] = 0.5 / theta;
      }
    }
    for (int k = 1; k < nodes; k++) {
      model[k * stride + 5 * d] = d == 2 ? residual2(k) : residual(k);
    }
    slack = ROUNDINGS * (largestTerm() + d * largest * largest * (2 + LARGEST_SLOPE));
  }

  /** The largest part of the node's prices that its model leaves. */
  private double residual(int k) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = first(k), end = last(k); j < end; j++) {
      double s = v[j];
      for (int a = 0, b = k * stride; a < d; a++, b += 5) {
        double ya = y[j * d + a];
        s -= (model[b + 3] + (1 - model[b + 2]) * ya) * ya;
      }
      max = Math.max(max, s);
    }
    return max;
  }

  private double residual2(int k) {
    int b = k * 11;
    double g0 = model[b + 3];
    double h0 = 1 - model[b + 2];
    double g1 = model[b + 8];
    double h1 = 1 - model[b + 7];
    double max = Double.NEGATIVE_INFINITY;
    for (int j = first(k), end = last(k); j < end; j++) {
      double y0 = y[2 * j];
      double y1 = y[2 * j + 1];
      double s = v[j] - (g0 + h0 * y0) * y0 - (g1 + h1 * y1) * y1;
      max = s > max ? s : max;
    }
    return max;
  }

  /** The largest of the prices and of the terms of the models. */
  private double largestTerm() {
    double top = 0;
    for (double price : v) {
      top = Math.max(top, Math.abs(price));
    }
    for (int k = 1; k < 2 * firstLeaf; k++) {
      double sum = Math.abs(model[k * stride + 5 * d]);
      for (int a = 0; a < d; a++) {
        sum += Math.abs(model[k * stride + 5 * a + 3]) * largest;
      }
      if (visible[k] > 0) {
        top = Math.max(top, sum);
      }
    }
    return top;
  }

  /** Sums of y, partner, y^2 and y partner along one axis. */
  private void moments(int k, int a, double[] partners, double[] sums) {
    double sy = 0;
    double sp = 0;
    double syy = 0;
    double syp = 0;
    if (k >= firstLeaf) {
      for (int j = begin[k]; j < begin[k + 1]; j++) {
        double yj = y[j * d + a];
        double pj = partners[j * d + a];
        sy += yj;
        sp += pj;
        syy += yj * yj;
        syp += yj * pj;
      }
    } else {
      int l = 8 * k;
      sy = sums[l] + sums[l + 4];
      sp = sums[l + 1] + sums[l + 5];
      syy = sums[l + 2] + sums[l + 6];
      syp = sums[l + 3] + sums[l + 7];
    }
    sums[4 * k] = sy;
    sums[4 * k + 1] = sp;
    sums[4 * k + 2] = syy;
    sums[4 * k + 3] = syp;
  }

  /** A lower bound of the node's values, less {@code |q|^2}. */
  private double bound(int k, double[] q, int o) {
    int b = k * stride;
    double s = 0;
    for (int a = o; a < o + d; a++, b += 5) {
      double slope = 2 * q[a] + model[b + 3];
      double ya = Math.min(Math.max(slope * model[b + 4], model[b]), model[b + 1]);
      s += (model[b + 2] * ya - slope) * ya;
    }
    return s - model[b];
  }

  private double bound2(int k, double q0, double q1) {
    int b = k * 11;
    double s0 = q0 + model[b + 3];
    double y0 = Math.min(Math.max(s0 * model[b + 4], model[b]), model[b + 1]);
    double s1 = q1 + model[b + 8];
    double y1 = Math.min(Math.max(s1 * model[b + 9], model[b + 5]), model[b + 6]);
    return (model[b + 2] * y0 - s0) * y0 + (model[b + 7] * y1 - s1) * y1 - model[b + 10];
  }

  private double bound3(int k, double q0, double q1, double q2) {
    int b = k * 16;
    double s0 = q0 + model[b + 3];
    double y0 = Math.min(Math.max(s0 * model[b + 4], model[b]), model[b + 1]);
    double s1 = q1 + model[b + 8];
    double y1 = Math.min(Math.max(s1 * model[b + 9], model[b + 5]), model[b + 6]);
    double s2 = q2 + model[b + 13];
    double y2 = Math.min(Math.max(s2 * model[b + 14], model[b + 10]), model[b + 11]);
    return (model[b + 2] * y0 - s0) * y0
        + (model[b + 7] * y1 - s1) * y1
        + (model[b + 12] * y2 - s2) * y2
        - model[b + 15];
  }

  private double boundAt(int k, double[] q, int o) {
    return switch (d) {
      case 2 -> bound2(k, 2 * q[o], 2 * q[o + 1]);
      case 3 -> bound3(k, 2 * q[o], 2 * q[o + 1], 2 * q[o + 2]);
      default -> bound(k, q, o);
    };
  }

  private double valueAt(double[] q, int o, int j) {
    return switch (d) {
      case 2 -> value2(q, o, j);
      case 3 -> value3(q, o, j);
      default -> value(q, o, j);
    };
  }

  private double value3(double[] q, int o, int j) {
    double a = q[o] - y[3 * j];
    double b = q[o + 1] - y[3 * j + 1];
    double c = q[o + 2] - y[3 * j + 2];
    return a * a + b * b + c * c - v[j];
  }

  @Override
  public int nearest(double[] q, int i, int k, double limit, int[] index, double[] value) {
    int o = i * d;
    double norm = 0;
    for (int a = o; a < o + d; a++) {
      norm += q[a] * q[a];
    }
    norm -= slack + ROUNDINGS * 8 * (norm + Math.sqrt(norm) * largest);
    int found = 0;
    double worst = limit;
    if (limit == Double.POSITIVE_INFINITY && lastCount >= k && hiddenCount == 0) {
      worst = Math.nextUp(largestOfLast(q, o, k));
    }
    int top = 0;
    stack[top] = 1;
    stackBound[top++] = Double.NEGATIVE_INFINITY;
    while (top > 0) {
      top--;
      if (stackBound[top] >= worst - norm) {
        continue;
      }
      int node = stack[top];
      while (node < firstLeaf) {
        int near = 2 * node;
        int far = near + 1;
        double bn = boundAt(near, q, o);
        double bf = boundAt(far, q, o);
        if (hiddenCount > 0) {
          bn = visible[near] == 0 ? Double.POSITIVE_INFINITY : bn;
          bf = visible[far] == 0 ? Double.POSITIVE_INFINITY : bf;
        }
        if (bf < bn) {
          near = far;
          far = 2 * node;
          double t = bn;
          bn = bf;
          bf = t;
        }
        if (bn >= worst - norm) {
          node = -1;
          break;
        }
        if (bf < worst - norm) {
          stack[top] = far;
          stackBound[top++] = bf;
        }
        node = near;
      }
      if (node < 0) {
        continue;
      }
      for (int j = begin[node], end = begin[node + 1]; j < end; j++) {
        double s = valueAt(q, o, j);
        if (s < worst && !(hiddenCount > 0 && hidden[j])) {
          int p = found < k ? found++ : k - 1;
          while (p > 0 && value[p - 1] > s) {
            value[p] = value[p - 1];
            index[p] = index[p - 1];
            p--;
          }
          value[p] = s;
          index[p] = j;
          if (found == k) {
            worst = value[k - 1];
          }
        }
      }
    }
    if (last.length < found) {
      last = new int[found];
    }
    System.arraycopy(index, 0, last, 0, found);
    lastCount = found;
    return found;
  }

  /** At least k sites have values up to it. */
  private double largestOfLast(double[] q, int o, int k) {
    double max = Double.NEGATIVE_INFINITY;
    for (int l = 0; l < k; l++) {
      max = Math.max(max, valueAt(q, o, last[l]));
    }
    return max;
  }

  private double value2(double[] q, int o, int j) {
    double a = q[o] - y[2 * j];
    double b = q[o + 1] - y[2 * j + 1];
    return a * a + b * b - v[j];
  }

  private double value(double[] q, int o, int j) {
    double s = 0;
    for (int a = o, b = j * d; a < o + d; a++, b++) {
      double diff = q[a] - y[b];
      s += diff * diff;
    }
    return s - v[j];
  }

  @Override
  public void ahead(double[] q, int i) {
    // Each query walks the tree by itself.
  }

  @Override
  public void hide(int j) {
    hidden[j] = true;
    hiddenCount++;
    for (int k = leafOf(j); k >= 1; k >>= 1) {
      visible[k]--;
    }
  }

  @Override
  public void show(int j) {
    hidden[j] = false;
    hiddenCount--;
    for (int k = leafOf(j); k >= 1; k >>= 1) {
      visible[k]++;
    }
  }

  private int leafOf(int j) {
    int l = (int) ((long) j * firstLeaf / n);
    while (begin[firstLeaf + l + 1] <= j) {
      l++;
    }
    return firstLeaf + l;
  }
}
