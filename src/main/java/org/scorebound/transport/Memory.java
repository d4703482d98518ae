package org.scorebound.transport;

import java.util.Locale;

/** Whether a cost matrix fits. */
final class Memory {

  /** The longest array of a JVM. */
  private static final long LONGEST = Integer.MAX_VALUE - 8L;

  private Memory() {}

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  static boolean allows(long entries) {
    return entries <= LONGEST && 8 * entries < free() - free() / 8;
  }

  /** Refuses a matrix that does not fit, saying what it needs and what would work. */
  static void require(long entries, String method, String instead) {
    if (!allows(entries)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "method %s needs %d MB for its %d costs (at most %d), got %d MB of free heap; use %s"
                  + " or a larger -Xmx",
              method,
              (8 * entries) >> 20,
              entries,
              LONGEST,
              free() >> 20,
              instead));
    }
  }
}
