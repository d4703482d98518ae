package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.scorebound.bound.ModelProfile;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

/**
 * Evaluates many configurations on a number of threads. Each has a stream of its own, named by its
 * seed and index, so the outcomes do not depend on the threads.
 */
public final class Campaign {

  private Campaign() {}

  /**
   * One evaluated configuration.
   *
   * @param id its index
   * @param family its family
   * @param churnCell its churn cell
   * @param outcome the numbers
   */
  public record Entry(int id, String family, String churnCell, Outcome outcome) {}

  /** Draws and evaluates configurations 0..count-1 of a seed. */
  public static List<Entry> sampled(
      long seed, int count, int paths, int threads, Kernels kernels, Progress progress) {
    return parallel(
        count,
        threads,
        progress,
        i -> {
          RandomStream stream = RandomStream.root(seed).child("evaluation").child(i);
          Outcome outcome =
              new Evaluation(Families.draw(seed, i), paths, stream, kernels, ModelProfile.QUICK)
                  .run();
          return new Entry(i, Families.family(i), Families.churnCell(i), outcome);
        });
  }

  /** Evaluates given configurations. */
  public static List<Entry> given(
      List<Configuration> configurations,
      long seed,
      int paths,
      int threads,
      Kernels kernels,
      Progress progress) {
    return parallel(
        configurations.size(),
        threads,
        progress,
        i -> {
          Configuration c = configurations.get(i);
          RandomStream stream = RandomStream.root(seed).child("evaluation").child(i);
          return new Entry(
              i,
              "given",
              "",
              new Evaluation(c, paths, stream, kernels, ModelProfile.PRECISE).run());
        });
  }

  private static List<Entry> parallel(
      int count, int threads, Progress progress, IntFunction<Entry> work) {
    AtomicLong done = new AtomicLong();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Entry>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        futures.add(
            pool.submit(
                () -> {
                  Entry entry = work.apply(index);
                  progress.report(done.incrementAndGet(), count, "configurations");
                  return entry;
                }));
      }
      List<Entry> entries = new ArrayList<>();
      try {
        for (Future<Entry> future : futures) {
          entries.add(future.get());
        }
      } catch (ExecutionException e) {
        pool.shutdownNow();
        throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
      } catch (InterruptedException e) {
        pool.shutdownNow();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      return entries;
    }
  }
}
