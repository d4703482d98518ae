package org.scorebound.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.CsvOutput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.ParquetFile;
import org.scorebound.result.Figure;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/**
 * A result document as flat tables for other programs: every list of objects of the document with
 * one column for each value in them ({@code bound.lower}), every table, and every figure with one
 * row for each point.
 *
 * @param id name of the table and of its file
 * @param columns names, unique
 * @param rows Boolean, Long, Double, String or null
 */
public record Export(String id, List<String> columns, List<List<@Nullable Object>> rows) {

  /** All tables of a document by id, in the order of the document. */
  public static SequencedMap<String, Export> of(ResultFile result) {
    SequencedMap<String, Export> all = new LinkedHashMap<>();
    for (String field : result.json().names()) {
      Object value = result.json().plainField(field);
      if (!field.equals("tables")
          && (!field.equals("figures") || result.command().equals("bench"))
          && value instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(e -> e instanceof Map)) {
        add(all, objects(name(field), list));
      }
    }
    for (Table table : FigureReader.tables(result.json())) {
      add(all, table(table));
    }
    for (Figure figure : result.figures()) {
      if (!figure.series().isEmpty()) {
        add(all, points(figure));
      }
      if (figure.heat().isPresent()) {
        add(all, cells(figure));
      }
    }
    return all;
  }

  private static void add(Map<String, Export> all, Export one) {
    String id = one.id();
    for (int k = 2; all.containsKey(id); k++) {
      id = one.id() + "-" + k;
    }
    all.put(id, new Export(id, one.columns(), one.rows()));
  }

  private static String name(String field) {
    return field.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static Export objects(String id, List<?> objects) {
    List<Map<String, @Nullable Object>> flat = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (Object object : objects) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      flatten("", object, row);
      columns.addAll(row.keySet());
      flat.add(row);
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Map<String, @Nullable Object> row : flat) {
      List<@Nullable Object> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(row.get(column)));
      rows.add(cells);
    }
    return new Export(id, List.copyOf(columns), rows);
  }

  private static void flatten(
      String path, @Nullable Object value, Map<String, @Nullable Object> row) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, field) -> flatten(path.isEmpty() ? "" + name : path + "." + name, field, row));
    } else {
      row.put(path, value instanceof List<?> list ? JsonOutput.toLine(list) : value);
    }
  }

  private static Export table(Table table) {
    Set<String> columns = new LinkedHashSet<>();
    for (Table.Column column : table.columns()) {
      String title = column.title();
      for (int k = 2; !columns.add(title); k++) {
        title = column.title() + " " + k;
      }
    }
    return new Export(table.id(), List.copyOf(columns), table.rows());
  }

  private static Export points(Figure figure) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Series s : figure.series()) {
      for (int i = 0; i < s.x().size(); i++) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(s.name());
        row.add(s.x().get(i));
        row.add(s.y().get(i));
        row.add(s.lower().isPresent() ? s.lower().get().get(i) : null);
        row.add(s.upper().isPresent() ? s.upper().get().get(i) : null);
        row.add(s.labels().isPresent() ? s.labels().get().get(i) : null);
        rows.add(row);
      }
    }
    return new Export(
        "figure-" + figure.id(), List.of("series", "x", "y", "lower", "upper", "label"), rows);
  }

  private static Export cells(Figure figure) {
    var heat = figure.heat().orElseThrow();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int j = 0; j < heat.values().size(); j++) {
      for (int i = 0; i < heat.values().get(j).size(); i++) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(heat.xEdges().get(i));
        row.add(heat.xEdges().get(i + 1));
        row.add(heat.yEdges().get(j));
        row.add(heat.yEdges().get(j + 1));
        row.add(heat.values().get(j).get(i));
        rows.add(row);
      }
    }
    return new Export(
        "figure-" + figure.id() + "-cells", List.of("xFrom", "xTo", "yFrom", "yTo", "value"), rows);
  }

  /** Writes the table as CSV. */
  public void csv(Path target) {
    CsvOutput.write(target, columns, rows);
  }

  /**
   * Writes the table as Parquet. A column of integers is INT64, one of numbers DOUBLE, one of truth
   * values BOOLEAN, any other STRING.
   *
   * @param metadata for the file
   */
  public void parquet(Path target, Map<String, String> metadata) {
    List<ParquetFile.Column> typed = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      typed.add(new ParquetFile.Column(columns.get(c), type(c)));
    }
    ParquetFile.write(target, typed, rows, metadata);
  }

  private ParquetFile.Type type(int column) {
    boolean any = false;
    boolean booleans = true;
    boolean integers = true;
    boolean numbers = true;
    for (List<@Nullable Object> row : rows) {
      Object cell = row.get(column);
      if (cell != null) {
        any = true;
        booleans &= cell instanceof Boolean;
        numbers &= cell instanceof Number;
        integers &= cell instanceof Long || cell instanceof Integer;
      }
    }
    if (!any) {
      return ParquetFile.Type.STRING;
    }
    return booleans
        ? ParquetFile.Type.BOOLEAN
        : integers
            ? ParquetFile.Type.INT64
            : numbers ? ParquetFile.Type.DOUBLE : ParquetFile.Type.STRING;
  }
}
