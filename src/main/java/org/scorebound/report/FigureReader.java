package org.scorebound.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Heat;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** Reads figures and tables from result documents. */
final class FigureReader {

  private FigureReader() {}

  /** The document's list {@code figures}; empty if it has none. */
  static List<Figure> figures(JsonInput document) {
    return unique(document, "figures", FigureReader::figure, Figure::id);
  }

  /** The document's list {@code tables}; empty if it has none. */
  static List<Table> tables(JsonInput document) {
    return unique(document, "tables", FigureReader::table, Table::id);
  }

  private static <T> List<T> unique(
      JsonInput document, String field, Function<JsonInput, T> reader, Function<T, String> id) {
    if (!document.has(field)) {
      return List.of();
    }
    Map<String, T> all = new LinkedHashMap<>();
    for (JsonInput element : document.array(field)) {
      T one;
      try {
        one = reader.apply(element);
      } catch (IllegalArgumentException e) {
        throw element.error(String.valueOf(e.getMessage()));
      }
      if (all.put(id.apply(one), one) != null) {
        throw element.error("id '" + id.apply(one) + "' is there twice");
      }
    }
    return List.copyOf(all.values());
  }

  private static Figure figure(JsonInput json) {
    List<Series> series = new ArrayList<>();
    for (JsonInput one : json.array("series")) {
      series.add(series(one));
    }
    Optional<List<Figure.Reference>> references = Optional.empty();
    if (json.has("references")) {
      List<Figure.Reference> list = new ArrayList<>();
      for (JsonInput one : json.array("references")) {
        list.add(
            new Figure.Reference(
                one.string("name"), label(Figure.Across.class, one, "axis"), one.number("value")));
        one.finish();
      }
      references = Optional.of(list);
    }
    Optional<Heat> heat =
        json.has("heat") ? Optional.of(heat(json.object("heat"))) : Optional.empty();
    Figure figure =
        new Figure(
            json.string("id"),
            json.string("title"),
            json.string("caption"),
            label(Figure.Kind.class, json, "kind"),
            quantity(json.object("x")),
            quantity(json.object("y")),
            series,
            references,
            heat);
    json.finish();
    return figure;
  }

  private static <E extends Enum<E>> E label(Class<E> type, JsonInput json, String name) {
    List<String> known = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      known.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return Enum.valueOf(type, json.oneOf(name, known).toUpperCase(Locale.ROOT));
  }

  private static Quantity quantity(JsonInput json) {
    Quantity quantity =
        new Quantity(json.string("name"), json.string("unit"), json.bool("log", false));
    json.finish();
    return quantity;
  }

  private static Series series(JsonInput json) {
    Optional<List<String>> labels = Optional.empty();
    if (json.has("labels")) {
      List<String> list = new ArrayList<>();
      for (Object label : list(json, "labels")) {
        if (!(label instanceof String text)) {
          throw json.error("labels", "must be strings, got " + label);
        }
        list.add(text);
      }
      labels = Optional.of(list);
    }
    Series series =
        new Series(
            json.string("name"),
            label(Series.Style.class, json, "style"),
            numbers(json, "x"),
            numbers(json, "y"),
            json.has("lower") ? Optional.of(numbers(json, "lower")) : Optional.empty(),
            json.has("upper") ? Optional.of(numbers(json, "upper")) : Optional.empty(),
            labels);
    json.finish();
    return series;
  }

  private static Heat heat(JsonInput json) {
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (Object row : list(json, "values")) {
      rows.add(numbers(json, "values", row));
    }
    Heat heat =
        new Heat(edges(json, "xEdges"), edges(json, "yEdges"), rows, json.string("valueName"));
    json.finish();
    return heat;
  }

  private static List<Double> edges(JsonInput json, String name) {
    List<Double> edges = new ArrayList<>();
    for (double edge : json.vector(name)) {
      edges.add(edge);
    }
    return edges;
  }

  /** An array field as plain Java, without a cursor for each element. */
  private static List<?> list(JsonInput json, String name) {
    if (json.plainField(name) instanceof List<?> list) {
      return list;
    }
    throw json.error(name, "must be an array");
  }

  private static List<@Nullable Double> numbers(JsonInput json, String name) {
    return numbers(json, name, list(json, name));
  }

  private static List<@Nullable Double> numbers(
      JsonInput json, String name, @Nullable Object array) {
    if (!(array instanceof List<?> list)) {
      throw json.error(name, "must hold arrays of numbers, got " + array);
    }
    List<@Nullable Double> numbers = new ArrayList<>(list.size());
    for (Object x : list) {
      if (x != null && !(x instanceof Number)) {
        throw json.error(name, "must be numbers or null, got " + x);
      }
      numbers.add(x instanceof Number number ? Double.valueOf(number.doubleValue()) : null);
    }
    return numbers;
  }

  private static Table table(JsonInput json) {
    List<Table.Column> columns = new ArrayList<>();
    for (JsonInput column : json.array("columns")) {
      columns.add(
          new Table.Column(
              column.string("name"), column.string("unit"), column.bool("numeric", false)));
      column.finish();
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Object row : list(json, "rows")) {
      if (!(row instanceof List<?> cells)) {
        throw json.error("rows", "must be arrays, got " + row);
      }
      rows.add(new ArrayList<>(cells));
    }
    Table table =
        new Table(json.string("id"), json.string("title"), json.string("caption"), columns, rows);
    json.finish();
    return table;
  }
}
