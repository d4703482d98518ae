package org.scorebound.experiment;

import java.util.Optional;
import org.scorebound.linalg.Kernels;

/** What a {@link Task} is given. */
interface Work {

  /** The back end. */
  Kernels kernels();

  /** Reports units of {@link Task#effort} done since the last call. */
  void advance(long units);

  /** Where an earlier process left this task, if it did. */
  Optional<Columns> resumed();

  /** Whether the last state that was kept is old enough for another. */
  boolean due();

  /** Whether it is so old that the next is worth waiting for. */
  boolean overdue();

  /** Keeps a place to go on from. */
  void keep(Columns state);
}
