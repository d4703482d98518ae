package org.scorebound.report;

import java.util.List;
import java.util.Locale;

/** Small matters of wording. */
final class Words {

  private Words() {}

  /** {@code logBoundEnd} as {@code log bound end}. */
  static String spaced(String field) {
    return field.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
  }

  static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /** The command line that a shell splits into these words again. */
  static String shell(List<String> words) {
    StringBuilder line = new StringBuilder("./scorebound");
    for (String word : words) {
      line.append(' ')
          .append(
              word.matches("[A-Za-z0-9_@%+=:,./-]+")
                  ? word
                  : "'" + word.replace("'", "'\\''") + "'");
    }
    return line.toString();
  }
}
