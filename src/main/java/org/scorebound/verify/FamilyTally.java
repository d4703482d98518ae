package org.scorebound.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Counts verdicts family by family, in whatever order the outcomes come: the summaries are those of
 * the outcomes in the order of ids. Keeps one double per HOLDS, for the medians.
 */
public final class FamilyTally {

  private final Map<String, Tally> families = new HashMap<>();

  /** Counts of one family. */
  private static final class Tally {
    int first = Integer.MAX_VALUE;
    int count;
    int vacuous;
    final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    double[] ratios = new double[16];
    int held;
    final Map<String, Reason> reasons = new HashMap<>();

    void ratio(double ratio) {
      if (held == ratios.length) {
        ratios = Arrays.copyOf(ratios, 2 * held);
      }
      ratios[held++] = ratio;
    }

    void add(Tally other) {
      first = Math.min(first, other.first);
      count += other.count;
      vacuous += other.vacuous;
      other.verdicts.forEach((verdict, n) -> verdicts.merge(verdict, n, Integer::sum));
      int total = held + other.held;
      ratios = Arrays.copyOf(ratios, Math.max(total, ratios.length));
      System.arraycopy(other.ratios, 0, ratios, held, other.held);
      held = total;
      other.reasons.forEach((why, reason) -> reasons.merge(why, reason, Reason::plus));
    }
  }

  /**
   * Why some are undecided.
   *
   * @param first smallest id
   * @param count how many
   */
  private record Reason(int first, int count) {
    Reason plus(Reason other) {
      return new Reason(Math.min(first, other.first), count + other.count);
    }
  }

  /** Counts one outcome, each id once. */
  public void add(Campaign.Entry entry) {
    BoundCheck check = entry.outcome().theorem();
    add(
        entry.id(),
        entry.family(),
        check.verdict(),
        check.vacuous(),
        check.reason(),
        check.ratio());
  }

  /**
   * Counts one outcome, each id once.
   *
   * @param id the configuration
   * @param family its family
   * @param verdict the theorem's verdict
   * @param vacuous whether it holds by more than {@link BoundCheck#VACUOUS}
   * @param reason why it is undecided
   * @param ratio bound/W2; NaN where there is none
   */
  public void add(
      int id, String family, Verdict verdict, boolean vacuous, String reason, double ratio) {
    Tally tally = families.computeIfAbsent(family, name -> new Tally());
    tally.first = Math.min(tally.first, id);
    tally.count++;
    tally.verdicts.merge(verdict, 1, Integer::sum);
    tally.vacuous += vacuous ? 1 : 0;
    if (verdict == Verdict.HOLDS && !Double.isNaN(ratio)) {
      tally.ratio(ratio);
    }
    if (verdict == Verdict.INCONCLUSIVE) {
      tally.reasons.merge(reason, new Reason(id, 1), Reason::plus);
    }
  }

  /** One summary a family, in order of first appearance, and one of all together at the end. */
  public List<FamilySummary> summaries() {
    List<FamilySummary> summaries = new ArrayList<>();
    Tally all = new Tally();
    families.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> e.getValue().first))
        .forEach(
            e -> {
              summaries.add(summary(e.getKey(), e.getValue()));
              all.add(e.getValue());
            });
    summaries.add(summary("all", all));
    return summaries;
  }

  private static FamilySummary summary(String family, Tally t) {
    double[] ratios = Arrays.copyOf(t.ratios, t.held);
    Arrays.sort(ratios);
    Map<String, Integer> reasons = new LinkedHashMap<>();
    t.reasons.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> e.getValue().first()))
        .forEach(e -> reasons.put(e.getKey(), e.getValue().count()));
    int holds = t.verdicts.getOrDefault(Verdict.HOLDS, 0);
    int violated = t.verdicts.getOrDefault(Verdict.VIOLATED, 0);
    int inconclusive = t.verdicts.getOrDefault(Verdict.INCONCLUSIVE, 0);
    int equal = reasons.getOrDefault(BoundCheck.EQUAL, 0);
    int decided = holds - t.vacuous + violated;
    int askable = decided + inconclusive - equal;
    return new FamilySummary(
        family,
        t.count,
        holds,
        t.vacuous,
        violated,
        t.verdicts.getOrDefault(Verdict.NOT_APPLICABLE, 0),
        inconclusive,
        equal,
        ratios.length == 0 || Double.isInfinite(ratios[0])
            ? OptionalDouble.empty()
            : OptionalDouble.of(ratios[0] - 1),
        finite(ratios, ratios.length / 2),
        finite(ratios, ratios.length - 1),
        askable == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) decided / askable),
        reasons);
  }

  private static OptionalDouble finite(double[] sorted, int index) {
    return index >= 0 && index < sorted.length && Double.isFinite(sorted[index])
        ? OptionalDouble.of(sorted[index])
        : OptionalDouble.empty();
  }
}
