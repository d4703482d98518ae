package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.linalg.Distances;

/**
 * A {@link PriceOracle} that computes all values, for dimensions in which a tree prunes nothing:
 * O(n d) a query on the vector unit, O(n) memory.
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
    out = new double[padded.length];
    least = new double[padded.length / Distances.PAD];
    hidden = new boolean[n];
  }

  @Override
  public int nearest(double[] q, int i, int k, double limit, int[] index, double[] value) {
    System.arraycopy(v, 0, padded, 0, n);
    Distances.squaredMinus(rows, d, q, i * d, padded, out, least);
    int found = 0;
    double worst = limit;
    for (int b = 0; b < least.length; b++) {
      if (least[b] >= worst) {
        continue;
      }
      int from = b * Distances.PAD;
      for (int j = from, end = Math.min(n, from + Distances.PAD); j < end; j++) {
        double s = out[j];
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
