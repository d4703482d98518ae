package org.scorebound.report;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/**
 * A plot of lines in panels one below the other, all over one x axis, as SVG. Every panel has its y
 * axis with name and unit and a legend. No scripts and no style outside the file.
 */
public final class LinePlot {

  private static final int WIDTH = 760;
  private static final int LEFT = 78;
  private static final int RIGHT = 20;
  private static final int TOP = 46;
  private static final int PANEL = 210;
  private static final int GAP = 26;
  private static final int BOTTOM = 52;

  /** Colours that are told apart with the common forms of colour blindness (Okabe and Ito). */
  private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#555555");

  /**
   * A line.
   *
   * @param name for the legend
   * @param x as long as y
   * @param y values; those that an axis cannot show are left out
   * @param dashed whether it is drawn dashed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Series(String name, double[] x, double[] y, boolean dashed) {}

  /**
   * A panel.
   *
   * @param yName name and unit of the y axis
   * @param log whether that axis is logarithmic
   */
  public record Panel(String yName, boolean log, List<Series> series) {

    /** Copies the list. */
    public Panel {
      series = List.copyOf(series);
    }
  }

  private LinePlot() {}

  /**
   * The SVG document.
   *
   * @param title above the plot
   * @param xName name and unit of the x axis, which is logarithmic
   */
  public static String svg(String title, String xName, List<Panel> panels) {
    int height = TOP + panels.size() * PANEL + (panels.size() - 1) * GAP + BOTTOM;
    List<double[]> xs = new ArrayList<>();
    panels.forEach(p -> p.series().forEach(s -> xs.add(s.x())));
    Axis x = Axis.around(xName, true, xs);
    StringBuilder text = new StringBuilder();
    Formatter svg = new Formatter(text, Locale.ROOT);
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\n",
        WIDTH, height, WIDTH, height);
    svg.format("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", WIDTH, height);
    svg.format("<text x=\"%d\" y=\"26\" font-size=\"15\">%s</text>\n", LEFT, escape(title));
    for (int p = 0; p < panels.size(); p++) {
      panel(svg, x, panels.get(p), TOP + p * (PANEL + GAP), p == panels.size() - 1);
    }
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
        (LEFT + WIDTH - RIGHT) / 2, height - 14, escape(xName));
    return text.append("</svg>\n").toString();
  }

  private static void panel(Formatter svg, Axis x, Panel panel, int top, boolean last) {
    List<double[]> ys = new ArrayList<>();
    panel.series().forEach(s -> ys.add(s.y()));
    Axis y = Axis.around(panel.yName(), panel.log(), ys);
    int right = WIDTH - RIGHT;
    int bottom = top + PANEL;
    for (double tick : y.ticks()) {
      double at = bottom - PANEL * y.share(tick);
      svg.format("<path d=\"M%d %.1fH%d\" stroke=\"#e3e3e3\"/>\n", LEFT, at, right);
      svg.format(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
          LEFT - 6, at + 4, Axis.label(tick));
    }
    for (double tick : x.ticks()) {
      double at = LEFT + (right - LEFT) * x.share(tick);
      svg.format("<path d=\"M%.1f %dV%d\" stroke=\"#e3e3e3\"/>\n", at, top, bottom);
      if (last) {
        svg.format(
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            at, bottom + 17, Axis.label(tick));
      }
    }
    svg.format(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>\n",
        LEFT, top, right - LEFT, PANEL);
    svg.format(
        "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
        top + PANEL / 2, escape(panel.yName()));
    for (int i = 0; i < panel.series().size(); i++) {
      Series s = panel.series().get(i);
      String colour = COLOURS.get(i % COLOURS.size());
      String dash = s.dashed() ? " stroke-dasharray=\"6 4\"" : "";
      StringBuilder path = new StringBuilder();
      boolean open = false;
      for (int j = 0; j < s.y().length; j++) {
        if (!x.holds(s.x()[j]) || !y.holds(s.y()[j])) {
          open = false;
          continue;
        }
        path.append(
            String.format(
                Locale.ROOT,
                "%s%.1f %.1f",
                open ? "L" : "M",
                LEFT + (right - LEFT) * x.share(s.x()[j]),
                bottom - PANEL * y.share(s.y()[j])));
        open = true;
      }
      svg.format(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s/>\n",
          path, colour, dash);
      legend(svg, s.name(), colour, dash, right, top + 18 + 17 * i);
    }
  }

  private static void legend(
      Formatter svg, String name, String colour, String dash, int right, int y) {
    svg.format(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" stroke=\"#fff\" stroke-width=\"4\""
            + " paint-order=\"stroke\">%s</text>\n",
        right - 44, y + 4, escape(name));
    svg.format(
        "<path d=\"M%d %dH%d\" stroke=\"%s\" stroke-width=\"2\"%s/>\n",
        right - 38, y, right - 10, colour, dash);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
