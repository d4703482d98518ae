package org.scorebound.verify;

/** What the numbers say of one bound on one configuration (THEORY.md section 6). */
public enum Verdict {
  /** The upper end of W2 is at most the lower end of the bound. */
  HOLDS,
  /** The lower end of W2 is above the upper end of the bound. */
  VIOLATED,
  /** The bound is infinite, or an assumption that it needs fails. */
  NOT_APPLICABLE,
  /** The intervals overlap. */
  INCONCLUSIVE
}
