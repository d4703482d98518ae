package org.scorebound.io;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The known name nearest to a mistyped one, by optimal string alignment distance: the least number
 * of insertions, deletions, substitutions and swaps of neighbours that turns one word into the
 * other, no substring being edited twice (Damerau 1964, doi:10.1145/363958.363994). Case is
 * ignored. Cost: O(|a| |b|) per pair.
 */
public final class Nearest {

  private Nearest() {}

  /**
   * The nearest of the known names; of several equally near, the first in iteration order.
   *
   * @return empty only if nothing is known
   */
  public static Optional<String> to(String word, Collection<String> known) {
    String best = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The clause {@code " (nearest: 'name')"} for an error message; empty if nothing is known. */
  public static String clause(String word, Collection<String> known) {
    return to(word, known).map(name -> " (nearest: '" + name + "')").orElse("");
  }

  /** The nearest {@code count} known names, nearest first; equally near ones in their order. */
  public static List<String> several(String word, Collection<String> known, int count) {
    return known.stream()
        .sorted(Comparator.comparingInt(name -> distance(word, name)))
        .limit(count)
        .toList();
  }

  /** Optimal string alignment distance of two words, ignoring case. */
  static int distance(String a, String b) {
    String s = a.toLowerCase(Locale.ROOT);
    String t = b.toLowerCase(Locale.ROOT);
    int[] beforeLast = new int[t.length() + 1];
    int[] last = new int[t.length() + 1];
    Arrays.setAll(last, j -> j);
    for (int i = 1; i <= s.length(); i++) {
      int[] row = new int[t.length() + 1];
      row[0] = i;
      for (int j = 1; j <= t.length(); j++) {
        int substitution = last[j - 1] + (s.charAt(i - 1) == t.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && s.charAt(i - 1) == t.charAt(j - 2)
            && s.charAt(i - 2) == t.charAt(j - 1)) {
          row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[t.length()];
  }
}
