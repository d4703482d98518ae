package org.scorebound.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.scorebound.result.Figure;

/**
 * A figure laid out at a width: draws itself on any canvas.
 *
 * <p>The parts from top to bottom: title (only where {@code titled}), frame, axis, legend.
 */
abstract class Plot {

  /** Width of a plot in a page, in user units: a telephone's, so that its text stays legible. */
  static final double PAGE_WIDTH = 480;

  /** Width of a plot in a file of its own. */
  static final double FILE_WIDTH = 760;

  private static final double FRAME_SHARE = 0.56;

  final Figure figure;
  final double width;
  final Legend legend;
  private final boolean titled;

  Plot(Figure figure, double width, boolean titled) {
    this.figure = figure;
    this.width = width;
    this.titled = titled;
    this.legend = new Legend(figure, 12, width - 8);
  }

  /** The plot of a figure. */
  static Plot of(Figure figure, double width, boolean titled) {
    return switch (figure.kind()) {
      case XY -> new XyPlot(figure, width, titled);
      case HEAT -> new HeatPlot(figure, width, titled);
      case BARS -> new BarPlot(figure, width, titled);
    };
  }

  /** Where values are drawn. */
  abstract Frame frame();

  /** Draws what is inside of the frame, and the labels around it. */
  abstract void content(Canvas canvas);

  /** Height of the frame; what a plot shows may ask for more. */
  double frameHeight() {
    return Math.rint(FRAME_SHARE * width);
  }

  /** Height of what a plot draws between axis and legend. */
  double extra() {
    return 0;
  }

  final double top() {
    return titled ? 40 : 10;
  }

  final double height() {
    return top() + frameHeight() + Frame.below() + extra() + legend.height() + 4;
  }

  final Canvas.Box box(double left, double right) {
    return new Canvas.Box(left, top(), width - left - right, frameHeight());
  }

  /** Draws everything. */
  final void draw(Canvas canvas) {
    if (titled) {
      canvas.text(
          Ink.TEXT, 16, Canvas.Anchor.START, 12, 25, TextWidth.fit(figure.title(), 16, width - 20));
    }
    content(canvas);
    legend.draw(canvas, top() + frameHeight() + Frame.below() + extra());
  }

  /** The figure as an SVG document of its own. */
  static String svg(Figure figure, double width) {
    Plot plot = of(figure, width, true);
    SvgCanvas canvas = new SvgCanvas(false, "c");
    plot.draw(canvas);
    return canvas.document(plot.width, plot.height(), figure.title(), Description.of(figure));
  }

  /** Writes the figure as PNG with this many pixels per user unit. */
  static void png(Figure figure, double width, double scale, OutputStream out) throws IOException {
    Plot plot = of(figure, width, true);
    RasterCanvas canvas = new RasterCanvas(plot.width, plot.height(), scale);
    plot.draw(canvas);
    canvas.write(out);
  }

  /** What a page's script needs to find values under the pointer. */
  final List<Object> mapping() {
    Frame f = frame();
    return List.of(
        f.box().x(),
        f.box().y(),
        f.box().width(),
        f.box().height(),
        f.x().lo(),
        f.x().hi(),
        f.x().log(),
        f.y().lo(),
        f.y().hi(),
        f.y().log());
  }
}
