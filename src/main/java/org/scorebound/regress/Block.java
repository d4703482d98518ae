package org.scorebound.regress;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Four forks, one after the other, two of each side.
 *
 * @param order in which the sides ran
 * @param forks in the order they ran
 */
public record Block(Order order, List<Fork> forks) {

  /** Checks the number of forks. */
  public Block {
    forks = List.copyOf(forks);
    if (forks.size() != Order.FORKS) {
      throw new IllegalArgumentException(
          "forks must be " + Order.FORKS + " in a block, got " + forks.size());
    }
  }

  /** Mean over the candidate's forks less mean over the baseline's. */
  public double contrast(ToDoubleFunction<Fork> value) {
    return mean(Side.CANDIDATE, value) - mean(Side.BASELINE, value);
  }

  /** Mean over one side's forks. */
  public double mean(Side side, ToDoubleFunction<Fork> value) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < forks.size(); i++) {
      if (order.sides().get(i) == side) {
        sum += value.applyAsDouble(forks.get(i));
        count++;
      }
    }
    return sum / count;
  }
}
