package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.result.Figure;
import org.scorebound.result.Series;

/** The names of series and references under a plot, in rows. */
final class Legend {

  private static final double ROW = 19;
  private static final double SWATCH = 30;
  private static final double GAP = 18;

  private record Entry(String name, int index, double x, double y) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Figure figure;
  private final double height;

  /**
   * Lays the names out.
   *
   * @param left where rows start
   * @param right where they end
   */
  Legend(Figure figure, double left, double right) {
    this.figure = figure;
    List<String> names = new ArrayList<>();
    figure.series().forEach(s -> names.add(s.name()));
    figure.references().orElse(List.of()).forEach(r -> names.add(r.name()));
    double x = left;
    double y = 0;
    for (int i = 0; i < names.size(); i++) {
      String name = TextWidth.fit(names.get(i), Frame.SMALL, right - left - SWATCH);
      double width = SWATCH + TextWidth.of(name, Frame.SMALL);
      if (x > left && x + width > right) {
        x = left;
        y += ROW;
      }
      entries.add(new Entry(name, i, x, y));
      x += width + GAP;
    }
    height = entries.isEmpty() ? 0 : y + ROW + 4;
  }

  /** What it needs. */
  double height() {
    return height;
  }

  /** Draws it from this height downwards. */
  void draw(Canvas canvas, double top) {
    for (Entry e : entries) {
      double y = top + e.y() + 9;
      double[] ends = {e.x(), e.x() + SWATCH - 8};
      double[] level = {y, y};
      double[] middle = {e.x() + (SWATCH - 8) / 2};
      double[] height = {y};
      if (e.index() >= figure.series().size()) {
        canvas.line(Ink.TEXT, References.stroke(e.index() - figure.series().size()), ends, level);
      } else {
        Series s = figure.series().get(e.index());
        Ink ink = Ink.series(e.index());
        if (figure.kind() == Figure.Kind.BARS) {
          canvas.fill(ink, BarPlot.opacity(e.index()), new Canvas.Box(e.x(), y - 6, 22, 12));
          canvas.outline(ink, 1, new Canvas.Box(e.x(), y - 6, 22, 12));
        } else if (s.style() == Series.Style.POINTS) {
          canvas.marks(ink, Marker.of(e.index()), 8, middle, height);
        } else {
          canvas.line(ink, Canvas.Stroke.of(e.index(), 2), ends, level);
        }
      }
      canvas.text(Ink.TEXT, Frame.SMALL, Canvas.Anchor.START, e.x() + SWATCH - 2, y + 4, e.name());
    }
  }
}
