package org.scorebound.bench;

/**
 * What one fork does.
 *
 * @param warmupMillis length of the iteration that is not counted; the compiler has done the
 *     kernels of a network after about a second, and until then they allocate
 * @param iterations iterations that are counted
 * @param millis length of each of them
 */
public record ForkPlan(int warmupMillis, int iterations, int millis) {

  /** Enough for the table of the figures in a few minutes. */
  public static final ForkPlan QUICK = new ForkPlan(1300, 2, 150);

  /** For a reference run. */
  public static final ForkPlan FULL = new ForkPlan(1500, 3, 300);

  /** Checks the numbers. */
  public ForkPlan {
    if (warmupMillis < 1 || iterations < 1 || millis < 1) {
      throw new IllegalArgumentException(
          "plan must have warmupMillis >= 1, iterations >= 1, millis >= 1, got "
              + warmupMillis
              + ", "
              + iterations
              + ", "
              + millis);
    }
  }
}
