package org.scorebound.report;

import java.util.List;
import org.scorebound.result.Figure;

/** The straight lines across a figure. */
final class References {

  private References() {}

  /** How the reference with this index is drawn. */
  static Canvas.Stroke stroke(int index) {
    return new Canvas.Stroke(1.6, List.of(1.5 + 2 * index, 3.0));
  }

  /** Draws those of a figure; one outside the frame is not seen. */
  static void draw(Canvas canvas, Figure figure, Frame frame) {
    List<Figure.Reference> references = figure.references().orElse(List.of());
    for (int i = 0; i < references.size(); i++) {
      Figure.Reference r = references.get(i);
      boolean vertical = r.axis() == Figure.Across.X;
      double at = vertical ? frame.px(r.value()) : frame.py(r.value());
      double[] across = {at, at};
      Canvas.Box box = frame.box();
      canvas.line(
          Ink.TEXT,
          stroke(i),
          vertical ? across : new double[] {box.x(), box.right()},
          vertical ? new double[] {box.y(), box.bottom()} : across);
    }
  }
}
