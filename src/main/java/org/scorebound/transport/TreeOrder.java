package org.scorebound.transport;

/**
 * The order of points along a balanced kd-tree: the range is halved at the median of its widest
 * coordinate, recursively. Neighbours in the order are neighbours in space, every second point is a
 * stratified subsample, and every dyadic range has a small bounding box. O(n log n) expected.
 */
final class TreeOrder {

  private final double[] x;
  private final int d;
  private final int[] order;

  private TreeOrder(double[] x, int d) {
    this.x = x;
    this.d = d;
    this.order = new int[x.length / d];
  }

  /** The permutation; {@code order[k]} is the point at position k. */
  static int[] of(double[] x, int d) {
    var t = new TreeOrder(x, d);
    for (int i = 0; i < t.order.length; i++) {
      t.order[i] = i;
    }
    t.split(0, t.order.length);
    return t.order;
  }

  private void split(int from, int to) {
    if (to - from <= 4) {
      return;
    }
    int axis = 0;
    double widest = -1;
    for (int a = 0; a < d; a++) {
      double lo = Double.POSITIVE_INFINITY;
      double hi = Double.NEGATIVE_INFINITY;
      for (int k = from; k < to; k++) {
        double xa = x[order[k] * d + a];
        lo = Math.min(lo, xa);
        hi = Math.max(hi, xa);
      }
      if (hi - lo > widest) {
        widest = hi - lo;
        axis = a;
      }
    }
    if (widest == 0) {
      return;
    }
    int mid = (from + to) >>> 1;
    select(from, to - 1, mid, axis);
    split(from, mid);
    split(mid, to);
  }

  /** Hoare's selection with the median of three as pivot. */
  private void select(int left, int right, int k, int axis) {
    while (left < right) {
      double a = key(left, axis);
      double b = key((left + right) >>> 1, axis);
      double c = key(right, axis);
      double pivot = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
      int i = left;
      int j = right;
      while (i <= j) {
        while (key(i, axis) < pivot) {
          i++;
        }
        while (key(j, axis) > pivot) {
          j--;
        }
        if (i <= j) {
          int t = order[i];
          order[i++] = order[j];
          order[j--] = t;
        }
      }
      if (k <= j) {
        right = j;
      } else if (k >= i) {
        left = i;
      } else {
        return;
      }
    }
  }

  private double key(int position, int axis) {
    return x[order[position] * d + axis];
  }
}
