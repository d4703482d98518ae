package org.scorebound.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.scorebound.bound.Logs;
import org.scorebound.random.RandomStream;

/** The training runs of one data law, one for each seed, and the trends in them. */
final class TrainingRuns {

  /** Of all intervals but the control's. */
  static final double LEVEL = 0.95;

  final Setting setting;
  final Measurements sizes;
  final List<Columns> all;
  final Columns first;

  /** For the intervals' resamples. */
  final RandomStream random;

  /**
   * Runs.
   *
   * @param all one for each seed, of {@link TrainingTask}
   * @param seed for the intervals' resamples
   */
  TrainingRuns(Setting setting, Measurements sizes, List<Columns> all, long seed) {
    this.setting = setting;
    this.sizes = sizes;
    this.all = List.copyOf(all);
    this.first = all.getFirst();
    this.random = RandomStream.root(seed).child("intervals").child(setting.data().label());
  }

  /** What the data law is called. */
  String label() {
    return setting.data().label();
  }

  /** A number of each run. */
  Sample sample(ToDoubleFunction<Columns> number) {
    return new Sample(all.stream().mapToDouble(number).toArray());
  }

  /** Checkpoints as pairs. */
  static Trend trend(Columns run, String x, String y) {
    return Trend.of(run.get(x), run.get(y));
  }

  /** Checkpoints of the descent, where the loss falls: logarithms of both. */
  Trend descent(double[] logX, double[] logY, Columns run) {
    int from = 0;
    double ascent = setting.ascentEpochs() * (double) setting.batches();
    double[] steps = run.get("at.step");
    while (from < steps.length && steps[from] <= ascent) {
      from++;
    }
    return Trend.of(
        Arrays.copyOfRange(logX, from, logX.length), Arrays.copyOfRange(logY, from, logY.length));
  }

  /** The score-matching term with I of the last checkpoint, against J; a line of slope 1/2. */
  Trend fixedTerm(Columns run) {
    return descent(run.get("at.logJ"), fixed(run, Double.NEGATIVE_INFINITY), run);
  }

  /** The same with the offset, whose slope is below 1/2. */
  Trend fixedBound(Columns run) {
    double offset = run.last("at.logI") + Math.log(run.get("start")[1]);
    return descent(run.get("at.logJ"), fixed(run, offset), run);
  }

  private static double[] fixed(Columns run, double logOffset) {
    double gain = 2 * run.last("at.logTerm") - Math.log(2) - run.last("at.logJ");
    return Arrays.stream(run.get("at.logJ"))
        .map(j -> 0.5 * (Math.log(2) + gain + j))
        .map(term -> Logs.add(term, logOffset))
        .toArray();
  }
}
