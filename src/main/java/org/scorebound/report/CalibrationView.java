package org.scorebound.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/** Results of {@code regress --calibrate}: how often the gate is wrong, and what it finds. */
final class CalibrationView implements View {

  /** The share of runs in which a slow-down counts as found. */
  private static final double FOUND = 0.95;

  private static final String GATE = "REGRESSED";
  private static final String LAST_VERDICT = "INCONCLUSIVE";

  private final JsonInput json;

  CalibrationView(JsonInput json) {
    this.json = json;
  }

  /** A row of the table: drawn runs where there are any, as they are many. */
  private record Row(Table table, List<@Nullable Object> cells) {

    String text(String column) {
      return String.valueOf(cells.get(table.columns().indexOf(column(column))));
    }

    double number(String column) {
      return cells.get(table.columns().indexOf(column(column))) instanceof Number n
          ? n.doubleValue()
          : Double.NaN;
    }

    private Table.Column column(String name) {
      return table.columns().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    String of(String column) {
      return Numbers.cell(number(column)) + " of " + Numbers.cell(number("runs"));
    }

    double share(String column) {
      return number(column) / number("runs");
    }
  }

  private Map<String, List<Row>> conditions() {
    Map<String, List<Row>> all = new LinkedHashMap<>();
    for (Table table : tables()) {
      if (table.id().equals("calibration")) {
        for (List<@Nullable Object> cells : table.rows()) {
          Row row = new Row(table, cells);
          if (row.text("forks").equals("drawn")) {
            all.computeIfAbsent(row.text("condition"), key -> new ArrayList<>()).add(row);
          }
        }
      }
    }
    return all;
  }

  @Override
  public Headline headline() {
    List<String> facts = new ArrayList<>();
    Map<String, List<Row>> conditions = conditions();
    conditions.forEach((condition, rows) -> rivals(condition, rows).ifPresent(facts::add));
    List<String> said = new ArrayList<>();
    conditions.forEach((condition, rows) -> said.add(condition + ": " + gate(rows)));
    if (said.isEmpty()) {
      return new Headline(
          Headline.Tone.PLAIN, "No drawn runs to judge the gate by", List.of(), facts);
    }
    facts.addAll(0, said.subList(1, said.size()));
    return new Headline(Headline.Tone.PLAIN, said.getFirst(), List.of(), facts);
  }

  /** False alarms of the gate, and the least slow-down that it finds. */
  private static String gate(List<Row> rows) {
    String alarms =
        rows.stream()
            .filter(row -> row.number("injected") == 0)
            .findFirst()
            .map(row -> "identical builds called slower in " + row.of(GATE) + " runs")
            .orElse("false alarms not measured");
    return alarms
        + ", "
        + rows.stream()
            .filter(row -> row.number("injected") > 0 && row.share(GATE) >= FOUND)
            .findFirst()
            .map(
                row ->
                    "a slow-down of "
                        + Numbers.cell(row.number("injected"))
                        + " % found in "
                        + row.of(GATE))
            .orElse("no slow-down found in 95 % of the runs");
  }

  /** Which of the other rules cries wolf most often, on the same forks. */
  private static Optional<String> rivals(String condition, List<Row> rows) {
    Row none = rows.stream().filter(row -> row.number("injected") == 0).findFirst().orElse(null);
    if (none == null) {
      return Optional.empty();
    }
    List<String> names = none.table().columns().stream().map(Table.Column::name).toList();
    List<String> others = names.subList(names.indexOf(LAST_VERDICT) + 1, names.size());
    return others.stream()
        .max((a, b) -> Double.compare(none.number(a), none.number(b)))
        .map(
            worst ->
                condition
                    + ": of "
                    + Words.count(others.size(), "other rule")
                    + " on the same identical builds, the worst calls "
                    + none.of(worst)
                    + " slower ("
                    + worst
                    + ")");
  }

  @Override
  public List<Figure> figures() {
    return FigureReader.figures(json);
  }

  @Override
  public List<Table> tables() {
    return FigureReader.tables(json);
  }
}
