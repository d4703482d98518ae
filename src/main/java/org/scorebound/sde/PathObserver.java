package org.scorebound.sde;

import org.scorebound.score.ScoreField;

/** Sees the two coupled processes at the points of the fine grid, from T down to 0. */
public interface PathObserver {

  /** Sees nothing. */
  PathObserver NONE = (frame, x, y, n) -> {};

  /**
   * The coefficients at one time.
   *
   * @param t the time; where they jump, both its sides are seen, the later one in the order of the
   *     run being just below the jump
   * @param k {@code k(t)}
   * @param drift {@code A(t)} of {@code f = A x}
   * @param exact {@code grad log p_t}
   * @param model {@code s(., t)}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(double t, double k, double[][] drift, ScoreField exact, ScoreField model) {}

  /**
   * One time.
   *
   * @param x the exact process, d x n; not to be kept
   * @param y the model, d x n; not to be kept
   */
  void at(Frame frame, double[] x, double[] y, int n);
}
