package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plain-text table that fits 80 columns. The first column is text, flush left; the others are
 * flush right, two blanks apart. If the table would be too wide, first cells are shortened with an
 * ellipsis; where that would leave too little of them, or two alike, the table goes on below with
 * the first column again and the columns that found no room.
 */
public final class TextTable {

  private static final int MAX_WIDTH = 80;

  /** So much of the first column tells enough. */
  private static final int SHORT_FIRST = 16;

  /** More than this it does not get where the other columns go below. */
  private static final int LONG_FIRST = 40;

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
    int room = MAX_WIDTH - IntStream.of(widths).skip(1).map(width -> 2 + width).sum();
    StringBuilder text = new StringBuilder();
    if (widths[0] <= room || (room >= SHORT_FIRST && tellsApart(room))) {
      widths[0] = Math.min(widths[0], room);
      part(text, widths, 1, columns);
      return text.toString();
    }
    widths[0] = Math.min(widths[0], columns == 1 ? MAX_WIDTH : LONG_FIRST);
    int from = 1;
    do {
      int to = from;
      int width = widths[0];
      while (to < columns && (to == from || width + 2 + widths[to] <= MAX_WIDTH)) {
        width += 2 + widths[to++];
      }
      text.append(from > 1 ? "\n" : "");
      part(text, widths, from, to);
      from = to;
    } while (from < columns);
    return text.toString();
  }

  /** Whether the first cells, shortened, are as many different ones as before. */
  private boolean tellsApart(int width) {
    List<String> first =
        rows.stream().filter(r -> r.size() == columns).map(List::getFirst).toList();
    return first.stream().map(cell -> shortened(cell, width)).distinct().count()
        == first.stream().distinct().count();
  }

  private static String shortened(String cell, int width) {
    return cell.length() <= width ? cell : cell.substring(0, width - 1) + "…";
  }

  /** The first column and columns {@code from .. to-1}. */
  private void part(StringBuilder text, int[] widths, int from, int to) {
    append(text, rows.getFirst(), widths, from, to);
    text.append("-".repeat(widths[0]));
    for (int i = from; i < to; i++) {
      text.append("  ").append("-".repeat(widths[i]));
    }
    text.append('\n');
    for (List<String> row : rows.subList(1, rows.size())) {
      if (row.size() == columns) {
        append(text, row, widths, from, to);
      } else {
        text.append(row.getFirst()).append('\n');
      }
    }
  }

  private static void append(StringBuilder text, List<String> row, int[] widths, int from, int to) {
    StringBuilder line = new StringBuilder(shortened(row.getFirst(), widths[0]));
    line.append(" ".repeat(widths[0] - line.length()));
    for (int i = from; i < to; i++) {
      line.append("  ").append(" ".repeat(widths[i] - row.get(i).length())).append(row.get(i));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
