package org.scorebound.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of a result document by their paths; what is absent or of another kind is null. */
final class Plain {

  private Plain() {}

  /** The value at the end of the path. */
  static @Nullable Object at(@Nullable Object value, String... path) {
    Object found = value;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return found;
  }

  static @Nullable Double number(@Nullable Object value, String... path) {
    return at(value, path) instanceof Number n ? Double.valueOf(n.doubleValue()) : null;
  }

  static long count(@Nullable Object value, String... path) {
    return at(value, path) instanceof Number n ? n.longValue() : 0;
  }

  static String text(@Nullable Object value, String... path) {
    return at(value, path) instanceof String s ? s : "";
  }

  static boolean yes(@Nullable Object value, String... path) {
    return Boolean.TRUE.equals(at(value, path));
  }

  static List<?> list(@Nullable Object value, String... path) {
    return at(value, path) instanceof List<?> list ? list : List.of();
  }
}
