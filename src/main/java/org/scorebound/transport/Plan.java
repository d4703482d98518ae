package org.scorebound.transport;

/**
 * A coupling of two clouds as a list of transports.
 *
 * @param from points of the first cloud
 * @param to points of the second
 * @param mass the mass that goes from one to the other; sums to 1
 */
@SuppressWarnings("ArrayRecordComponent")
public record Plan(int[] from, int[] to, double[] mass) {

  /** Number of transports. */
  public int size() {
    return from.length;
  }

  /** Whether each point goes to exactly one other, all with the same mass. */
  public boolean isMatching() {
    int n = from.length;
    for (int k = 0; k < n; k++) {
      if (mass[k] != mass[0]) {
        return false;
      }
    }
    return distinct(from) && distinct(to);
  }

  private static boolean distinct(int[] index) {
    boolean[] seen = new boolean[index.length];
    for (int i : index) {
      if (i >= seen.length || seen[i]) {
        return false;
      }
      seen[i] = true;
    }
    return true;
  }
}
