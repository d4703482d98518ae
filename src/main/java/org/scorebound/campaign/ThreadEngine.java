package org.scorebound.campaign;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.scorebound.result.Progress;

/**
 * Evaluates on threads of this process. Workers take the next id when they are free; the caller's
 * thread alone hands results to the sink, which may write files. Memory: a few results per thread.
 *
 * @param threads number of worker threads
 * @param evaluator evaluates a configuration
 */
public record ThreadEngine(int threads, Evaluator evaluator) implements Engine {

  private static final int QUEUED_PER_THREAD = 4;

  /** What a worker hands over. */
  private sealed interface Handover {}

  private record Done(Evaluated evaluated) implements Handover {}

  private record Crashed(Throwable thrown) implements Handover {}

  /** Checks {@code threads >= 1}. */
  public ThreadEngine {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, got " + threads);
    }
  }

  @Override
  public void run(Plan plan, int[] ids, Consumer<Evaluated> sink, Progress progress) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (pool) {
      drain(plan, ids, sink, progress, pool);
    }
  }

  private void drain(
      Plan plan, int[] ids, Consumer<Evaluated> sink, Progress progress, ExecutorService pool) {
    BlockingQueue<Handover> queue = new ArrayBlockingQueue<>(QUEUED_PER_THREAD * threads);
    AtomicInteger next = new AtomicInteger();
    try {
      for (int i = 0; i < threads; i++) {
        pool.execute(() -> work(plan, ids, next, queue));
      }
      for (int done = 0; done < ids.length; done++) {
        progress.report(done, ids.length, "configurations");
        switch (queue.take()) {
          case Done result -> sink.accept(result.evaluated());
          case Crashed crash -> throw thrown(crash.thrown());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      // After all results, idle workers; after a failure of the sink, those that wait to hand over.
      next.set(ids.length);
      pool.shutdownNow();
    }
  }

  private void work(Plan plan, int[] ids, AtomicInteger next, BlockingQueue<Handover> queue) {
    try {
      for (int i = next.getAndIncrement(); i < ids.length; i = next.getAndIncrement()) {
        Handover handover;
        try {
          handover = new Done(Evaluated.of(plan.seed(), ids[i], "", evaluator));
        } catch (Throwable e) {
          handover = new Crashed(e);
        }
        queue.put(handover);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException thrown(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException r ? r : new IllegalStateException(e);
  }
}
