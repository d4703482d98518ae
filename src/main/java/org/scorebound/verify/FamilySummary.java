package org.scorebound.verify;

import java.util.List;
import java.util.Map;
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
    FamilyTally tally = new FamilyTally();
    entries.forEach(tally::add);
    return tally.summaries();
  }
}
