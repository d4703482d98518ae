package org.scorebound.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;
import org.scorebound.result.Table;

/** Results of {@code verify}: verdicts, the ratio of bound to W2, equality cases and controls. */
final class VerifyView implements View {

  /** A bound more than this many times W2 holds vacuously; the plot ends there. */
  private static final double VACUOUS = 1000;

  private final JsonInput json;
  private final List<?> results;
  private final List<?> families;
  private final List<?> equality;
  private final List<?> controls;

  VerifyView(JsonInput json) {
    this.json = json;
    this.results = list("results");
    this.families = list("families");
    this.equality = list("equalityCases");
    this.controls = list("controls");
  }

  private List<?> list(String name) {
    return json.plainField(name) instanceof List<?> list ? list : List.of();
  }

  private static long passed(List<?> checks) {
    return checks.stream().filter(c -> Plain.yes(c, "passed")).count();
  }

  @Override
  public Headline headline() {
    Object all = families.isEmpty() ? null : families.getLast();
    long n = Plain.count(all, "count");
    long violated = Plain.count(all, "violated");
    long vacuous = Plain.count(all, "vacuous");
    long holds = Plain.count(all, "holds") - vacuous;
    long open = Plain.count(all, "inconclusive");
    List<String> facts = new ArrayList<>();
    facts.add(
        "equality cases: " + passed(equality) + " of " + equality.size() + " as they must be");
    facts.add(
        "wrong formulas and the null one: "
            + passed(controls)
            + " of "
            + controls.size()
            + " as they must be");
    Double decided = Plain.number(all, "decidedShare");
    if (decided != null) {
      facts.add("decided: " + Numbers.significant(100 * decided, 4) + " %");
    }
    long failures = list("failures").size();
    if (failures > 0) {
      facts.add(Words.count(failures, "configuration") + " failed");
    }
    long missing = Plain.count(json.plainField("partial"), "missing");
    if (missing > 0) {
      facts.add(Words.count(missing, "configuration") + " missing: a partial merge");
    }
    boolean trusted = passed(equality) == equality.size() && passed(controls) == controls.size();
    Headline.Tone tone =
        !trusted || violated > 0
            ? Headline.Tone.BAD
            : holds + vacuous == 0 ? Headline.Tone.OPEN : Headline.Tone.GOOD;
    String text =
        !trusted
            ? "Not to be trusted: an equality case or a control is not as it must be"
            : (violated > 0 ? violated + " violated" : "No violation")
                + " among "
                + Words.count(n, "configuration");
    return new Headline(
        tone,
        text,
        List.of(
            new Headline.Share("holds", "holds", holds),
            new Headline.Share("holds, vacuous (bound > 1000 W2)", "vacuous", vacuous),
            new Headline.Share("undecided", "open", open),
            new Headline.Share("not applicable", "na", Plain.count(all, "notApplicable")),
            new Headline.Share("violated", "bad", violated)),
        facts);
  }

