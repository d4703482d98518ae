package org.scorebound.regress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scorebound.regress.fork.ForkException;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.JmhResults;
import org.scorebound.regress.fork.Sentinels;
import org.scorebound.regress.statistics.Looks;
import org.scorebound.result.Progress;

/**
 * Measures what a plan says, look by look, block by block of all benchmarks in turn, the blocks of
 * A/A spread evenly among them; benchmarks that are decided at a look are measured no further.
 * Which fork comes next is a function of the plan and of what is in the log, so that an interrupted
 * run goes on as it would have.
 */
public final class GateRun {

  private final Plan plan;
  private final Looks looks;
  private final Judge judge;
  private final Forker baseline;
  private final Forker candidate;
  private final Forker copy;
  private final Sentinels sentinels;
  private final MeasurementLog log;

  /**
   * A run.
   *
   * @param copy forks of the copy of the baseline
   * @param log may have forks of this plan
   */
  public GateRun(
      Plan plan,
      Forker baseline,
      Forker candidate,
      Forker copy,
      Sentinels sentinels,
      MeasurementLog log) {
    this.plan = plan;
    this.looks = plan.rules().schedule();
    this.judge = new Judge(plan.rules(), plan.seed());
    this.baseline = baseline;
    this.candidate = candidate;
    this.copy = copy;
    this.sentinels = sentinels;
    this.log = log;
  }

  /**
   * All that was measured.
   *
   * @param series one per case
   * @param controls of A/A
   */
  public record Measured(List<Series> series, List<Series> controls) {

    /** Copies the lists. */
    public Measured {
      series = List.copyOf(series);
      controls = List.copyOf(controls);
    }
  }

  /** Measures to the end. */
  public Measured measure(Progress progress) throws InterruptedException {
    boolean[] open = new boolean[plan.cases().size()];
    Arrays.fill(open, true);
    for (int look = 0; look < looks.count(); look++) {
      String stage = "look " + (look + 1) + " of at most " + looks.count();
      measure(look, open, progress, stage);
      List<Comparison> comparisons = judge.compare(series());
      boolean any = false;
      for (int i = 0; i < open.length; i++) {
        open[i] &= Judge.isOpen(comparisons.get(i));
        any |= open[i];
      }
      if (!any) {
        break;
      }
    }
    return new Measured(series(), controls());
  }

  /** What is measured where no benchmark is on both sides. */
  public static Measured nothing() {
    return new Measured(List.of(), List.of());
  }

  private void measure(int look, boolean[] open, Progress progress, String stage)
      throws InterruptedException {
    int target = looks.blocks(look);
    int from = look == 0 ? 0 : looks.blocks(look - 1);
    int controlFrom = look == 0 ? 0 : plan.controlBlocks()[look - 1];
    int controlTo = plan.controlBlocks()[look];
    int control = Plan.CONTROL_SERIES;
    for (int block = from; block < target; block++) {
      progress.report(block - (long) from, target - (long) from, stage);
      for (int i = 0; i < open.length; i++) {
        if (open[i] && log.failure(i).isEmpty() && log.blocks(i).size() <= block) {
          block(i, block, plan.cases().get(i).id(), candidate);
        }
      }
      // After a share of the blocks, the same share of A/A's.
      int due = controlFrom + (controlTo - controlFrom) * (block + 1 - from) / (target - from);
      while (!isDone(control, due)) {
        block(control, log.blocks(control).size(), plan.cases().get(plan.control()).id(), copy);
      }
    }
    progress.report(target - (long) from, target - (long) from, stage);
  }

  private boolean isDone(int control, int due) {
    return log.failure(control).isPresent() || log.blocks(control).size() >= due;
  }

  private void block(int series, int block, BenchmarkId id, Forker other)
      throws InterruptedException {
    Order order = Order.drawn(plan.seed(), series, block);
    for (Side side : order.sides()) {
      Forker forker = side == Side.BASELINE ? baseline : other;
      try {
        long start = System.nanoTime();
        JmhResults.Result result = forker.fork(id);
        double register = sentinels.register();
        double memory = sentinels.memory();
        double seconds = 1e-9 * (System.nanoTime() - start);
        log.add(
            series, order, new Fork(result.scores(), result.bytes(), register, memory, seconds));
      } catch (ForkException e) {
        log.fail(series, "a fork of the " + side.label() + " failed: " + e.getMessage());
        return;
      }
    }
  }

  private List<Series> series() {
    List<Series> all = new ArrayList<>();
    for (int i = 0; i < plan.cases().size(); i++) {
      Plan.Case one = plan.cases().get(i);
      all.add(new Series(one.id(), one.metric(), log.blocks(i), log.failure(i)));
    }
    return all;
  }

  private List<Series> controls() {
    Plan.Case one = plan.cases().get(plan.control());
    int index = Plan.CONTROL_SERIES;
    return List.of(new Series(one.id(), one.metric(), log.blocks(index), log.failure(index)));
  }
}
