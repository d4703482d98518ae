package org.scorebound.campaign;

import java.util.Arrays;
import org.scorebound.result.Progress;

/** Does what is left to do of one shard. */
public final class ShardRun {

  private ShardRun() {}

  /**
   * What a run did.
   *
   * @param size configurations of the shard
   * @param found of them, finished before
   * @param failures of the finished ones, failed
   * @param busySeconds time spent on configurations by this run, summed over threads
   */
  public record Report(int size, int found, int failures, double busySeconds) {}

  /**
   * Evaluates the configurations of a shard that the file does not hold yet.
   *
   * @param file the shard's file
   * @param plan the campaign
   * @param ids the shard's configurations, in the order in which to start them
   * @param engine evaluates them
   * @param progress hears of the advance
   */
  public static Report run(ShardFile file, Plan plan, int[] ids, Engine engine, Progress progress) {
    int[] open = Arrays.stream(ids).filter(id -> !file.isFinished(id)).toArray();
    double[] busy = {0};
    engine.run(
        plan,
        open,
        evaluated -> {
          file.append(evaluated);
          busy[0] += evaluated.seconds();
        },
        progress);
    return new Report(ids.length, ids.length - open.length, file.failures(), busy[0]);
  }
}
