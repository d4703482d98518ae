package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A plain-text table that fits 80 columns. The first column is text, flush left, and is shortened
 * with an ellipsis if the table would be too wide; the others are flush right, two blanks apart.
 */
public final class TextTable {

  private static final int MAX_WIDTH = 80;
  private static final int MIN_FIRST = 8;

  private final List<List<String>> rows = new ArrayList<>();
  private final int columns;

  /** A table with these column heads. */
  public TextTable(String... heads) {
    columns = heads.length;
    rows.add(List.of(heads));
  }

  /** Adds a row with one cell per column. */
  public TextTable row(Object... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "cells must be as many as columns, got " + cells.length + " for " + columns);
    }
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(String.valueOf(cell));
    }
    rows.add(row);
    return this;
  }

  /** Adds a line of its own above the rows that follow; it may run across all columns. */
  public TextTable heading(String text) {
    rows.add(List.of(text));
    return this;
  }

  /** The lines, each ended by a line break; the heads are underlined. */
  @Override
  public String toString() {
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns && row.size() == columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    int others = 0;
    for (int i = 1; i < columns; i++) {
      others += 2 + widths[i];
    }
    widths[0] = Math.min(widths[0], Math.max(MIN_FIRST, MAX_WIDTH - others));
    StringBuilder text = new StringBuilder();
    append(text, rows.getFirst(), widths);
    for (int i = 0; i < columns; i++) {
      text.append(i == 0 ? "" : "  ").append("-".repeat(widths[i]));
    }
    text.append('\n');
    for (List<String> row : rows.subList(1, rows.size())) {
      if (row.size() == columns) {
        append(text, row, widths);
      } else {
        text.append(row.getFirst()).append('\n');
      }
    }
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    String first = row.getFirst();
    line.append(first.length() <= widths[0] ? first : first.substring(0, widths[0] - 1) + "…");
    line.append(" ".repeat(widths[0] - line.length()));
    for (int i = 1; i < widths.length; i++) {
      line.append("  ").append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
