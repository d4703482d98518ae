package org.scorebound.report;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * Groups of points over two logarithmic axes, as SVG, with a horizontal line that they are judged
 * by. Points above the top are drawn on it as triangles, and counted in the legend. No scripts and
 * no style outside the file.
 */
public final class ScatterPlot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 430;
  private static final int LEFT = 78;
  private static final int RIGHT = 196;
  private static final int TOP = 46;
  private static final int BOTTOM = 52;
  private static final double RADIUS = 2.4;

  /** Okabe and Ito's palette, black last; told apart with the common forms of colour blindness. */
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#8a7a00", "#555555");

  /**
   * A group of points.
   *
   * @param name for the legend
   * @param x as long as y
   * @param y values; those that an axis cannot show are left out
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Group(String name, double[] x, double[] y) {}

  private ScatterPlot() {}

  /**
   * The SVG document.
   *
   * @param title above the plot
   * @param xName name and unit of the x axis
   * @param yName name and unit of the y axis
   * @param line where the horizontal line is, above 0
   * @param lineName what it means
   * @param top largest y that is drawn in its place
   */
  public static String svg(
      String title,
      String xName,
      String yName,
      double line,
      String lineName,
      double top,
      List<Group> groups) {
    Axis x = Axis.around(xName, true, groups.stream().map(Group::x).toList());
    double lowest = line;
    for (Group g : groups) {
      for (double v : g.y()) {
        lowest = v > 0 ? Math.min(lowest, v) : lowest;
      }
    }
    Axis y = new Axis(yName, true, lowest / 1.5, top * 1.15);
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    StringBuilder text = new StringBuilder();
    Formatter svg = new Formatter(text, Locale.ROOT);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    svg.format("<title>%s</title>\n", LinePlot.escape(title));
    svg.format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, HEIGHT);
    svg.format(
        "<text x=\"%d\" y=\"26\" font-size=\"15\">%s</text>\n", LEFT, LinePlot.escape(title));
    for (double tick : y.ticks()) {
      double at = bottom - (bottom - TOP) * y.share(tick);
      svg.format("<path d=\"M%d %.1fH%d\" stroke=\"#e3e3e3\"/>\n", LEFT, at, right);
      svg.format(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT - 6, at + 4, Axis.label(tick));
    }
    for (double tick : x.ticks()) {
      double at = LEFT + (right - LEFT) * x.share(tick);
      svg.format("<path d=\"M%.1f %dV%d\" stroke=\"#e3e3e3\"/>\n", at, TOP, bottom);
      svg.format(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
          at, bottom + 17, Axis.label(tick));
    }
    for (int i = 0; i < groups.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      int above = points(svg, groups.get(i), colour, x, y, top);
      legend(svg, groups.get(i), above, colour, right + 16, TOP + 12 + 34 * i);
    }
    double at = bottom - (bottom - TOP) * y.share(line);
    svg.format("<path d=\"M%d %.1fH%d\" stroke=\"#000\" stroke-width=\"1.5\"/>\n", LEFT, at, right);
    svg.format(
        "<text x=\"%d\" y=\"%.1f\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">"
            + "%s</text>\n",
        LEFT + 8, at + 15, LinePlot.escape(lineName));
    svg.format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>\n",
        LEFT, TOP, right - LEFT, bottom - TOP);
    svg.format(
        "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
        (TOP + bottom) / 2, LinePlot.escape(yName));
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + right) / 2, HEIGHT - 14, LinePlot.escape(xName));
    return text.append("</svg>\n").toString();
  }

  /** Draws a group; returns how many lie above the top. */
  private static int points(Formatter svg, Group group, String colour, Axis x, Axis y, double top) {
    int right = WIDTH - RIGHT;
    int bottom = HEIGHT - BOTTOM;
    int above = 0;
    svg.format("<g fill=\"%s\" fill-opacity=\"0.65\">\n", colour);
    for (int j = 0; j < group.y().length; j++) {
      double value = group.y()[j];
      if (!x.holds(group.x()[j]) || !(value > 0)) {
        continue;
      }
      double px = LEFT + (right - LEFT) * x.share(group.x()[j]);
      if (value > top) {
        above++;
        svg.format("<path d=\"M%.1f %dl-3 6h6z\"/>\n", px, TOP);
      } else {
        svg.format(
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>\n",
            px, bottom - (bottom - TOP) * y.share(value), RADIUS);
      }
    }
    svg.format("</g>\n");
    return above;
  }

  private static void legend(
      Formatter svg, Group group, int above, String colour, int left, int y) {
    svg.format("<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>\n", left, y, colour);
    svg.format(
        "<text x=\"%d\" y=\"%d\">%s</text>\n", left + 12, y + 4, LinePlot.escape(group.name()));
    if (above > 0) {
      svg.format(
          "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#666\">%d above the top</text>\n",
          left + 12, y + 18, above);
    }
  }
}
