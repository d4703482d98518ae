package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;

/** Horizontal bars, one group for each label, which stands on the left and is read as it is. */
final class BarPlot extends Plot {

  private static final double LARGEST_LABELS = 0.42;
  private static final double BAR = 13;

  private final Frame frame;
  private final List<String> labels;

  BarPlot(Figure figure, double width, boolean titled) {
    super(figure, width, titled);
    labels = figure.series().getFirst().labels().orElse(List.of());
    double room =
        Math.min(
            LARGEST_LABELS * width,
            20 + labels.stream().mapToDouble(l -> TextWidth.of(l, Frame.SMALL)).max().orElse(0));
    Quantity value = figure.y();
    List<List<@Nullable Double>> values = new ArrayList<>(XyPlot.values(figure, true));
    if (!value.log()) {
      values.add(List.of(0.0));
    }
    Axis along = Axis.around(value, values);
    Axis down = new Axis(figure.x().title(), false, 0, Math.max(1, labels.size()));
    frame = new Frame(along, down, box(room, 16));
  }

  /** How dark the bars of the series with this index are. */
  static double opacity(int index) {
    return index % 2 == 0 ? 0.85 : 0.35;
  }

  @Override
  double frameHeight() {
    Series first = figure.series().getFirst();
    return Math.max(40, first.x().size() * (figure.series().size() * BAR + 9.0));
  }

  @Override
  Frame frame() {
    return frame;
  }

  @Override
  void content(Canvas canvas) {
    frame.grid(canvas, false);
    int groups = labels.size();
    double step = frame.box().height() / Math.max(1, groups);
    double zero = frame.x().log() ? frame.box().x() : frame.px(0.0);
    for (int g = 0; g < groups; g++) {
      double top = frame.box().y() + g * step + 4.5;
      canvas.text(
          Ink.TEXT,
          Frame.SMALL,
          Canvas.Anchor.END,
          frame.box().x() - 6,
          frame.box().y() + (g + 0.5) * step + 4,
          TextWidth.fitEnds(labels.get(g), Frame.SMALL, frame.box().x() - 10));
      for (int i = 0; i < figure.series().size(); i++) {
        bar(canvas, figure.series().get(i), i, g, zero, top + i * BAR);
      }
    }
    for (int i = 0; i < figure.references().orElse(List.of()).size(); i++) {
      Figure.Reference r = figure.references().orElseThrow().get(i);
      if (r.axis() == Figure.Across.Y) {
        double at = frame.px(r.value());
        canvas.line(
            Ink.TEXT,
            References.stroke(i),
            new double[] {at, at},
            new double[] {frame.box().y(), frame.box().bottom()});
      }
    }
    frame.outline(canvas);
    frame.below(canvas);
  }

  private void bar(Canvas canvas, Series s, int index, int group, double zero, double top) {
    double end = frame.px(s.y().get(group));
    Ink ink = Ink.series(index);
    if (!Double.isNaN(end)) {
      Canvas.Box box = new Canvas.Box(Math.min(zero, end), top, Math.abs(end - zero), BAR - 2);
      canvas.fill(ink, opacity(index), box);
      canvas.outline(ink, 1, box);
    }
    if (s.lower().isPresent() && s.upper().isPresent()) {
      double[] ends = {frame.px(s.lower().get().get(group)), frame.px(s.upper().get().get(group))};
      double middle = top + BAR / 2 - 1;
      canvas.line(Ink.TEXT, Canvas.Stroke.solid(1.4), ends, new double[] {middle, middle});
    }
  }
}
