package org.scorebound.experiment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measurements that a training thread leaves to idle threads of its pool, in the order in which
 * they came. Only when very many wait does it make one itself: as long as other threads can keep up
 * until the end, the training, which is one thread's work from first to last, never waits. Used by
 * that thread alone.
 */
final class Backlog {

  /** Jobs that may wait; each holds the parameters that it measures, 85 kB as published. */
  private static final int WAITING = 1000;

  private final Deque<ForkJoinTask<?>> open = new ArrayDeque<>();
  private final AtomicInteger waiting = new AtomicInteger();

  /** Jobs that were added and, of them, those that are known to have ended. */
  private long added;

  private long ended;

  /** Adds a job, or does it where too many wait. */
  void add(Runnable job) {
    if (waiting.get() >= WAITING) {
      job.run();
      return;
    }
    waiting.incrementAndGet();
    added++;
    open.add(
        ForkJoinTask.adapt(
                () -> {
                  waiting.decrementAndGet();
                  job.run();
                })
            .fork());
  }

  /** How many jobs were added and not done at once. */
  long added() {
    return added;
  }

  /**
   * Whether the first {@code count} jobs that were added have ended; throws what one has thrown.
   */
  boolean ended(long count) {
    while (ended < count && open.getFirst().isDone()) {
      open.removeFirst().join();
      ended++;
    }
    return ended >= count;
  }

  /**
   * Helps until the first {@code count} jobs have ended, beginning with the last of them: thieves
   * begin with the first.
   */
  void join(long count) {
    List<ForkJoinTask<?>> left = open.stream().limit(Math.max(0, count - ended)).toList();
    left.reversed().forEach(ForkJoinTask::join);
    ended(count);
  }

  /** Helps until all have ended. */
  void join() {
    join(added);
  }
}
