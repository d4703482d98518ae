package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Heat;
import org.scorebound.result.Series;

/** A figure in sentences, for those who do not see it. */
final class Description {

  private static final int DIGITS = 4;

  private Description() {}

  static String of(Figure figure) {
    StringBuilder text = new StringBuilder();
    if (!figure.caption().isEmpty()) {
      text.append(figure.caption());
      text.append(figure.caption().endsWith(".") ? " " : ". ");
    }
    text.append(figure.kind() == Figure.Kind.BARS ? "Bars: " : "Horizontal axis: ")
        .append(figure.x().title())
        .append(figure.x().log() ? ", logarithmic" : "")
        .append(figure.kind() == Figure.Kind.BARS ? "; length: " : "; vertical axis: ")
        .append(figure.y().title())
        .append(figure.y().log() ? ", logarithmic" : "")
        .append('.');
    figure.heat().ifPresent(heat -> text.append(' ').append(of(heat)));
    for (Series s : figure.series()) {
      text.append(' ')
          .append(s.name())
          .append(": ")
          .append(s.y().size())
          .append(s.y().size() == 1 ? " value" : " values")
          .append(range(s.y()))
          .append(s.lower().isPresent() ? ", with intervals." : ".");
    }
    for (Figure.Reference r : figure.references().orElse(List.of())) {
      text.append(" Line at ")
          .append(Numbers.significant(r.value(), DIGITS))
          .append(": ")
          .append(r.name())
          .append('.');
    }
    return text.toString();
  }

  private static String of(Heat heat) {
    List<@Nullable Double> all = new ArrayList<>();
    heat.values().forEach(all::addAll);
    return (heat.xEdges().size() - 1)
        + " by "
        + (heat.yEdges().size() - 1)
        + " cells, "
        + heat.valueName()
        + range(all)
        + ".";
  }

  private static String range(List<@Nullable Double> values) {
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (Double v : values) {
      if (v != null) {
        lo = Math.min(lo, v);
        hi = Math.max(hi, v);
      }
    }
    return lo <= hi
        ? " from " + Numbers.significant(lo, DIGITS) + " to " + Numbers.significant(hi, DIGITS)
        : "";
  }
}
