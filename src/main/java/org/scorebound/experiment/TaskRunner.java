package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicLong;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Progress;

/**
 * Runs the tasks of an experiment on a pool of threads, keeping what is finished and, now and then,
 * where the others are. A task's numbers do not depend on the pool.
 */
public final class TaskRunner {

  /** A state that is due waits for measurements up to so many times the least time between two. */
  private static final int OVERDUE = 5;

  private final Kernels kernels;
  private final int threads;
  private final Checkpoint checkpoint;
  private final long cadenceNanos;
  private final Progress progress;
  private final AtomicLong done = new AtomicLong();
  private long total;

  /**
   * A runner.
   *
   * @param threads of the pool, at least 1
   * @param checkpoint where results are kept
   * @param cadenceSeconds least time between two states of a task; when they are kept changes no
   *     number
   */
  public TaskRunner(
      Kernels kernels,
      int threads,
      Checkpoint checkpoint,
      double cadenceSeconds,
      Progress progress) {
    this.kernels = kernels;
    this.threads = threads;
    this.checkpoint = checkpoint;
    this.cadenceNanos = (long) (cadenceSeconds * 1e9);
    this.progress = progress;
  }

  /** Runs an experiment. */
  Findings run(Experiment experiment) {
    Results results = new Results();
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      try {
        List<Task> first = experiment.tasks();
        run(pool, first, 0, results);
        run(pool, experiment.followUps(results), first.size(), results);
      } catch (RuntimeException e) {
        pool.shutdownNow();
        throw e;
      }
    }
    return experiment.findings(results);
  }

  private void run(ForkJoinPool pool, List<Task> tasks, int from, Results results) {
    total = done.get() + tasks.stream().mapToLong(Task::effort).sum();
    List<ForkJoinTask<Columns>> open = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      int index = from + i;
      open.add(pool.submit(() -> run(task, index)));
    }
    for (int i = 0; i < tasks.size(); i++) {
      results.put(tasks.get(i).key(), await(open.get(i)));
    }
  }

  private static Columns await(ForkJoinTask<Columns> task) {
    try {
      return task.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause != null
          && cause.getCause() != null
          && cause.getClass() == RuntimeException.class) {
        cause = cause.getCause();
      }
      throw cause instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Columns run(Task task, int index) {
    Optional<Columns> before = checkpoint.finished(task.key());
    if (before.isPresent()) {
      report(task.effort());
      return before.get();
    }
    TaskWork work = new TaskWork(task, index);
    Columns columns = task.run(work);
    work.complete();
    checkpoint.finish(task.key(), index, columns);
    return columns;
  }

  private void report(long units) {
    progress.report(done.addAndGet(units), total, "experiment");
  }

  /** One task's view of the runner; used by the thread that runs it. */
  private final class TaskWork implements Work {
    private final Task task;
    private final int index;
    private long reported;
    private long lastKept = System.nanoTime();

    TaskWork(Task task, int index) {
      this.task = task;
      this.index = index;
    }

    @Override
    public Kernels kernels() {
      return kernels;
    }

    @Override
    public void advance(long units) {
      reported += units;
      report(units);
    }

    void complete() {
      report(task.effort() - reported);
    }

    @Override
    public Optional<Columns> resumed() {
      return checkpoint.state(task.key(), index);
    }

    @Override
    public boolean due() {
      return age() >= cadenceNanos;
    }

    @Override
    public boolean overdue() {
      return age() >= OVERDUE * cadenceNanos;
    }

    private long age() {
      return System.nanoTime() - lastKept;
    }

    @Override
    public void keep(Columns state) {
      checkpoint.keep(task.key(), index, state);
      lastKept = System.nanoTime();
    }
  }
}
