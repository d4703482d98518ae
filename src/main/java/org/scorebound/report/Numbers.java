package org.scorebound.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people, never localised. */
final class Numbers {

  private Numbers() {}

  /** At most {@code digits} significant digits, without zeros at the end. */
  static String significant(double v, int digits) {
    if (v == 0) {
      return "0";
    }
    double a = Math.abs(v);
    if (a >= 1e6 || a < 1e-4) {
      String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", v);
      int e = text.indexOf('e');
      return trimmed(text.substring(0, e)) + "e" + Integer.parseInt(text.substring(e + 1));
    }
    int decimals = (int) Math.max(0, digits - 1 - Math.floor(Math.log10(a)));
    return trimmed(String.format(Locale.ROOT, "%." + decimals + "f", v));
  }

  private static String trimmed(String text) {
    return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
  }

  /** A cell of a table. */
  static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Long || value instanceof Integer) {
      return value.toString();
    }
    return value instanceof Number n ? significant(n.doubleValue(), 5) : value.toString();
  }
}
