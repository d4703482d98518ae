package org.scorebound.report;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import javax.imageio.ImageIO;
import org.scorebound.io.InputException;

/** A canvas of pixels, drawn by Java 2D without a display. Needs a font on the machine. */
final class RasterCanvas implements Canvas {

  private final BufferedImage image;
  private final Graphics2D pen;
  private final Font font;

  /**
   * A white canvas.
   *
   * @param width in user units
   * @param height in user units
   * @param scale pixels per user unit
   * @throws InputException if the machine has no font
   */
  RasterCanvas(double width, double height, double scale) {
    System.setProperty("java.awt.headless", "true");
    try {
      font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
      image =
          new BufferedImage(
              (int) Math.ceil(width * scale),
              (int) Math.ceil(height * scale),
              BufferedImage.TYPE_INT_RGB);
      pen = image.createGraphics();
      pen.setFont(font);
      pen.getFontMetrics();
    } catch (RuntimeException | LinkageError e) {
      throw new InputException(
          "PNG needs a font and found none (on Debian: apt-get install fontconfig"
              + " fonts-dejavu-core); SVG needs none",
          e);
    }
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    pen.scale(scale, scale);
    fill(Ink.PAPER, 1, new Box(0, 0, width, height));
  }

  /** Writes the picture as PNG. */
  void write(OutputStream out) throws IOException {
    ImageIO.write(image, "png", out);
  }

  private void ink(Ink ink) {
    pen.setColor(Color.decode(ink.light()));
  }

  private void stroke(Stroke stroke) {
    float[] dash = new float[stroke.dash().size()];
    for (int i = 0; i < dash.length; i++) {
      dash[i] = stroke.dash().get(i).floatValue();
    }
    pen.setStroke(
        new BasicStroke(
            (float) stroke.width(),
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10,
            dash.length == 0 ? null : dash,
            0));
  }

  private static Path2D path(double[] x, double[] y) {
    Path2D path = new Path2D.Double();
    boolean open = false;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
        open = false;
      } else if (open) {
        path.lineTo(x[i], y[i]);
      } else {
        path.moveTo(x[i], y[i]);
        open = true;
      }
    }
    return path;
  }

  @Override
  public void line(Ink ink, Stroke stroke, double[] x, double[] y) {
    ink(ink);
    stroke(stroke);
    pen.draw(path(x, y));
  }

  private void filled(double opacity, Shape shape) {
    Composite before = pen.getComposite();
    pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    pen.fill(shape);
    pen.setComposite(before);
  }

  @Override
  public void area(Ink ink, double opacity, double[] x, double[] y) {
    ink(ink);
    Path2D path = path(x, y);
    path.closePath();
    filled(opacity, path);
  }

  private static Rectangle2D rectangle(Box box) {
    return new Rectangle2D.Double(box.x(), box.y(), box.width(), box.height());
  }

  @Override
  public void fill(Ink ink, double opacity, Box box) {
    ink(ink);
    filled(opacity, rectangle(box));
  }

  @Override
  public void outline(Ink ink, double width, Box box) {
    ink(ink);
    stroke(Stroke.solid(width));
    pen.draw(rectangle(box));
  }

  @Override
  public void cells(int rgb, List<Box> boxes) {
    pen.setColor(new Color(rgb));
    Object before = pen.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    boxes.forEach(box -> pen.fill(rectangle(box)));
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
  }

  @Override
  public void marks(Ink ink, Marker marker, double size, double[] x, double[] y) {
    ink(ink);
    stroke(Stroke.solid(1.4));
    double h = size / 2;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(x[i]) || Double.isNaN(y[i])) {
        continue;
      }
      double u = x[i];
      double v = y[i];
      switch (marker) {
        case CIRCLE -> filled(0.75, new Ellipse2D.Double(u - h, v - h, size, size));
        case SQUARE -> filled(0.75, new Rectangle2D.Double(u - h, v - h, size, size));
        case TRIANGLE ->
            filled(0.75, polygon(u - h, v + 0.4 * size, u + h, v + 0.4 * size, u, v - 0.6 * size));
        case DIAMOND -> filled(0.75, polygon(u - h, v, u, v - h, u + h, v, u, v + h));
        case CROSS -> {
          segment(u - h, v - h, u + h, v + h);
          segment(u - h, v + h, u + h, v - h);
        }
        case PLUS -> {
          segment(u - h, v, u + h, v);
          segment(u, v - h, u, v + h);
        }
      }
    }
  }

  private void segment(double x1, double y1, double x2, double y2) {
    pen.draw(path(new double[] {x1, x2}, new double[] {y1, y2}));
  }

  private static Path2D polygon(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    path.closePath();
    return path;
  }

  @Override
  public void text(Ink ink, double size, Anchor anchor, double x, double y, String text) {
    ink(ink);
    pen.setFont(font.deriveFont((float) size));
    FontMetrics metrics = pen.getFontMetrics();
    double width = metrics.getStringBounds(text, pen).getWidth();
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    pen.drawString(text, (float) left, (float) y);
  }

  @Override
  public void upwards(Ink ink, double size, double x, double y, String text) {
    AffineTransform before = pen.getTransform();
    pen.translate(x, y);
    pen.rotate(-Math.PI / 2);
    text(ink, size, Anchor.MIDDLE, 0, 0, text);
    pen.setTransform(before);
  }

  @Override
  public void clipped(Box box, Runnable content) {
    Shape before = pen.getClip();
    pen.clip(rectangle(box));
    content.run();
    pen.setClip(before);
  }
}
