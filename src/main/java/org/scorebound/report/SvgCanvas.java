package org.scorebound.report;

import java.util.List;
import java.util.Locale;

/**
 * A canvas that writes SVG 1.1 without scripts and without style sheets. Numbers have one decimal:
 * a tenth of a user unit is not seen.
 */
final class SvgCanvas implements Canvas {

  private final StringBuilder svg = new StringBuilder();
  private final boolean themed;
  private final String clipPrefix;
  private int clips;

  /**
   * An empty canvas.
   *
   * @param themed whether colours are custom properties of the page around the picture
   * @param clipPrefix start of the ids in the picture, unique in the page
   */
  SvgCanvas(boolean themed, String clipPrefix) {
    this.themed = themed;
    this.clipPrefix = clipPrefix;
  }

  /** The elements drawn so far. */
  String elements() {
    return svg.toString();
  }

  /**
   * A document of its own with a white ground.
   *
   * @param title what it shows, in a few words
   * @param description the same in sentences, for those who do not see it
   */
  String document(double width, double height, String title, String description) {
    String size = number(width) + " " + number(height);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "
        + size
        + "\" width=\""
        + number(width)
        + "\" height=\""
        + number(height)
        + "\" font-family=\"sans-serif\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">"
        + Markup.escape(title)
        + "</title>\n<desc id=\"desc\">"
        + Markup.escape(description)
        + "</desc>\n<rect width=\""
        + number(width)
        + "\" height=\""
        + number(height)
        + "\" fill=\""
        + Ink.PAPER.light()
        + "\"/>\n"
        + svg
        + "</svg>\n";
  }

  /** A number with at most one decimal. */
  static String number(double v) {
    String text = String.format(Locale.ROOT, "%.1f", v);
    String whole = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    return whole.equals("-0") ? "0" : whole;
  }

  private String paint(String property, Ink ink) {
    return themed
        ? " style=\"" + property + ":var(--" + ink.variable() + ")\""
        : " " + property + "=\"" + ink.light() + "\"";
  }

  @Override
  public void line(Ink ink, Stroke stroke, double[] x, double[] y) {
    String path = path(x, y);
    if (path.isEmpty()) {
      return;
    }
    svg.append("<path d=\"")
        .append(path)
        .append("\" fill=\"none\"")
        .append(paint("stroke", ink))
        .append(" stroke-width=\"")
        .append(number(stroke.width()))
        .append('"');
    if (!stroke.dash().isEmpty()) {
      svg.append(" stroke-dasharray=\"");
      for (int i = 0; i < stroke.dash().size(); i++) {
        svg.append(i == 0 ? "" : " ").append(number(stroke.dash().get(i)));
      }
      svg.append('"');
    }
    svg.append(" stroke-linejoin=\"round\"/>\n");
  }

