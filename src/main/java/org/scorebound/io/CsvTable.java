package org.scorebound.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of finite numbers read from a CSV file: one sample a row, one coordinate a column.
 *
 * <p>RFC 4180 with the usual liberties: the separator is the first of tab, semicolon, comma that
 * occurs in the first line outside quotes; the first row is a header if any of its cells is not a
 * number; a byte order mark, CRLF, blanks around a cell and blank lines at the end are tolerated.
 * Numbers are decimal with a point. Ragged rows, missing values, text, NaN, infinities and empty
 * files are rejected with file, line and column.
 */
public final class CsvTable {

  /**
   * A decimal literal; {@code Double.parseDouble} alone would take {@code 1d} and {@code 0x1p3}.
   */
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private static final Pattern NON_FINITE =
      Pattern.compile("[+-]?(nan|inf|infinity|∞)", Pattern.CASE_INSENSITIVE);

  private static final Pattern INFINITE =
      Pattern.compile("[+]?(inf|infinity|∞)", Pattern.CASE_INSENSITIVE);

  private final String source;
  private final List<String> columns;
  private final boolean header;
  private final int n;
  private final double[] data;

  private CsvTable(String source, List<String> columns, boolean header, int n, double[] data) {
    this.source = source;
    this.columns = columns;
    this.header = header;
    this.n = n;
    this.data = data;
  }

  /** Reads a file. */
  public static CsvTable read(Path file) {
    return parse(TextFiles.read(file), file.toString());
  }

  /** Reads a file of costs, in which {@code inf} stands for plus infinity: a forbidden pair. */
  public static CsvTable readCosts(Path file) {
    return parse(TextFiles.read(file), file.toString(), true);
  }

  /**
   * Reads a table from a text.
   *
   * @param text the table
   * @param source its name in error messages
   */
  public static CsvTable parse(String text, String source) {
    return parse(text, source, false);
  }

  private static CsvTable parse(String text, String source, boolean costs) {
    List<CsvRecords.Row> rows = CsvRecords.parse(text, source);
    if (rows.isEmpty()) {
      throw new InputException(source + ": is empty, rows of numbers are needed");
    }
    List<String> first = rows.getFirst().cells();
    boolean header = !first.stream().allMatch(CsvTable::looksNumeric);
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      columns.add(header && !first.get(i).isEmpty() ? first.get(i) : "column " + (i + 1));
    }
    List<CsvRecords.Row> body = header ? rows.subList(1, rows.size()) : rows;
    if (body.isEmpty()) {
      throw new InputException(source + ": has a header but no rows of numbers");
    }
    int d = columns.size();
    double[] data = new double[Math.multiplyExact(d, body.size())];
    for (int j = 0; j < body.size(); j++) {
      CsvRecords.Row row = body.get(j);
      if (row.cells().size() != d) {
        throw new InputException(
            source
                + ":"
                + row.line()
                + ": row has "
                + row.cells().size()
                + (row.cells().size() == 1 ? " value" : " values")
                + ", the first row has "
                + d);
      }
      for (int i = 0; i < d; i++) {
        data[j * d + i] = number(row.cells().get(i), columns.get(i), row.line(), source, costs);
      }
    }
    return new CsvTable(source, List.copyOf(columns), header, body.size(), data);
  }

  /** The file or other source, as it is named in error messages. */
  public String source() {
    return source;
  }

  /** Column names from the header, or {@code column 1}, {@code column 2}, ... */
  public List<String> columns() {
    return columns;
  }

  /** Whether the first row was a header. */
  public boolean hasHeader() {
    return header;
  }

  /** Number of columns: the dimension of a sample. */
  public int d() {
    return columns.size();
  }

  /** Number of rows: the number of samples. */
  public int n() {
    return n;
  }

  /**
   * A copy of the numbers, d x n column-major: row {@code j} of the file is {@code [j d, j d + d)}.
   */
  public double[] data() {
    return Arrays.copyOf(data, data.length);
  }

  private static boolean looksNumeric(String cell) {
    return DECIMAL.matcher(cell).matches() || NON_FINITE.matcher(cell).matches();
  }

  private static double number(String cell, String column, int line, String source, boolean costs) {
    String place = source + ":" + line + ": column '" + column + "' ";
    if (cell.isEmpty()) {
      throw new InputException(place + "has no value");
    }
    if (DECIMAL.matcher(cell).matches()) {
      double value = Double.parseDouble(cell);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    if (costs && INFINITE.matcher(cell).matches()) {
      return Double.POSITIVE_INFINITY;
    }
    if (looksNumeric(cell)) {
      throw new InputException(
          place + "must be a finite number" + (costs ? " or inf" : "") + ", got " + cell);
    }
    String hint = cell.matches("[+-]?\\d+,\\d+") ? " (write decimals with a point)" : "";
    String shown = cell.length() <= 40 ? cell : cell.substring(0, 37) + "...";
    throw new InputException(place + "must be a number, got '" + shown + "'" + hint);
  }
}
