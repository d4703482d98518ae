package org.scorebound.regress;

import org.scorebound.result.Estimate;

/**
 * Something that must not differ between the sides.
 *
 * @param name {@code A/A}, {@code register} or {@code memory}
 * @param what in words
 * @param blocks how many there were
 * @param ratio candidate's slots over the baseline's, with bounds at level 1 - p limit, one-sided
 *     each
 * @param p two-sided
 * @param limit at which it counts as moved
 * @param able whether so many blocks can give a p at the limit at all
 * @param moved whether p is at the limit or below and the ratio is beyond the least effect
 */
public record Control(
    String name,
    String what,
    int blocks,
    Estimate ratio,
    double p,
    double limit,
    boolean able,
    boolean moved) {

  /** Whether this control stands in the way of a verdict. */
  public boolean failed() {
    return moved || !able;
  }
}