  /** The line's commands; points that fall on the one before are left out. */
  private static String path(double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    boolean open = false;
    String last = "";
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
        open = false;
        continue;
      }
      String point = number(x[i]) + " " + number(y[i]);
      if (!open || !point.equals(last)) {
        path.append(open ? 'L' : 'M').append(point);
      }
      last = point;
      open = true;
    }
    return path.toString();
  }

  @Override
  public void area(Ink ink, double opacity, double[] x, double[] y) {
    svg.append("<path d=\"")
        .append(path(x, y))
        .append("Z\"")
        .append(paint("fill", ink))
        .append(opacity(opacity))
        .append("/>\n");
  }

  private static String opacity(double opacity) {
    return opacity == 1 ? "" : String.format(Locale.ROOT, " fill-opacity=\"%.2f\"", opacity);
  }

  @Override
  public void fill(Ink ink, double opacity, Box box) {
    svg.append("<rect")
        .append(place(box))
        .append(paint("fill", ink))
        .append(opacity(opacity))
        .append("/>\n");
  }

  @Override
  public void outline(Ink ink, double width, Box box) {
    svg.append("<rect")
        .append(place(box))
        .append(" fill=\"none\"")
        .append(paint("stroke", ink))
        .append(" stroke-width=\"")
        .append(number(width))
        .append("\"/>\n");
  }

  private static String place(Box box) {
    return " x=\""
        + number(box.x())
        + "\" y=\""
        + number(box.y())
        + "\" width=\""
        + number(box.width())
        + "\" height=\""
        + number(box.height())
        + "\"";
  }

  @Override
  public void cells(int rgb, List<Box> boxes) {
    svg.append("<path shape-rendering=\"crispEdges\" fill=\"")
        .append(String.format(Locale.ROOT, "#%06x", rgb))
        .append("\" d=\"");
    for (Box b : boxes) {
      svg.append('M')
          .append(number(b.x()))
          .append(' ')
          .append(number(b.y()))
          .append('h')
          .append(number(b.width()))
          .append('v')
          .append(number(b.height()))
          .append('h')
          .append(number(-b.width()))
          .append('z');
    }
    svg.append("\"/>\n");
  }

  @Override
  public void marks(Ink ink, Marker marker, double size, double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    String shape = shape(marker, size);
    double dx = marker == Marker.CIRCLE ? 0 : -size / 2;
    double dy = marker == Marker.CIRCLE ? 0 : startHeight(marker) * size;
    for (int i = 0; i < x.length; i++) {
      if (!Double.isNaN(x[i]) && !Double.isNaN(y[i])) {
        path.append('M')
            .append(number(x[i] + dx))
            .append(' ')
            .append(number(y[i] + dy))
            .append(shape);
      }
    }
    if (path.isEmpty()) {
      return;
    }
    svg.append("<path d=\"").append(path).append('"');
    switch (marker) {
      case CIRCLE ->
          // A line of no length with round ends is a disc, in a third of the text.
          svg.append(" fill=\"none\"")
              .append(paint("stroke", ink))
              .append(" stroke-linecap=\"round\" stroke-opacity=\"0.75\" stroke-width=\"")
              .append(number(size))
              .append('"');
      case CROSS, PLUS ->
          svg.append(" fill=\"none\"").append(paint("stroke", ink)).append(" stroke-width=\"1.4\"");
      default -> svg.append(paint("fill", ink)).append(" fill-opacity=\"0.75\"");
    }
    svg.append("/>\n");
  }

  /** Height of the shape's first point over its centre, in sizes, downwards. */
  private static double startHeight(Marker marker) {
    return switch (marker) {
      case TRIANGLE -> 0.4;
      case DIAMOND, PLUS -> 0;
      default -> -0.5;
    };
  }

  private static String shape(Marker marker, double size) {
    String s = number(size);
    String h = number(size / 2);
    return switch (marker) {
      case CIRCLE -> "h0";
      case SQUARE -> "h" + s + "v" + s + "h-" + s + "z";
      case TRIANGLE -> "h" + s + "l-" + h + "-" + s + "z";
      case DIAMOND -> "l" + h + "-" + h + "l" + h + " " + h + "l-" + h + " " + h + "z";
      case CROSS -> "l" + s + " " + s + "m-" + s + " 0l" + s + "-" + s;
      case PLUS -> "h" + s + "m-" + h + "-" + h + "v" + s;
    };
  }

  @Override
  public void text(Ink ink, double size, Anchor anchor, double x, double y, String text) {
    svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y)).append('"');
    end(ink, size, anchor, text);
  }

  @Override
  public void upwards(Ink ink, double size, double x, double y, String text) {
    svg.append("<text transform=\"translate(")
        .append(number(x))
        .append(' ')
        .append(number(y))
        .append(") rotate(-90)\"");
    end(ink, size, Anchor.MIDDLE, text);
  }

  private void end(Ink ink, double size, Anchor anchor, String text) {
    if (anchor != Anchor.START) {
      svg.append(" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT)).append('"');
    }
    svg.append(" font-size=\"")
        .append(number(size))
        .append('"')
        .append(paint("fill", ink))
        .append('>')
        .append(Markup.escape(text))
        .append("</text>\n");
  }

  @Override
  public void clipped(Box box, Runnable content) {
    String id = clipPrefix + clips++;
    svg.append("<clipPath id=\"")
        .append(id)
        .append("\"><rect")
        .append(place(box))
        .append("/></clipPath>\n<g clip-path=\"url(#")
        .append(id)
        .append(")\">\n");
    content.run();
    svg.append("</g>\n");
  }
}
