package org.scorebound.result;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks that the parts of figures and tables share. */
final class Values {

  private Values() {}

  /** Numbers as result documents hold them: NaN, a number that does not exist, is {@code null}. */
  static List<@Nullable Double> of(double[] numbers) {
    List<@Nullable Double> list = new ArrayList<>(numbers.length);
    for (double x : numbers) {
      list.add(Double.isNaN(x) ? null : Double.valueOf(x));
    }
    return list;
  }

  /** A copy whose elements are finite or {@code null}. */
  static List<@Nullable Double> checked(String name, List<? extends @Nullable Double> numbers) {
    List<@Nullable Double> copy = new ArrayList<>(numbers.size());
    for (Double x : numbers) {
      if (x != null && !Double.isFinite(x)) {
        throw new IllegalArgumentException(
            name + "[" + copy.size() + "] must be finite or null, got " + x);
      }
      copy.add(x);
    }
    return Collections.unmodifiableList(copy);
  }

  static void sameLength(String name, int length, String as, int expected) {
    if (length != expected) {
      throw new IllegalArgumentException(
          name + " must be as long as " + as + ", " + expected + ", got " + length);
    }
  }

  /** Checks an identifier: it is part of file names, links and commands. */
  static void identifier(String id) {
    if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "id must be lower-case letters and digits in groups joined by '-', got '" + id + "'");
    }
  }

  static void title(String title) {
    if (title.isBlank()) {
      throw new IllegalArgumentException("title must not be blank");
    }
  }

  /** The spelling of an enum constant in result documents. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
