package org.scorebound.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
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

  /** The family of configurations that were given, not sampled. */
  static final String GIVEN = "given";

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

  /**
   * Outcomes and failures of a campaign, each in the order of ids.
   *
   * @param entries the outcomes
   * @param failures the configurations that threw
   */
  public record Attempted(List<Entry> entries, List<Failure> failures) {}

  /**
   * Draws and evaluates configuration {@code id} of a seed, from the streams {@code seed /
   * "configuration" / id} and {@code seed / "evaluation" / id}: the same entry wherever and in
   * whatever company it is evaluated.
   */
  public static Entry evaluate(long seed, int id, int paths, Kernels kernels) {
    RandomStream stream = RandomStream.root(seed).child("evaluation").child(id);
    Outcome outcome =
        new Evaluation(Families.draw(seed, id), paths, stream, kernels, ModelProfile.QUICK).run();
    return new Entry(id, Families.family(id), Families.churnCell(id), outcome);
  }

  /** Draws and evaluates configurations 0..count-1 of a seed. */
  public static List<Entry> sampled(
      long seed, int count, int paths, int threads, Kernels kernels, Progress progress) {
    return parallel(count, threads, progress, i -> evaluate(seed, i, paths, kernels));
  }

  /**
   * Evaluates configurations 0..count-1 of the sampled families, each by the evaluator; one that
   * throws is a failure and does not stop the others.
   */
  public static Attempted attempted(
      int count, int threads, IntFunction<Entry> evaluator, Progress progress) {
    return attempted(count, threads, evaluator, Failure::of, progress);
  }

  private static Attempted attempted(
      int count,
      int threads,
      IntFunction<Entry> evaluator,
      BiFunction<Integer, Throwable, Failure> failed,
      Progress progress) {
    List<Failure> failures = Collections.synchronizedList(new ArrayList<>());
    List<Optional<Entry>> attempts =
        parallel(
            count,
            threads,
            progress,
            i -> {
              try {
                return Optional.of(evaluator.apply(i));
              } catch (RuntimeException | StackOverflowError | AssertionError e) {
                failures.add(failed.apply(i, e));
                return Optional.empty();
              }
            });
    return new Attempted(
        attempts.stream().flatMap(Optional::stream).toList(),
        failures.stream().sorted(Comparator.comparingInt(Failure::id)).toList());
  }

  /** Evaluates given configurations; one that throws does not stop the others. */
  public static Attempted attemptedGiven(
      List<Configuration> configurations,
      long seed,
      int paths,
      int threads,
      Kernels kernels,
      Progress progress) {
    return attempted(
        configurations.size(),
        threads,
        i -> given(configurations.get(i), i, seed, paths, kernels),
        (i, e) -> Failure.given(i, configurations.get(i).name(), e),
        progress);
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
        i -> given(configurations.get(i), i, seed, paths, kernels));
  }

  private static Entry given(Configuration c, int i, long seed, int paths, Kernels kernels) {
    RandomStream stream = RandomStream.root(seed).child("evaluation").child(i);
    Outcome outcome = new Evaluation(c, paths, stream, kernels, ModelProfile.PRECISE).run();
    return new Entry(i, GIVEN, "", outcome);
  }

  private static <T> List<T> parallel(
      int count, int threads, Progress progress, IntFunction<T> work) {
    return parallel(count, threads, progress, "configurations", work);
  }

  /**
   * Does work 0..count-1 on some threads; results in the order of the indices.
   *
   * @param what the work's plural, for the progress
   */
  public static <T> List<T> parallel(
      int count, int threads, Progress progress, String what, IntFunction<T> work) {
    AtomicLong done = new AtomicLong();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        futures.add(
            pool.submit(
                () -> {
                  T entry = work.apply(index);
                  progress.report(done.incrementAndGet(), count, what);
                  return entry;
                }));
      }
      List<T> entries = new ArrayList<>();
      try {
        for (Future<T> future : futures) {
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
