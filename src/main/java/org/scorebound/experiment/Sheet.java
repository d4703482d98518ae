package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Table;

/** Builds a table; cells that are no finite number become null, others are rounded. */
final class Sheet {

  private final String id;
  private final String title;
  private final String caption;
  private final List<Table.Column> columns = new ArrayList<>();
  private final List<List<@Nullable Object>> rows = new ArrayList<>();

  /** A table. */
  Sheet(String id, String title, String caption) {
    this.id = id;
    this.title = title;
    this.caption = caption;
  }

  /** Columns of words. */
  Sheet words(String... names) {
    for (String name : names) {
      columns.add(Table.Column.text(name));
    }
    return this;
  }

  /** Columns of numbers. */
  Sheet numbers(String... names) {
    for (String name : names) {
      columns.add(Table.Column.number(name, ""));
    }
    return this;
  }

  /** A row, one cell for each column. */
  Sheet row(Object... cells) {
    List<@Nullable Object> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell instanceof Double v ? (Double.isFinite(v) ? Chart.rounded(v) : null) : cell);
    }
    rows.add(row);
    return this;
  }

  /** The table. */
  Table build() {
    return new Table(id, title, caption, columns, rows);
  }
}
