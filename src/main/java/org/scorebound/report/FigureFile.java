package org.scorebound.report;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.InputException;
import org.scorebound.result.Figure;

/** One figure in a file of its own. */
public final class FigureFile {

  /** Usual width, in units of which the text is 13 high. */
  public static final double WIDTH = Plot.FILE_WIDTH;

  private FigureFile() {}

  /**
   * Draws a figure as the file's ending says.
   *
   * @param target {@code .svg} or {@code .png}
   * @param width in units of which the text is 13 high
   * @param scale pixels of a PNG for each of them
   * @throws InputException for any other ending, before anything is drawn
   */
  public static void write(Figure figure, Path target, double width, double scale) {
    String name = target.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".svg")) {
      byte[] svg = Plot.svg(figure, width).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(target, out -> out.write(svg));
    } else if (name.endsWith(".png")) {
      AtomicFile.write(target, out -> Plot.png(figure, width, scale, out));
    } else {
      throw new InputException(target + ": a picture's name must end in .svg or .png");
    }
  }
}
