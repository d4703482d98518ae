package org.scorebound.experiment;

import java.util.List;
import java.util.Optional;
import org.scorebound.result.Estimate;

/**
 * A finished run.
 *
 * @param setting what was run
 * @param w2Start {@code W2(p_T, q_T)}
 * @param w2SameLaw mean empirical W2 between two independent draws of data points, the floor that
 *     the plug-in estimate has for a perfect sampler
 * @param epochs epochs 0, 1, ..
 * @param diverged why training stopped early, if it did
 */
public record Training(
    Setting setting,
    Estimate w2Start,
    double w2SameLaw,
    List<Epoch> epochs,
    Optional<String> diverged) {

  /** Copies the list. */
  public Training {
    epochs = List.copyOf(epochs);
  }

  /** The last epoch. */
  public Epoch last() {
    return epochs.getLast();
  }

  /** The epoch of the least empirical W2. */
  public Epoch nearest() {
    Epoch best = epochs.getFirst();
    for (Epoch e : epochs) {
      best = e.w2() < best.w2() ? e : best;
    }
    return best;
  }
}
