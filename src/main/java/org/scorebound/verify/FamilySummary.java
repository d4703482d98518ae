package org.scorebound.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one family of configurations showed for the theorem's bound.
 *
 * @param family its name
 * @param count configurations
 * @param holds of them, HOLDS
 * @param vacuous of those, more than 1000 times the distance
 * @param violated VIOLATED
 * @param notApplicable NOT_APPLICABLE
 * @param inconclusive INCONCLUSIVE
 * @param equal of those, both sides equal within the numerical error
 * @param smallestSlack smallest {@code bound/W2 - 1} among HOLDS
 * @param medianRatio median of bound/W2 among HOLDS
 * @param largestRatio largest of bound/W2 among HOLDS, if it is a double
 * @param decidedShare HOLDS or VIOLATED among those neither vacuous, equal nor NOT_APPLICABLE
 * @param reasons why the undecided ones are, with counts
 */
public record FamilySummary(
    String family,
    int count,
    int holds,
    int vacuous,
    int violated,
    int notApplicable,
    int inconclusive,
    int equal,
    OptionalDouble smallestSlack,
    OptionalDouble medianRatio,
    OptionalDouble largestRatio,
    OptionalDouble decidedShare,
    Map<String, Integer> reasons) {

  /** One summary a family, in order of first appearance, and one of all together at the end. */
  public static List<FamilySummary> of(List<Campaign.Entry> entries) {
    Map<String, List<BoundCheck>> byFamily = new LinkedHashMap<>();
    List<BoundCheck> all = new ArrayList<>();
    for (Campaign.Entry e : entries) {
      byFamily.computeIfAbsent(e.family(), name -> new ArrayList<>()).add(e.outcome().theorem());
      all.add(e.outcome().theorem());
    }
    List<FamilySummary> summaries = new ArrayList<>();
    byFamily.forEach((name, checks) -> summaries.add(of(name, checks)));
    summaries.add(of("all", all));
    return summaries;
  }

  private static FamilySummary of(String family, List<BoundCheck> checks) {
    int vacuous = (int) checks.stream().filter(BoundCheck::vacuous).count();
    int equal =
        (int)
            checks.stream()
                .filter(c -> c.verdict() == Verdict.INCONCLUSIVE)
                .filter(c -> c.reason().equals(BoundCheck.EQUAL))
                .count();
    int holds = count(checks, Verdict.HOLDS);
    int violated = count(checks, Verdict.VIOLATED);
    int inconclusive = count(checks, Verdict.INCONCLUSIVE);
    double[] ratios =
        checks.stream()
            .filter(c -> c.verdict() == Verdict.HOLDS)
            .mapToDouble(BoundCheck::ratio)
            .filter(r -> !Double.isNaN(r))
            .sorted()
            .toArray();
    Map<String, Integer> reasons = new LinkedHashMap<>();
    for (BoundCheck c : checks) {
      if (c.verdict() == Verdict.INCONCLUSIVE) {
        reasons.merge(c.reason(), 1, Integer::sum);
      }
    }
    int decided = holds - vacuous + violated;
    int askable = decided + inconclusive - equal;
    return new FamilySummary(
        family,
        checks.size(),
        holds,
        vacuous,
        violated,
        count(checks, Verdict.NOT_APPLICABLE),
        inconclusive,
        equal,
        ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(ratios[0] - 1),
        finite(ratios, ratios.length / 2),
        finite(ratios, ratios.length - 1),
        askable == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) decided / askable),
        reasons);
  }

  private static OptionalDouble finite(double[] sorted, int index) {
    return Optional.of(sorted)
        .filter(s -> index >= 0 && index < s.length && Double.isFinite(s[index]))
        .map(s -> OptionalDouble.of(s[index]))
        .orElse(OptionalDouble.empty());
  }

  private static int count(List<BoundCheck> checks, Verdict verdict) {
    return (int) checks.stream().filter(c -> c.verdict() == verdict).count();
  }
}
