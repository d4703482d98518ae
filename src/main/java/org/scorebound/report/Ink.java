package org.scorebound.report;

import java.util.List;

/**
 * A colour by its part in a picture. A page gives each a value for light and for dark; a file of
 * its own has the light one.
 *
 * @param variable name of the page's custom property, without the dashes
 * @param light red, green and blue as {@code #rrggbb}
 */
record Ink(String variable, String light) {

  static final Ink TEXT = new Ink("ink", "#1a1a1a");
  static final Ink MUTED = new Ink("muted", "#555555");
  static final Ink GRID = new Ink("grid", "#e3e3e3");
  static final Ink FRAME = new Ink("frame", "#888888");
  static final Ink PAPER = new Ink("paper", "#ffffff");

  /**
   * The palette of Okabe and Ito (jfly.uni-koeln.de/color), which is told apart with the common
   * forms of colour blindness, without its yellow, and with the two light ones last and darkened:
   * on white all have a contrast of 3:1 or more, as WCAG 2.2 asks of graphics (1.4.11).
   */
  private static final List<String> SERIES =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#222222", "#9a6a00", "#2f87bd", "#777777");

  /** The colour of the series with this index; they repeat after eight. */
  static Ink series(int index) {
    int i = index % SERIES.size();
    return new Ink("s" + i, SERIES.get(i));
  }
}
