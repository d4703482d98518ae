package org.scorebound.experiment;

import java.util.Optional;
import java.util.function.Supplier;
import org.scorebound.linalg.Kernels;

/** What a {@link Task} is given. */
interface Work {

  /** The back end. */
  Kernels kernels();

  /** Reports units of {@link Task#effort} done since the last call. */
  void advance(long units);

  /** Where an earlier process left this task, if it did. */
  Optional<Columns> resumed();

  /**
   * Offers a place to go on from; it is kept if the last one is old enough.
   *
   * @param state made only where it is kept
   */
  void offer(Supplier<Columns> state);
}
