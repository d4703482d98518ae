package org.scorebound.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rectangle that values are drawn in, with grid, ticks, their labels and the names of the axes:
 * the same for every plot.
 *
 * @param x horizontal axis
 * @param y vertical axis
 * @param box where it is
 */
record Frame(Axis x, Axis y, Canvas.Box box) {

  static final double FONT = 13;
  static final double SMALL = 12;
  private static final double GAP = 6;

  /** Room that the labels of ticks and the name of a vertical axis need. */
  static double left(Axis y) {
    return widest(y.ticks()) + GAP + SMALL + 14;
  }

  private static double widest(List<Axis.Tick> ticks) {
    return ticks.stream().mapToDouble(t -> TextWidth.of(t.label(), SMALL)).max().orElse(0);
  }

  /** Room under the frame for labels and name of the horizontal axis. */
  static double below() {
    return 44;
  }

  double px(@Nullable Double value) {
    return box.x() + box.width() * x.share(value);
  }

  double py(@Nullable Double value) {
    return box.bottom() - box.height() * y.share(value);
  }

  double[] px(List<@Nullable Double> values) {
    return values.stream().mapToDouble(this::px).toArray();
  }

  double[] py(List<@Nullable Double> values) {
    return values.stream().mapToDouble(this::py).toArray();
  }

  /** Grid lines, and the ground that they lie on. */
  void grid(Canvas canvas, boolean horizontal) {
    if (horizontal) {
      for (Axis.Tick tick : y.ticks()) {
        double at = py(tick.value());
        canvas.line(
            Ink.GRID,
            Canvas.Stroke.solid(1),
            new double[] {box.x(), box.right()},
            new double[] {at, at});
      }
    }
    for (Axis.Tick tick : x.ticks()) {
      double at = px(tick.value());
      canvas.line(
          Ink.GRID,
          Canvas.Stroke.solid(1),
          new double[] {at, at},
          new double[] {box.y(), box.bottom()});
    }
  }

  /** The outline. */
  void outline(Canvas canvas) {
    canvas.outline(Ink.FRAME, 1, box);
  }

  /** Labels of the ticks below, thinned where they would touch, and the axis's name. */
  void below(Canvas canvas) {
    double free = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : x.ticks()) {
      double at = px(tick.value());
      double half = TextWidth.of(tick.label(), SMALL) / 2;
      if (at - half >= free) {
        canvas.text(Ink.TEXT, SMALL, Canvas.Anchor.MIDDLE, at, box.bottom() + 16, tick.label());
        free = at + half + GAP;
      }
    }
    canvas.text(
        Ink.TEXT,
        FONT,
        Canvas.Anchor.MIDDLE,
        box.x() + box.width() / 2,
        box.bottom() + 36,
        x.name());
  }

  /** Labels of the ticks on the left and the axis's name. */
  void left(Canvas canvas) {
    for (Axis.Tick tick : y.ticks()) {
      canvas.text(
          Ink.TEXT, SMALL, Canvas.Anchor.END, box.x() - GAP, py(tick.value()) + 4, tick.label());
    }
    canvas.upwards(
        Ink.TEXT,
        FONT,
        box.x() - widest(y.ticks()) - GAP - 9,
        box.y() + box.height() / 2,
        y.name());
  }
}
