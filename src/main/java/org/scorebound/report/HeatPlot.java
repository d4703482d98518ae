package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Heat;
import org.scorebound.result.Quantity;

/** Coloured cells with a colour bar, and series over them. */
final class HeatPlot extends Plot {

  /** Places are rounded in an SVG: without it white lines show between some cells. */
  private static final double OVERLAP = 0.3;

  private static final int LEVELS = 48;
  private static final double BAR = 12;

  private final Frame frame;
  private final Heat heat;
  private final Axis values;

  HeatPlot(Figure figure, double width, boolean titled) {
    super(figure, width, titled);
    heat = figure.heat().orElseThrow();
    Axis x = Axis.between(figure.x(), heat.xEdges().getFirst(), heat.xEdges().getLast());
    Axis y = Axis.between(figure.y(), heat.yEdges().getFirst(), heat.yEdges().getLast());
    frame = new Frame(x, y, box(Frame.left(y), 14));
    double lo = Double.POSITIVE_INFINITY;
    double hi = Double.NEGATIVE_INFINITY;
    for (List<@Nullable Double> row : heat.values()) {
      for (Double v : row) {
        if (v != null) {
          lo = Math.min(lo, v);
          hi = Math.max(hi, v);
        }
      }
    }
    Quantity name = Quantity.linear(heat.valueName(), "");
    values =
        lo < hi
            ? Axis.between(name, lo, hi)
            : Axis.around(name, List.of(List.of(lo <= hi ? lo : 0.0)));
  }

  @Override
  Frame frame() {
    return frame;
  }

  @Override
  double extra() {
    return BAR + Frame.below() + 6;
  }

  @Override
  void content(Canvas canvas) {
    canvas.clipped(
        frame.box(),
        () -> {
          cells(canvas);
          XyPlot.inside(canvas, figure, frame);
        });
    frame.outline(canvas);
    frame.left(canvas);
    frame.below(canvas);
    bar(canvas);
  }

  /** The cells of each level as one shape; neighbours in a row of one level are one rectangle. */
  private void cells(Canvas canvas) {
    Map<Integer, List<Canvas.Box>> levels = new TreeMap<>();
    for (int j = 0; j < heat.values().size(); j++) {
      List<@Nullable Double> row = heat.values().get(j);
      int i = 0;
      while (i < row.size()) {
        int level = level(row.get(i));
        int end = i + 1;
        while (end < row.size() && level(row.get(end)) == level) {
          end++;
        }
        double left = frame.px(heat.xEdges().get(i));
        double top = frame.py(heat.yEdges().get(j + 1));
        double right = frame.px(heat.xEdges().get(end));
        double bottom = frame.py(heat.yEdges().get(j));
        if (level >= 0 && right > left && bottom > top) {
          levels
              .computeIfAbsent(level, key -> new ArrayList<>())
              .add(new Canvas.Box(left, top, right - left + OVERLAP, bottom - top));
        }
        i = end;
      }
    }
    levels.forEach((level, boxes) -> canvas.cells(colour(level), boxes));
  }

  private int level(@Nullable Double v) {
    return v == null ? -1 : (int) Math.min(LEVELS - 1, LEVELS * values.share(v));
  }

  private static int colour(int level) {
    return ColourMap.rgb((level + 0.5) / LEVELS);
  }

  private void bar(Canvas canvas) {
    Canvas.Box box =
        new Canvas.Box(
            frame.box().x(), frame.box().bottom() + Frame.below() + 4, frame.box().width(), BAR);
    double step = box.width() / LEVELS;
    for (int level = 0; level < LEVELS; level++) {
      canvas.cells(
          colour(level),
          List.of(new Canvas.Box(box.x() + level * step, box.y(), step + OVERLAP, box.height())));
    }
    Frame scale = new Frame(values, values, box);
    scale.outline(canvas);
    scale.below(canvas);
  }
}
