package org.scorebound.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as data: what a result document has in its list {@code tables}.
 *
 * @param id name in links, file names and commands; unique within its document
 * @param title one line over the table
 * @param caption what it shows; may be empty
 * @param columns at least one
 * @param rows one cell for each column: a string, a boolean, a finite number or {@code null}; in
 *     numeric columns a number or {@code null}
 */
public record Table(
    String id,
    String title,
    String caption,
    List<Column> columns,
    List<List<@Nullable Object>> rows) {

  /**
   * A column.
   *
   * @param name its heading
   * @param unit its unit; empty where it has none
   * @param numeric whether its cells are numbers
   */
  public record Column(String name, String unit, boolean numeric) {

    /** Checks that there is a name. */
    public Column {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name of a column must not be blank");
      }
    }

    /** A column of text. */
    public static Column text(String name) {
      return new Column(name, "", false);
    }

    /** A column of numbers. */
    public static Column number(String name, String unit) {
      return new Column(name, unit, true);
    }

    /** Name and unit as they stand over the column. */
    public String title() {
      return unit.isEmpty() ? name : name + " (" + unit + ")";
    }
  }

  /** Checks shapes and cells, and copies. */
  public Table {
    Values.identifier(id);
    Values.title(title);
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("columns of the table '" + id + "' must not be empty");
    }
    List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
    for (List<@Nullable Object> row : rows) {
      String name = "rows[" + copy.size() + "]";
      Values.sameLength(name, row.size(), "columns", columns.size());
      for (int i = 0; i < row.size(); i++) {
        check(name, columns.get(i), row.get(i));
      }
      copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copy);
  }

  private static void check(String row, Column column, @Nullable Object cell) {
    boolean number = cell instanceof Number n && Double.isFinite(n.doubleValue());
    boolean text = cell instanceof String || cell instanceof Boolean;
    if (cell != null && !number && (column.numeric() || !text)) {
      throw new IllegalArgumentException(
          "cell '"
              + column.name()
              + "' of "
              + row
              + " must be "
              + (column.numeric() ? "a finite number" : "text, a boolean, a finite number")
              + " or null, got "
              + cell);
    }
  }
}
