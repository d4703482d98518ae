package org.scorebound.transport;

/** From the duals of a coarser problem to the candidate lists of a finer one. */
final class CoarseDuals {

  private CoarseDuals() {}

  /**
   * Prices of all columns from a solved coarser problem, {@code v(y) = min_i c(x_i, y) - u_i}.
   *
   * @param xc rows of the coarser problem, in kd order
   * @param yc its columns
   * @param vc its column duals
   * @param rowOf a row that sends to each of its columns
   * @param v takes the prices
   * @param near takes the coordinates of the minimising row for each column
   */
  static void extend(
      double[] xc,
      double[] yc,
      double[] vc,
      int[] rowOf,
      double[] y,
      Oracles oracles,
      double[] v,
      double[] near) {
    int d = oracles.d();
    int m = xc.length / d;
    int[] one = new int[1];
    double[] value = new double[1];
    PriceOracle columns = oracles.of(yc, vc);
    columns.refresh(MultiscaleAssignment.gather(xc, rowOf, d));
    double[] u = new double[m];
    double[] partner = new double[m * d];
    for (int i = 0; i < m; i++) {
      if (i % PriceOracle.AHEAD == 0) {
        columns.ahead(xc, i);
      }
      columns.nearest(xc, i, 1, Double.POSITIVE_INFINITY, one, value);
      u[i] = value[0];
      System.arraycopy(yc, one[0] * d, partner, i * d, d);
    }
    PriceOracle rows = oracles.of(xc, u);
    rows.refresh(partner);
    for (int j = 0; j < v.length; j++) {
      if (j % PriceOracle.AHEAD == 0) {
        rows.ahead(y, j);
      }
      rows.nearest(y, j, 1, Double.POSITIVE_INFINITY, one, value);
      v[j] = value[0];
      System.arraycopy(xc, one[0] * d, near, j * d, d);
    }
  }

  /**
   * Each row's best columns under prices, and the columns' own best rows.
   *
   * @param columns an oracle over y and v
   * @param m number of rows
   * @param listed columns that a row lists
   * @param byColumn rows that a column adds itself to
   */
  static CandidateLists candidates(
      double[] x,
      double[] y,
      double[] v,
      PriceOracle columns,
      Oracles oracles,
      int m,
      int listed,
      int byColumn) {
    int d = oracles.d();
    int n = v.length;
    double[] u = new double[m];
    int[] best = new int[m];
    var lists = new CandidateLists(x, columns, v, Math.min(n, listed), best, u);
    PriceOracle rows = oracles.of(x, u);
    rows.refresh(MultiscaleAssignment.gather(y, best, d));
    int k = Math.min(m, byColumn);
    int[] rowsOf = new int[n * k];
    int[] index = new int[k];
    double[] value = new double[k];
    for (int j = 0; j < n; j++) {
      if (j % PriceOracle.AHEAD == 0) {
        rows.ahead(y, j);
      }
      rows.nearest(y, j, k, Double.POSITIVE_INFINITY, index, value);
      System.arraycopy(index, 0, rowsOf, j * k, k);
    }
    lists.add(y, d, rowsOf, k);
    return lists;
  }
}
