package org.scorebound.report;

import java.util.List;

/**
 * What a picture is drawn on: an SVG document or an image of pixels. Lengths and positions are in
 * user units, y downwards. A coordinate that is NaN breaks a line and leaves a mark out.
 */
interface Canvas {

  /** Where a text's position lies. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /** A rectangle. */
  record Box(double x, double y, double width, double height) {
    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }
  }

  /**
   * How a line is drawn.
   *
   * @param width its width
   * @param dash lengths of dashes and gaps in turn; empty for a solid line
   */
  record Stroke(double width, List<Double> dash) {

    private static final List<List<Double>> DASHES =
        List.of(List.of(), List.of(7.0, 4.0), List.of(2.0, 3.0), List.of(9.0, 3.0, 2.0, 3.0));

    static Stroke solid(double width) {
      return new Stroke(width, List.of());
    }

    /** The dash of the series with this index. */
    static Stroke of(int index, double width) {
      return new Stroke(width, DASHES.get(index % DASHES.size()));
    }
  }

  /** A polyline. */
  void line(Ink ink, Stroke stroke, double[] x, double[] y);

  /** A filled polygon. */
  void area(Ink ink, double opacity, double[] x, double[] y);

  /** A filled rectangle. */
  void fill(Ink ink, double opacity, Box box);

  /** The outline of a rectangle. */
  void outline(Ink ink, double width, Box box);

  /** Filled rectangles of one fixed colour, {@code 0xrrggbb}. */
  void cells(int rgb, List<Box> boxes);

  /** Marks of about this diameter. */
  void marks(Ink ink, Marker marker, double size, double[] x, double[] y);

  /** A text whose base line starts, or is centred, or ends at a place. */
  void text(Ink ink, double size, Anchor anchor, double x, double y, String text);

  /** A text that runs upwards, centred at a place. */
  void upwards(Ink ink, double size, double x, double y, String text);

  /** What {@code content} draws is cut off at the box. */
  void clipped(Box box, Runnable content);
}
