package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;

/** A score model {@code s(x, t)}, in place of {@code grad log p_t}. Immutable and thread-safe. */
public sealed interface ScoreModel
    permits ExactScore, LinearErrorScore, PerturbedScore, NetworkScore {

  /** The forward process whose score this models. */
  ForwardProcess process();

  /** The dimension d. */
  int dimension();

  /** The model frozen at time t, with workspace of its own: for one thread. */
  ScoreField at(double t, Kernels kernels);

  /** Times inside (0, T) where s is not smooth in t, or the error changes sign; increasing. */
  double[] breakpoints();
}
