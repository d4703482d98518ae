package org.scorebound.regress.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down procedure (1979, Scandinavian Journal of Statistics 6, 65-70): with p values in
 * increasing order the j-th of m, counted from 0, is tested at {@code alpha/(m-j)}, up to the first
 * that fails. The probability of any false rejection is at most alpha whatever the dependence.
 *
 * @param adjusted p values; a hypothesis is rejected at alpha exactly if its one is at most alpha
 * @param divisors what alpha is divided by for each hypothesis: {@code m-j} for those that are
 *     rejected and for the first that is not, the same as that one's for all after it. A bound at
 *     level {@code 1 - alpha/divisor} excludes 0 exactly if the hypothesis is rejected.
 */
public record Holm(double[] adjusted, int[] divisors) {

  /** Adjusts p values for the level {@code alpha}. */
  public static Holm of(double[] p, double alpha) {
    int m = p.length;
    int[] order =
        IntStream.range(0, m)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[m];
    int[] divisors = new int[m];
    double largest = 0;
    int stopped = 0;
    for (int j = 0; j < m; j++) {
      largest = Math.max(largest, Math.min(1, (m - j) * p[order[j]]));
      adjusted[order[j]] = largest;
      divisors[order[j]] = stopped > 0 ? stopped : m - j;
      if (stopped == 0 && p[order[j]] > alpha / (m - j)) {
        stopped = m - j;
      }
    }
    return new Holm(adjusted, divisors);
  }
}
