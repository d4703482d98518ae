package org.scorebound.result;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Table} of one row for each element: every column stands beside what it shows of
 * an element.
 *
 * @param <T> the elements
 */
public final class Rows<T> {

  /** What a column shows of an element, as {@link Table} takes it. */
  @FunctionalInterface
  public interface Cell<T> {
    /** The cell; {@code null} leaves it empty. */
    @Nullable Object of(T element);
  }

  private final List<T> elements;
  private final List<Table.Column> columns = new ArrayList<>();
  private final List<Cell<T>> cells = new ArrayList<>();

  private Rows(List<T> elements) {
    this.elements = elements;
  }

  /** A row for each of these. */
  public static <T> Rows<T> of(List<T> elements) {
    return new Rows<>(elements);
  }

  /** A column of text. */
  public Rows<T> text(String name, Cell<T> cell) {
    return column(Table.Column.text(name), cell);
  }

  /** A column of numbers without a unit. */
  public Rows<T> number(String name, Cell<T> cell) {
    return number(name, "", cell);
  }

  /** A column of numbers. */
  public Rows<T> number(String name, String unit, Cell<T> cell) {
    return column(Table.Column.number(name, unit), cell);
  }

  private Rows<T> column(Table.Column column, Cell<T> cell) {
    columns.add(column);
    cells.add(cell);
    return this;
  }

  /** The table; see {@link Table} for what it checks. */
  public Table table(String id, String title, String caption) {
    List<List<@Nullable Object>> rows = new ArrayList<>(elements.size());
    for (T element : elements) {
      List<@Nullable Object> row = new ArrayList<>(cells.size());
      for (Cell<T> cell : cells) {
        row.add(cell.of(element));
      }
      rows.add(row);
    }
    return new Table(id, title, caption, columns, rows);
  }
}
