package org.scorebound.regress.statistics;

import java.util.Arrays;

/**
 * The numbers of blocks after which a comparison is looked at, fixed before the first measurement,
 * and the share of the error probability that each look may spend.
 *
 * <p>The shares follow the spending function of Lan and DeMets for Pocock's boundary (1983,
 * doi:10.1093/biomet/70.3.659), {@code s(t) = ln(1 + (e-1) t)} with t the share of the blocks:
 * {@code w_k = s(t_k) - s(t_(k-1))}, which sum to 1. A look's own level is {@code w_k alpha}, by
 * the union bound alone: no normal approximation and nothing assumed on how looks depend on each
 * other. That loses little against boundaries that use it, and keeps every level exact for 12
 * blocks.
 */
public final class Looks {

  private final int[] blocks;

  private Looks(int[] blocks) {
    this.blocks = blocks;
  }

  /**
   * A schedule.
   *
   * @param blocks increasing, the first at least 1
   */
  public static Looks at(int... blocks) {
    for (int k = 0; k < blocks.length; k++) {
      if (blocks[k] <= (k == 0 ? 0 : blocks[k - 1])) {
        throw new IllegalArgumentException(
            "blocks must increase from at least 1, got " + Arrays.toString(blocks));
      }
    }
    if (blocks.length == 0) {
      throw new IllegalArgumentException("blocks must have at least one look, got none");
    }
    return new Looks(blocks.clone());
  }

  /** How many looks. */
  public int count() {
    return blocks.length;
  }

  /** Blocks of a look, counted from 0. */
  public int blocks(int look) {
    return blocks[look];
  }

  /** Blocks of the last look. */
  public int most() {
    return blocks[blocks.length - 1];
  }

  /** All of them. */
  public int[] toArray() {
    return blocks.clone();
  }

  /** The share of the error probability that a look may spend. */
  public double share(int look) {
    return spent(blocks[look]) - (look == 0 ? 0 : spent(blocks[look - 1]));
  }

  private double spent(int n) {
    return n == most() ? 1 : Math.log1p((Math.E - 1) * n / most());
  }

  /**
   * The p value of all looks together, {@code min_k p_k / w_k}: at most u with probability at most
   * {@code u} whatever rule stops the looks.
   *
   * @param p of the looks that were taken, the first ones of the schedule
   */
  public double combined(double[] p) {
    double least = 1;
    for (int k = 0; k < p.length; k++) {
      least = Math.min(least, p[k] / share(k));
    }
    return least;
  }
}
