package org.scorebound.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Figure;
import org.scorebound.result.Series;

/** Lines and points over two axes, with bands or bars for their intervals. */
final class XyPlot extends Plot {

  private static final double MARK = 5;
  private static final int MANY = 400;

  private final Frame frame;

  XyPlot(Figure figure, double width, boolean titled) {
    super(figure, width, titled);
    Axis x = Axis.around(figure.x(), values(figure, false));
    Axis y = Axis.around(figure.y(), values(figure, true));
    frame = new Frame(x, y, box(Frame.left(y), 14));
  }

  /** All that an axis must hold. */
  static List<List<@Nullable Double>> values(Figure figure, boolean vertical) {
    List<List<@Nullable Double>> values = new ArrayList<>();
    for (Series s : figure.series()) {
      values.add(vertical ? s.y() : s.x());
      if (vertical) {
        s.lower().ifPresent(values::add);
        s.upper().ifPresent(values::add);
      }
    }
    for (Figure.Reference r : figure.references().orElse(List.of())) {
      if ((r.axis() == Figure.Across.Y) == vertical) {
        values.add(List.of(r.value()));
      }
    }
    return values;
  }

  @Override
  Frame frame() {
    return frame;
  }

  @Override
  void content(Canvas canvas) {
    frame.grid(canvas, true);
    canvas.clipped(frame.box(), () -> inside(canvas, figure, frame));
    frame.outline(canvas);
    frame.left(canvas);
    frame.below(canvas);
  }

  /** Intervals first, so that they hide no value. */
  static void inside(Canvas canvas, Figure figure, Frame frame) {
    List<Series> series = figure.series();
    for (int i = 0; i < series.size(); i++) {
      intervals(canvas, series.get(i), Ink.series(i), frame);
    }
    References.draw(canvas, figure, frame);
    for (int i = 0; i < series.size(); i++) {
      Series s = series.get(i);
      double[] x = frame.px(s.x());
      double[] y = frame.py(s.y());
      switch (s.style()) {
        case LINE -> canvas.line(Ink.series(i), Canvas.Stroke.of(i, 1.8), x, y);
        case STEP -> {
          double[][] stairs = stairs(x, y);
          canvas.line(Ink.series(i), Canvas.Stroke.of(i, 1.8), stairs[0], stairs[1]);
        }
        case POINTS -> {
          double size = x.length > MANY ? MARK - 1.6 : MARK;
          if (figure.heat().isPresent()) {
            // Seen on every colour of the map.
            canvas.marks(Ink.PAPER, Marker.CIRCLE, size + 4, x, y);
          }
          canvas.marks(Ink.series(i), Marker.of(i), size, x, y);
        }
      }
    }
  }

  private static void intervals(Canvas canvas, Series s, Ink ink, Frame frame) {
    if (s.lower().isEmpty() || s.upper().isEmpty()) {
      return;
    }
    double[] x = frame.px(s.x());
    double[] lower = frame.py(s.lower().get());
    double[] upper = frame.py(s.upper().get());
    for (int i = 0; i < lower.length; i++) {
      // A lower end of 0 has no place on a logarithmic axis: the interval goes on below the frame.
      if (Double.isNaN(lower[i]) && !Double.isNaN(upper[i])) {
        lower[i] = frame.box().bottom();
      }
    }
    if (s.style() == Series.Style.POINTS) {
      double[] bx = new double[3 * x.length];
      double[] by = new double[3 * x.length];
      for (int i = 0; i < x.length; i++) {
        bx[3 * i] = bx[3 * i + 1] = x[i];
        by[3 * i] = lower[i];
        by[3 * i + 1] = upper[i];
        bx[3 * i + 2] = Double.NaN;
      }
      canvas.line(ink, Canvas.Stroke.solid(1.2), bx, by);
      return;
    }
    int from = 0;
    for (int i = 0; i <= x.length; i++) {
      if (i == x.length || Double.isNaN(x[i] + lower[i] + upper[i])) {
        band(canvas, ink, x, lower, upper, from, i);
        from = i + 1;
      }
    }
  }

  private static void band(
      Canvas canvas, Ink ink, double[] x, double[] lower, double[] upper, int from, int to) {
    int n = to - from;
    if (n < 2) {
      return;
    }
    double[] ax = new double[2 * n];
    double[] ay = new double[2 * n];
    for (int i = 0; i < n; i++) {
      ax[i] = ax[2 * n - 1 - i] = x[from + i];
      ay[i] = upper[from + i];
      ay[2 * n - 1 - i] = lower[from + i];
    }
    canvas.area(ink, 0.2, ax, ay);
  }

  private static double[][] stairs(double[] x, double[] y) {
    int n = Math.max(0, 2 * x.length - 1);
    double[][] stairs = new double[2][n];
    for (int i = 0; i < n; i++) {
      stairs[0][i] = x[(i + 1) / 2];
      stairs[1][i] = y[i / 2];
    }
    return stairs;
  }
}
