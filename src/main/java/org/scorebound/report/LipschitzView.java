package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/** Results of {@code lipschitz}: brackets of L_s over the times. */
final class LipschitzView implements View {

  /** Digits of L_s: a bracket of a few per cent has no more. */
  private static final int DIGITS = 4;

  private final JsonInput json;

  LipschitzView(JsonInput json) {
    this.json = json;
  }

  /** One time's bracket. */
  private record Bracket(double t, double sampled, double certified, boolean reached) {

    static @Nullable Bracket of(Object result) {
      Double t = Plain.number(result, "t");
      Double sampled = Plain.number(result, "sampled");
      Double certified = Plain.number(result, "certified");
      return t == null || sampled == null || certified == null
          ? null
          : new Bracket(t, sampled, certified, Plain.yes(result, "gapReached"));
    }

    double width() {
      return certified - sampled;
    }
  }

  @Override
  public Headline headline() {
    List<?> results = Plain.list(json.plainField("results"));
    List<Bracket> brackets = new ArrayList<>();
    double byLayers = Double.NEGATIVE_INFINITY;
    for (Object result : results) {
      Bracket bracket = Bracket.of(result);
      if (bracket != null) {
        brackets.add(bracket);
      }
      Double product = Plain.number(result, "productOfNorms");
      Double measure = Plain.number(result, "logarithmicNorm");
      if (product != null && measure != null) {
        byLayers = Math.max(byLayers, Math.min(product, measure));
      }
    }
    if (brackets.isEmpty()) {
      return new Headline(Headline.Tone.PLAIN, "No bracket of L_s", List.of(), List.of());
    }
    Bracket top = brackets.getFirst();
    Bracket widest = top;
    for (Bracket b : brackets) {
      top = b.certified > top.certified ? b : top;
      widest = b.width() > widest.width() ? b : widest;
    }
    int n = brackets.size();
    long reached = brackets.stream().filter(Bracket::reached).count();
    long negative = brackets.stream().filter(b -> b.certified < 0).count();
    long open = brackets.stream().filter(b -> b.certified >= 0 && b.sampled < 0).count();
    List<String> facts = new ArrayList<>();
    facts.add(
        "L_s certified below 0 at "
            + negative
            + " of "
            + Words.count(n, "time")
            + (open > 0 ? ", of undecided sign at " + open : ""));
    facts.add("widest bracket: " + interval(widest) + " at t = " + number(widest.t));
    facts.add(
        "relative gap of "
            + Numbers.cell(Plain.number(json.plainField("gap")))
            + " reached at "
            + reached
            + " of "
            + n);
    if (Double.isFinite(byLayers)) {
      facts.add("from the layers' matrices alone L_s would be bounded by " + number(byLayers));
    }
    return new Headline(
        reached == n ? Headline.Tone.GOOD : Headline.Tone.PART,
        "The largest L_s over all of R^"
            + Plain.count(json.plainField("dimension"))
            + " is in "
            + interval(top)
            + ", certified above and attained below, at t = "
            + number(top.t),
        List.of(
            new Headline.Share("gap reached", "holds", reached),
            new Headline.Share("bracket valid but wider", "open", n - reached)),
        facts);
  }

  private static String interval(Bracket b) {
    return "[" + number(b.sampled) + ", " + number(b.certified) + "]";
  }

  private static String number(double v) {
    return Numbers.significant(v, DIGITS);
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
