package org.scorebound.transport;

/**
 * The upper models of the prices below every node of a {@link PriceTree}, and the nodes' boxes: an
 * array that holds for each node and axis {@code lo, hi, theta, g, 1 / (2 theta)}, then r.
 *
 * <p>Nodes are numbered from 1, the children of k being 2k and 2k + 1, the leaves last.
 */
final class PriceModels {

  /** A slope of zero would divide by zero; any positive slope gives a valid model. */
  private static final double LEAST_SLOPE = 0.05;

  static final double LARGEST_SLOPE = 8;

  private final int d;
  private final double[] y;
  private final double[] v;
  private final int[] begin;
  private final int firstLeaf;
  private final int stride;
  private final double[] model;

  /**
   * Boxes at once; the rest by {@link #fit}.
   *
   * @param y sites in kd order, d x n
   * @param v their prices, shared
   * @param begin where each leaf begins, by its number, and where the last ends
   * @param model takes the models, {@code 5 d + 1} numbers a node
   */
  PriceModels(double[] y, double[] v, int d, int[] begin, double[] model) {
    this.d = d;
    this.y = y;
    this.v = v;
    this.begin = begin;
    this.firstLeaf = begin.length / 2;
    this.stride = 5 * d + 1;
    this.model = model;
    for (int k = 2 * firstLeaf - 1; k >= 1; k--) {
      box(k);
    }
  }

  /** The number of sites below a node. */
  int count(int k) {
    return last(k) - first(k);
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

  /**
   * Fits the models to the prices as they are.
   *
   * @param partners of the sites, d x n: theta and g come from a regression on them
   */
  void fit(double[] partners) {
    int nodes = 2 * firstLeaf;
    double[] sums = new double[4 * nodes];
    for (int a = 0; a < d; a++) {
      for (int k = nodes - 1; k >= 1; k--) {
        moments(k, a, partners, sums);
        double count = Math.max(1, count(k));
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

  /**
   * The largest of the prices and of the terms of the models.
   *
   * @param largest the largest coordinate
   * @param visible sites of each node that count
   */
  double largestTerm(double largest, int[] visible) {
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
}
