package org.scorebound.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.BundledData;
import org.scorebound.io.CsvTable;
import org.scorebound.io.InputException;
import org.scorebound.io.NpyFile;

/**
 * Rows of numbers from CSV, {@code .npy} or a bundled data set.
 *
 * @param data row after row: one point a column of d x n
 * @param d numbers in a row
 * @param n rows
 */
@SuppressWarnings("ArrayRecordComponent")
record W2Points(double[] data, int d, int n) {

  /**
   * Reads a file or a bundled data set.
   *
   * @param range rows to be taken, {@code FROM-TO} counted from 1, or empty for all
   */
  static W2Points read(String name, String range) {
    W2Points all;
    if (NpyFile.isNpy(name)) {
      NpyFile file = NpyFile.read(Path.of(name));
      all = new W2Points(file.data(), file.columns(), file.rows());
    } else {
      CsvTable table = BundledData.resolve(name);
      all = new W2Points(table.data(), table.d(), table.n());
    }
    if (range.isEmpty()) {
      return all;
    }
    String[] ends = range.split("-", -1);
    try {
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (ends.length == 2 && from >= 1 && from <= to && to <= all.n) {
        double[] part = new double[(to - from + 1) * all.d];
        System.arraycopy(all.data, (from - 1) * all.d, part, 0, part.length);
        return new W2Points(part, all.d, to - from + 1);
      }
    } catch (NumberFormatException e) {
      throw new InputException("--rows must be like 1-136, got '" + range + "'", e);
    }
    throw new InputException(
        "--rows must lie within 1-" + all.n + " of " + name + ", got '" + range + "'");
  }

  /** A matrix of costs, in which plus infinity stands for a forbidden pair. */
  static W2Points costs(String name) {
    if (NpyFile.isNpy(name)) {
      NpyFile file = NpyFile.read(Path.of(name), NpyFile.Infinity.PLUS);
      return new W2Points(file.data(), file.columns(), file.rows());
    }
    Path file = Path.of(name);
    if (!Files.exists(file)) {
      throw new InputException(name + ": no such file");
    }
    CsvTable table = CsvTable.readCosts(file);
    return new W2Points(table.data(), table.d(), table.n());
  }

  /** Weights of n points, or null for {@code -}. */
  static double @Nullable [] weights(String name, int n) {
    if (name.equals("-")) {
      return null;
    }
    W2Points w = read(name, "");
    if (w.d != 1 || w.n != n) {
      throw new InputException(
          name + ": must have " + n + " rows of one weight, got " + w.n + " rows of " + w.d);
    }
    return w.data;
  }
}
