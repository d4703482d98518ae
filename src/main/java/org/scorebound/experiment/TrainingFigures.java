package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.scorebound.result.Figure;
import org.scorebound.result.Quantity;

/** What is to be seen in the training runs of one data law. */
final class TrainingFigures {

  private final TrainingRuns runs;
  private final Columns first;

  /** The figures of some runs. */
  TrainingFigures(TrainingRuns runs) {
    this.runs = runs;
    this.first = runs.first;
  }

  /** The figures of the first seed, with the other seeds' checkpoints. */
  List<Figure> all() {
    String label = runs.label();
    List<Figure> figures = new ArrayList<>();
    Chart scatter =
        new Chart(
                "w2-against-loss-" + label,
                label + ": W2 against the loss",
                "Each evaluation while training: exact W2 of "
                    + runs.sizes.evaluationPoints()
                    + " fresh points against the batch's loss; checkpoints: of "
                    + runs.sizes.checkpointPoints()
                    + " against the loss on fixed samples. Floors: two clouds of data.",
                Quantity.log("denoising loss", ""),
                Quantity.log("W2", "data units"))
            .points(
                "evaluations, n = " + runs.sizes.evaluationPoints(),
                first.get("eval.loss"),
                first.get("eval.w2"))
            .line(
                "checkpoints, n = " + runs.sizes.checkpointPoints(),
                first.get("at.loss"),
                first.get("at.w2"));
    for (int i = 1; i < runs.all.size(); i++) {
      scatter.points("seed " + i, runs.all.get(i).get("at.loss"), runs.all.get(i).get("at.w2"));
    }
    scatter.reference("floor, n = " + runs.sizes.evaluationPoints(), first.get("floor")[0]);
    scatter.reference("floor, n = " + runs.sizes.checkpointPoints(), first.get("floor")[1]);
    figures.add(scatter.build());
    double[] certifiedLoss = certifiedLoss();
    figures.add(
        new Chart(
                "bound-against-loss-" + label,
                label + ": ln of the bound against the loss",
                "The theorem, its score-matching and its denoising form (at t_min) at each"
                    + " checkpoint; sampled L_s: lower estimates; certified L_s: upper ones.",
                Quantity.log("denoising loss", ""),
                Quantity.linear("ln bound on W2", ""))
            .line("theorem, sampled L_s", first.get("at.loss"), first.get("at.logTheorem"))
            .line("score matching, sampled", first.get("at.loss"), first.get("at.logMatching"))
            .line("denoising, sampled", first.get("at.loss"), first.get("at.logDenoising"))
            .points("theorem, certified L_s", certifiedLoss, first.get("cert.logTheorem"))
            .points("score matching, certified", certifiedLoss, first.get("cert.logMatching"))
            .points("denoising, certified", certifiedLoss, first.get("cert.logDenoising"))
            .line(
                "ln W2, n = " + runs.sizes.checkpointPoints(),
                first.get("at.loss"),
                Trend.logs(first.get("at.w2")))
            .build());
    figures.add(
        new Chart(
                "steps-" + label,
                label + ": loss, W2 and score error over the steps",
                "The loss is raised for "
                    + runs.setting.ascentEpochs()
                    + " passes of "
                    + runs.setting.batches()
                    + " steps first. J_SM = 1/2 int g^2 m dt.",
                Quantity.log("optimiser steps", ""),
                Quantity.log("loss, W2, J_SM", ""))
            .line("denoising loss", first.get("at.step"), first.get("at.loss"))
            .line(
                "W2, n = " + runs.sizes.checkpointPoints(),
                first.get("at.step"),
                first.get("at.w2"))
            .line("J_SM", first.get("at.step"), Chart.exp(first.get("at.logJ")))
            .build());
    figures.add(afterTheAscent(label));
    return figures;
  }

  /** The checkpoints after the ascent, in which ln I reaches thousands and hides them. */
  private Figure afterTheAscent(String label) {
    int[] steps = runs.sizes.checkpointSteps(runs.setting.epochs() * runs.setting.batches());
    int at =
        runs.sizes.certified() > 0
            ? runs.sizes
                .certifiedAmong(steps, runs.setting.ascentEpochs() * runs.setting.batches())[0]
            : 0;
    UnaryOperator<double[]> late = a -> Arrays.copyOfRange(a, at, a.length);
    double[] x = late.apply(first.get("at.step"));
    return new Chart(
            "bound-over-steps-" + label,
            label + ": ln of the bound over the steps after the ascent",
            "From the first certified checkpoint on. Theorem and score-matching form; sampled L_s:"
                + " lower estimates; certified L_s: upper ones. W2: exact, of fresh points, and of"
                + " the continuous-time law from above.",
            Quantity.log("optimiser steps", ""),
            Quantity.linear("natural logarithm", ""))
        .line("theorem, sampled L_s", x, late.apply(first.get("at.logTheorem")))
        .line("score matching, sampled", x, late.apply(first.get("at.logMatching")))
        .line(
            "W2, n = " + runs.sizes.checkpointPoints(),
            x,
            late.apply(Trend.logs(first.get("at.w2"))))
        .points("theorem, certified L_s", first.get("cert.step"), first.get("cert.logTheorem"))
        .points("score matching, certified", first.get("cert.step"), first.get("cert.logMatching"))
        .points(
            "W2 of the law, upper end",
            first.get("cert.step"),
            Trend.logs(first.get("cert.w2Upper")))
        .build();
  }

  private double[] certifiedLoss() {
    return Arrays.stream(first.get("cert.step"))
        .map(
            step -> {
              int c = Arrays.binarySearch(first.get("at.step"), step);
              return c < 0 ? Double.NaN : first.get("at.loss")[c];
            })
        .toArray();
  }
}
