package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.linalg.Distances;

/**
 * A {@link PriceOracle} that computes all values, for dimensions in which a tree prunes nothing:
 * O(n d) a query on the vector unit, O(n) memory. Points that were announced are looked at four at
 * a time.
 */
final class PriceScan implements PriceOracle {

  private final int d;
  private final int n;
  private final double[] rows;
  private final double[] v;
  private final double[] padded;
  private final double[] out;
  private final double[] least;
  private final boolean[] hidden;
  private int hiddenCount;

  /** Announced points that were not asked for yet: of {@code next} to {@code end - 1}. */
  private double[] announced = {};

  private int next;
  private int end;

  /**
   * An oracle for these sites.
   *
   * @param y sites, d x n
   * @param v their prices, shared
   */
  PriceScan(double[] y, double[] v, int d) {
    this.d = d;
    this.n = v.length;
    this.v = v;
    rows = Distances.rows(y, d);
    padded = new double[Distances.padded(n)];
    Arrays.fill(padded, Double.NEGATIVE_INFINITY);
    out = new double[AHEAD * padded.length];
    least = new double[out.length / Distances.SHARE];
    hidden = new boolean[n];
  }

  @Override
  public void ahead(double[] q, int i) {
    boolean enough = q.length >= (i + AHEAD) * d;
    if (enough) {
      compute(q, i, AHEAD);
    }
    announced = q;
    next = i;
    end = enough ? i + AHEAD : i;
  }

  private void compute(double[] q, int i, int count) {
    System.arraycopy(v, 0, padded, 0, n);
    Distances.squaredMinus(rows, d, q, i * d, count, padded, out, least);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same array, or it was not announced.
  public int nearest(double[] q, int i, int k, double limit, int[] index, double[] value) {
    if (q == announced && i == next && i < end) {
      next++;
      return select(i - end + AHEAD, k, limit, index, value);
    }
    // Values of announced points are given out once, as prices may change after that.
    end = 0;
    compute(q, i, 1);
    return select(0, k, limit, index, value);
  }

  /** The k smallest of the values of one point. */
  private int select(int row, int k, double limit, int[] index, double[] value) {
    int found = 0;
    double worst = limit;
    int base = row * padded.length;
    int from = base / Distances.SHARE;
    for (int g = 0; g < padded.length / Distances.SHARE; g++) {
      if (least[from + g] >= worst) {
        continue;
      }
      int first = g / Distances.GROUPS * Distances.PAD + g % Distances.GROUPS;
      for (int t = 0; t < Distances.SHARE; t++) {
        int j = first + t * Distances.GROUPS;
        double s = out[base + j];
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
    return found;
  }

  @Override
  public void refresh(double[] partners) {
    // Prices are read afresh by every query.
  }

  @Override
  public void hide(int j) {
    hidden[j] = true;
    hiddenCount++;
  }

  @Override
  public void show(int j) {
    hidden[j] = false;
    hiddenCount--;
  }
}
