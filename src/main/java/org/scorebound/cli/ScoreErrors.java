package org.scorebound.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.scorebound.io.CsvTable;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.io.NpyFile;

/**
 * Times, m and L_s from a file of the user's.
 *
 * @param times increasing
 * @param m at the times
 * @param ls at the times
 */
@SuppressWarnings("ArrayRecordComponent")
record ScoreErrors(double[] times, double[] m, double[] ls) {

  private static final List<String> COLUMNS = List.of("t", "m", "L_s");

  /** CSV with the columns t, m and L_s in any order, or {@code .npy} with these three in turn. */
  static ScoreErrors read(String file, double horizon) {
    double[] data;
    int d;
    int[] at = {0, 1, 2};
    if (NpyFile.isNpy(file)) {
      NpyFile npy = NpyFile.read(Path.of(file));
      data = npy.data();
      d = npy.columns();
      if (d != COLUMNS.size()) {
        throw new InputException(file + ": must have the 3 columns t, m, L_s, got " + d);
      }
    } else {
      CsvTable table = CsvTable.read(Path.of(file));
      data = table.data();
      d = table.d();
      if (!table.hasHeader()) {
        throw new InputException(file + ": must have a header with the columns t, m, L_s");
      }
      List<String> names =
          table.columns().stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
      for (int i = 0; i < at.length; i++) {
        String wanted = COLUMNS.get(i).toLowerCase(Locale.ROOT);
        at[i] = names.indexOf(wanted);
        if (at[i] < 0 && i == 2) {
          at[i] = names.indexOf("ls");
        }
        if (at[i] < 0) {
          throw new InputException(
              file
                  + ": must have a column '"
                  + COLUMNS.get(i)
                  + "'"
                  + Nearest.clause(wanted, names));
        }
      }
    }
    int n = data.length / d;
    double[][] columns = new double[3][n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < 3; i++) {
        columns[i][j] = data[j * d + at[i]];
      }
    }
    ScoreErrors errors = new ScoreErrors(columns[0], columns[1], columns[2]);
    errors.check(file, horizon);
    return errors;
  }

  private void check(String file, double horizon) {
    if (times.length < 2) {
      throw new InputException(file + ": needs at least 2 times, got " + times.length);
    }
    for (int j = 0; j < times.length; j++) {
      String row = file + ": row " + (j + 1) + " of the numbers: ";
      if (!(times[j] >= 0 && times[j] <= horizon)) {
        throw new InputException(
            row + "t must be within [0, T] with T = " + horizon + ", got " + times[j]);
      }
      if (j > 0 && !(times[j] > times[j - 1])) {
        throw new InputException(
            row + "t must increase, got " + times[j] + " after " + times[j - 1]);
      }
      if (!(m[j] >= 0) || !Double.isFinite(m[j])) {
        throw new InputException(row + "m must be >= 0 and finite, got " + m[j]);
      }
      if (!Double.isFinite(ls[j])) {
        throw new InputException(row + "L_s must be finite, got " + ls[j]);
      }
    }
  }
}
