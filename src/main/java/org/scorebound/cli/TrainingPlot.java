package org.scorebound.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.scorebound.experiment.Epoch;
import org.scorebound.experiment.Training;
import org.scorebound.report.LinePlot;

/** Loss, W2 and bound against the epoch. */
final class TrainingPlot {

  private TrainingPlot() {}

  /** The plot as SVG; epoch 0 is drawn at 1/2, as the axis is logarithmic. */
  static String svg(Training training) {
    List<Epoch> all = training.epochs();
    List<Epoch> checkpoints = all.stream().filter(e -> e.logISampled().isPresent()).toList();
    double[] floor = new double[all.size()];
    Arrays.fill(floor, training.w2SameLaw());
    int n = training.setting().evaluationPoints();
    return LinePlot.svg(
        String.format(
            Locale.ROOT,
            "Four clusters, seed %d: loss raised for %d epochs, then lowered",
            training.setting().seed(),
            training.setting().ascentEpochs()),
        "epoch (untrained network at 0.5)",
        List.of(
            new LinePlot.Panel(
                "loss, W2 (data units)",
                true,
                List.of(
                    series("training loss", all, Epoch::loss, false),
                    series("empirical W2, n = " + n, all, Epoch::w2, false),
                    new LinePlot.Series("empirical W2 of two data clouds", x(all), floor, true))),
            new LinePlot.Panel(
                "ln of the bound on W2",
                false,
                List.of(
                    series("certified Lipschitz constant", all, Epoch::logBound, false),
                    series(
                        "sampled one (a lower estimate)",
                        checkpoints,
                        e -> e.logBoundSampled().orElseThrow(),
                        true)))));
  }

  private static LinePlot.Series series(
      String name, List<Epoch> epochs, ToDoubleFunction<Epoch> y, boolean dashed) {
    return new LinePlot.Series(name, x(epochs), epochs.stream().mapToDouble(y).toArray(), dashed);
  }

  private static double[] x(List<Epoch> epochs) {
    return epochs.stream().mapToDouble(e -> Math.max(0.5, e.epoch())).toArray();
  }
}
