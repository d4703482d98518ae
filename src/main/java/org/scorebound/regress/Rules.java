package org.scorebound.regress;

import org.scorebound.regress.statistics.Looks;

/**
 * The numbers of the gate, fixed before the first measurement and written into every result.
 *
 * @param alpha probability of any false REGRESSED in a run, one-sided, over all benchmarks and
 *     looks
 * @param allocationAlpha the same for allocation, which hardly scatters
 * @param controlAlpha probability that any control of an honest run moves, both directions together
 * @param leastEffect ratio - 1 below which a difference is no regression
 * @param margin ratio - 1 within which two sides are equivalent
 * @param leastBytes bytes per operation below which a difference of allocation is none: the
 *     smallest object
 * @param leastAllocation the same as a share of the baseline's allocation
 * @param looks numbers of blocks after which it is judged
 */
public record Rules(
    double alpha,
    double allocationAlpha,
    double controlAlpha,
    double leastEffect,
    double margin,
    double leastBytes,
    double leastAllocation,
    int[] looks) {

  /** Blocks of the looks where time allows all of them. */
  public static final Looks FULL = Looks.at(12, 24, 48);

  /** The gate's rules with some looks. */
  public static Rules with(Looks looks) {
    return new Rules(0.01, 0.001, 0.01, 0.015, 0.03, 8, 0.005, looks.toArray());
  }

  /** The schedule. */
  public Looks schedule() {
    return Looks.at(looks);
  }
}