  @Override
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    ratio().ifPresent(figures::add);
    figures.addAll(FigureReader.figures(json));
    return figures;
  }

  /** The theorem's bound over W2 against W2, one series a family. */
  private java.util.Optional<Figure> ratio() {
    Map<String, Cloud> clouds = new LinkedHashMap<>();
    int above = 0;
    int drawn = 0;
    Cloud high = new Cloud();
    for (Object r : results) {
      Double w2 = Plain.number(r, "w2", "value");
      Double logBound = Plain.number(r, "bound", "logValue");
      if (w2 == null || w2 <= 0 || logBound == null) {
        continue;
      }
      double logRatio = logBound - Math.log(w2);
      drawn++;
      String label =
          Plain.text(r, "name")
              + ": bound/W2 "
              + (logRatio < 700
                  ? Numbers.significant(Math.exp(logRatio), 5)
                  : "e^" + Numbers.significant(logRatio, 5))
              + ", "
              + Plain.text(r, "verdict");
      if (logRatio > Math.log(VACUOUS)) {
        high.add(w2, VACUOUS, label);
        above++;
      } else {
        clouds
            .computeIfAbsent(Plain.text(r, "family"), key -> new Cloud())
            .add(w2, Math.exp(logRatio), label);
      }
    }
    List<Series> series = new ArrayList<>();
    clouds.forEach((name, cloud) -> series.add(cloud.series(name.isEmpty() ? "given" : name)));
    if (above > 0) {
      series.add(high.series(above + " above 1000, drawn there"));
    }
    if (series.isEmpty()) {
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(
        Figure.xy(
                "ratio",
                "The theorem's bound over W2, " + Words.count(drawn, "configuration"),
                "One point a configuration, at the best values of both sides; the verdict is by"
                    + " their intervals. Configurations to which the bound does not apply are left"
                    + " out.",
                Quantity.log("W2(p0, q0)", "units of the data"),
                Quantity.log("bound / W2", ""),
                series)
            .with(
                List.of(
                    new Figure.Reference(
                        "bound = W2: no point may lie below", Figure.Across.Y, 1))));
  }

  private static final class Cloud {
    private final List<Double> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();

    void add(double w2, double ratio, String label) {
      x.add(w2);
      y.add(ratio);
      labels.add(label);
    }

    Series series(String name) {
      return Series.points(
              name,
              x.stream().mapToDouble(Double::doubleValue).toArray(),
              y.stream().mapToDouble(Double::doubleValue).toArray())
          .labelled(labels);
    }
  }

  @Override
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>(FigureReader.tables(json));
    if (!families.isEmpty()) {
      tables.add(
          rows(
              "families",
              "Verdicts by family",
              "Slack, median and largest are of bound/W2 among those that hold.",
              families,
              new Field("family", "family"),
              new Field("configurations", "count").numeric(),
              new Field("hold", "holds").numeric(),
              new Field("of these vacuous", "vacuous").numeric(),
              new Field("violated", "violated").numeric(),
              new Field("not applicable", "notApplicable").numeric(),
              new Field("undecided", "inconclusive").numeric(),
              new Field("smallest slack", "smallestSlack").numeric(),
              new Field("median bound/W2", "medianRatio").numeric(),
              new Field("largest bound/W2", "largestRatio").numeric()));
    }
    if (!results.isEmpty()) {
      tables.add(
          rows(
              "results",
              "Configurations",
              "Every side with its interval; kind says how the interval is known.",
              results,
              new Field("configuration", "name"),
              new Field("family", "family"),
              new Field("verdict", "verdict"),
              new Field("vacuous", "vacuous"),
              new Field("W2", "w2", "value").numeric(),
              new Field("W2 lower", "w2", "lower").numeric(),
              new Field("W2 upper", "w2", "upper").numeric(),
              new Field("W2 kind", "w2", "kind"),
              new Field("bound", "bound", "value").numeric(),
              new Field("bound lower", "bound", "lower").numeric(),
              new Field("bound upper", "bound", "upper").numeric(),
              new Field("ln bound", "bound", "logValue").numeric(),
              new Field("bound kind", "bound", "kind"),
              new Field("log I(T)", "logI").numeric(),
              new Field("offset's W2", "w2Start").numeric(),
              new Field("W2 by", "w2Method"),
              new Field("reason", "reason")));
    }
    if (!equality.isEmpty()) {
      tables.add(
          rows(
              "equality-cases",
              "Cases on which a bound is an equality, and neighbours on which it is not",
              "deviation is W2/bound - 1.",
              equality,
              new Field("case", "name"),
              new Field("bound", "bound"),
              new Field("equality", "equal"),
              new Field("deviation", "deviation").numeric(),
              new Field("passed", "passed")));
    }
    if (!controls.isEmpty()) {
      tables.add(
          rows(
              "controls",
              "Wrong formulas that a check must catch",
              "The check's deviation with the right and with the wrong formula.",
              controls,
              new Field("formula", "name"),
              new Field("check", "check"),
              new Field("configuration", "configuration"),
              new Field("tolerance", "tolerance").numeric(),
              new Field("right", "right").numeric(),
              new Field("wrong", "wrong").numeric(),
              new Field("caught", "caught"),
              new Field("passed", "passed")));
    }
    return tables;
  }

  /** A column and the path of its values. */
  record Field(Table.Column column, List<String> path) {
    Field(String name, String... path) {
      this(Table.Column.text(name), Arrays.asList(path));
    }

    Field numeric() {
      return new Field(new Table.Column(column.name(), column.unit(), true), path);
    }

    Field unit(String unit) {
      return new Field(new Table.Column(column.name(), unit, column.numeric()), path);
    }
  }

  /** A table of one row for each object. */
  static Table rows(String id, String title, String caption, List<?> objects, Field... fields) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Object object : objects) {
      List<@Nullable Object> row = new ArrayList<>();
      for (Field field : fields) {
        Object cell = Plain.at(object, field.path().toArray(new String[0]));
        row.add(cell instanceof Map || cell instanceof List ? null : cell);
      }
      rows.add(row);
    }
    return new Table(id, title, caption, Arrays.stream(fields).map(Field::column).toList(), rows);
  }
}
