package org.scorebound.campaign;

import java.util.function.Consumer;
import org.scorebound.result.Progress;

/** Evaluates many configurations of a campaign: threads of this process, or a cluster. */
public interface Engine {

  /**
   * Evaluates configurations, in any order.
   *
   * @param plan the campaign
   * @param ids what is to be done
   * @param sink takes each one as soon as it is done, from one thread at a time; what it throws
   *     ends the run and is thrown on
   * @param progress hears of the advance
   */
  void run(Plan plan, int[] ids, Consumer<Evaluated> sink, Progress progress);
}
