package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/**
 * Shows what a document holds: its figures and tables, its verdict, and the counts and numbers of
 * its summary.
 */
final class GenericView implements View {

  private static final int FACTS = 8;

  /** Objects of a document that hold what a run found out in short. */
  private static final List<String> SUMMARIES = List.of("summary", "judgement", "outcome");

  private static final Set<String> GOOD = Set.of("asExpected", "holds", "passed");
  private static final Set<String> OPEN = Set.of("undecided", "inconclusive");
  private static final Set<String> BAD = Set.of("fail", "fails", "failed", "violated");

  private final JsonInput json;
  private final List<Figure> figures;
  private final List<Table> tables;

  GenericView(JsonInput json) {
    this.json = json;
    this.figures = FigureReader.figures(json);
    this.tables = FigureReader.tables(json);
  }

  @Override
  public Headline headline() {
    List<Headline.Share> shares = new ArrayList<>();
    List<String> facts = new ArrayList<>();
    for (String name : SUMMARIES) {
      if (json.plainField(name) instanceof Map<?, ?> map) {
        map.forEach((field, value) -> add(String.valueOf(field), value, shares, facts));
      }
    }
    if (Plain.at(json.plainField("experiment"), "outcome") instanceof Map<?, ?> map) {
      map.forEach(
          (field, value) -> {
            if (value instanceof Map<?, ?> inner) {
              inner.forEach((name, v) -> add(field + ", " + name, v, shares, facts));
            } else {
              add(String.valueOf(field), value, shares, facts);
            }
          });
    }
    for (String name : json.names()) {
      Object value = json.plainField(name);
      Double estimate = Plain.number(value, "value");
      if (estimate != null && Plain.at(value, "kind") instanceof String kind) {
        facts.add(
            Words.spaced(name)
                + ": "
                + Numbers.significant(estimate, 7)
                + " in ["
                + Numbers.cell(Plain.number(value, "lower"))
                + ", "
                + Numbers.cell(Plain.number(value, "upper"))
                + "], "
                + kind);
      }
    }
    String verdict =
        Stream.concat(
                Stream.of(Plain.text(json.plainField("verdict"))),
                SUMMARIES.stream().map(name -> Plain.text(json.plainField(name), "verdict")))
            .filter(word -> !word.isEmpty())
            .findFirst()
            .orElse("");
    if (shares.size() > 1) {
      boolean bad = shares.stream().anyMatch(s -> s.kind().equals("bad") && s.count() > 0);
      boolean open = shares.stream().anyMatch(s -> s.kind().equals("open") && s.count() > 0);
      Headline.Tone tone = bad ? Headline.Tone.BAD : open ? Headline.Tone.PART : Headline.Tone.GOOD;
      String text =
          String.join(", ", shares.stream().map(s -> s.count() + " " + s.name()).toList());
      return new Headline(tone, verdict.isEmpty() ? text : verdict, shares, facts);
    }
    return new Headline(
        tone(verdict),
        verdict.isEmpty()
            ? about()
                + Words.count(figures.size(), "figure")
                + ", "
                + Words.count(tables.size(), "table")
            : verdict,
        List.of(),
        facts);
  }

  /** What an experiment is about. */
  private String about() {
    String text = Plain.text(json.plainField("experiment"), "description");
    return text.isEmpty()
        ? ""
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ": ";
  }

  private static void add(
      String field, @Nullable Object value, List<Headline.Share> shares, List<String> facts) {
    String kind =
        GOOD.contains(field)
            ? "holds"
            : OPEN.contains(field) ? "open" : BAD.contains(field) ? "bad" : "";
    if (!kind.isEmpty() && value instanceof Long count) {
      shares.add(new Headline.Share(Words.spaced(field), kind, count));
    } else if (value != null
        && !(value instanceof Map)
        && !(value instanceof List)
        && !field.equals("verdict")
        && facts.size() < FACTS) {
      facts.add(Words.spaced(field) + ": " + Numbers.cell(value));
    }
  }

  private static Headline.Tone tone(String verdict) {
    String word = verdict.toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return Headline.Tone.PLAIN;
    }
    if (word.startsWith("no ")
        || word.matches("(ok|same|equal|equivalent|faster|improve.*|holds|pass.*)")) {
      return Headline.Tone.GOOD;
    }
    return word.matches(".*(undecided|inconclusive|unclear).*")
        ? Headline.Tone.OPEN
        : word.matches(".*(violat|regress|slower|worse|fail|untrusted|refuted).*")
            ? Headline.Tone.BAD
            : Headline.Tone.PLAIN;
  }

  @Override
  public List<Figure> figures() {
    return figures;
  }

  @Override
  public List<Table> tables() {
    return tables;
  }
}
