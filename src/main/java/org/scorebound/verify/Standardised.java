package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.io.CsvTable;
import org.scorebound.io.InputException;

/**
 * A table whose columns are moved and scaled to mean 0 and standard deviation 1 (population
 * formula, divisor n). Constant columns carry no distribution and are left out; their names are
 * kept.
 *
 * @param data d x n, column-major, one sample after the other
 * @param d columns kept
 * @param n rows
 * @param scales the standard deviations of the kept columns, in original units
 * @param columns names of the kept columns
 * @param constant names of the columns left out
 */
public record Standardised(
    double[] data, int d, int n, double[] scales, List<String> columns, List<String> constant) {

  /** Standardises a table. */
  public static Standardised of(CsvTable table) {
    int full = table.d();
    int n = table.n();
    double[] raw = table.data();
    List<Integer> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<String> constant = new ArrayList<>();
    double[] means = new double[full];
    double[] sds = new double[full];
    for (int i = 0; i < full; i++) {
      double mean = 0;
      for (int j = 0; j < n; j++) {
        mean += raw[j * full + i] / n;
      }
      double squares = 0;
      for (int j = 0; j < n; j++) {
        double e = raw[j * full + i] - mean;
        squares += e * e / n;
      }
      means[i] = mean;
      sds[i] = Math.sqrt(squares);
      if (!Double.isFinite(sds[i])) {
        throw new InputException(
            table.source()
                + ": column '"
                + table.columns().get(i)
                + "' has values too large to be standardised (the squares of its deviations must be"
                + " below 1.8e308)");
      }
      if (sds[i] > 1e-12 * Math.abs(mean)) {
        kept.add(i);
        names.add(table.columns().get(i));
      } else {
        constant.add(table.columns().get(i));
      }
    }
    int d = kept.size();
    double[] data = new double[d * n];
    double[] scales = new double[d];
    for (int c = 0; c < d; c++) {
      int i = kept.get(c);
      scales[c] = sds[i];
      for (int j = 0; j < n; j++) {
        data[j * d + c] = (raw[j * full + i] - means[i]) / sds[i];
      }
    }
    if (d == 0) {
      throw new InputException(
          table.source()
              + ": needs at least one column that is not constant, over at least 2 rows");
    }
    return new Standardised(data, d, n, scales, List.copyOf(names), List.copyOf(constant));
  }

  /** Sample j. */
  public double[] point(int j) {
    return java.util.Arrays.copyOfRange(data, j * d, (j + 1) * d);
  }

  /** Silverman's bandwidth for unit variances, {@code (4 / ((d + 2) n))^(1/(d + 4))}. */
  public double silverman() {
    return Math.pow(4.0 / ((d + 2.0) * n), 1.0 / (d + 4.0));
  }
}
