package org.scorebound.transport;

/**
 * A {@link PriceOracle} for low dimension: a balanced tree over sites in kd order, each node with
 * its bounding box and an upper model of its prices, quadratic along each axis,
 *
 * <pre>
 *   v_j <= r + sum_a (1 - theta_a) y_ja^2 + g_a y_ja     for every site j of the node.
 * </pre>
 *
 * <p>{@link PriceModels} fits them. So a node's values are at least {@code |q|^2 - r + sum_a min
 * (theta_a y^2 - (2 q_a + g_a) y)} over its box, a clamped parabola for each axis. For an optimal
 * transport the gradient of the price at {@code y} is {@code 2 (y - partner(y))}, so {@code
 * theta_a} is the slope of the partners over the node, and the model follows the prices to second
 * order. With constant bounds of the prices a query visits hundreds of leaves, with affine ones
 * half as many again as with these.
 *
 * <p>The models stay valid while prices fall. Bounds are computed in floating point, so a node is
 * pruned only if its bound exceeds what was found by a bound of the roundings, and a query returns
 * the least of all computed values.
 */
final class PriceTree implements PriceOracle {

  /** Most sites of a leaf; leaves of half as many took 5 % longer at n = 5,000. */
  private static final int LEAF = 10;

  /** A bound takes some 10 operations an axis. */
  private static final double ROUNDINGS = 32 * 0x1p-53;

  private final int d;
  private final int n;
  private final int firstLeaf;
  private final double[] y;
  private final double[] v;

  /** See {@link PriceModels}, which writes it. */
  private final double[] model;

  private final PriceModels models;

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
    models = new PriceModels(y, v, d, begin, model);
    for (int k = 2 * leaves - 1; k >= 1; k--) {
      visible[k] = models.count(k);
    }
  }

  @Override
  public void refresh(double[] partners) {
    models.fit(partners);
    slack =
        ROUNDINGS
            * (models.largestTerm(largest, visible)
                + d * largest * largest * (2 + PriceModels.LARGEST_SLOPE));
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
