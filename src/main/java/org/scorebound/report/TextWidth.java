package org.scorebound.report;

/**
 * Widths of texts in a sans-serif font, from the usual advance widths of a few classes of letters.
 * An estimate, a little on the wide side, so that what is laid out with it does not touch.
 */
final class TextWidth {

  private TextWidth() {}

  /** The width of a text in the unit of the font's size. */
  static double of(String text, double size) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += of(text.charAt(i));
    }
    return width * size;
  }

  private static double of(char c) {
    if ("iljI.,:;'|!".indexOf(c) >= 0) {
      return 0.3;
    }
    if ("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ ftr()[]/-".indexOf(c) >= 0) {
      return 0.38;
    }
    if ("mwMW@%".indexOf(c) >= 0) {
      return 0.92;
    }
    return Character.isUpperCase(c) ? 0.7 : 0.6;
  }

  /** The text, or as much of its start as fits, with an ellipsis. */
  static String fit(String text, double size, double room) {
    if (of(text, size) <= room) {
      return text;
    }
    int end = text.length();
    while (end > 0 && of(text.substring(0, end) + "…", size) > room) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "…";
  }

  /** The text, or as much of its two ends as fits: names often differ at the end only. */
  static String fitEnds(String text, double size, double room) {
    String fitted = text;
    for (int left = text.length() - 1; left > 1 && of(fitted, size) > room; left--) {
      fitted =
          text.substring(0, left / 2) + "…" + text.substring(text.length() - (left - left / 2));
    }
    return fitted;
  }
}
