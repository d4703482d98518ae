package org.scorebound.experiment;

import java.util.List;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.AdamW;
import org.scorebound.random.RandomStream;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.DenoisingTraining.DivergedException;
import org.scorebound.score.NetworkScore;

/**
 * Loss and distance after each pass of one small training run on four clusters, without bounds and
 * checkpoints: what a claim on the two alone needs.
 *
 * @param loss the denoising loss with the training's weight on fixed samples, estimated
 * @param w2 the exact W2 of 128 points against 128, an estimate of {@code W2(p_0, q_0)} biased up
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainingCurve(double[] loss, double[] w2) {

  private static final int POINTS = 1024;
  private static final List<Integer> HIDDEN = List.of(32, 32);
  private static final int BATCH = 64;

  /**
   * Trains. The result depends on the arguments alone.
   *
   * @param seed of the experiment
   * @param index of the run under this seed, from 0
   * @param epochs passes over 1,024 points, more than the ascent's ten or half
   * @param kernels back end
   */
  public static TrainingCurve of(long seed, int index, int epochs, Kernels kernels) {
    Setting setting = Setting.standard(DataLaw.fourClusters(), epochs).sized(POINTS, HIDDEN, BATCH);
    RandomStream root = TrainingTask.stream(seed, index);
    Gauge gauge = new Gauge(setting, Measurements.published(), root, kernels);
    DenoisingTraining training =
        new DenoisingTraining(
            setting.process(),
            setting.architecture(),
            NetworkScore.Output.NOISE,
            setting.data().trainingPoints(setting.points(), root.child("data")),
            setting.batch(),
            AdamW.Options.published(),
            new DenoisingTraining.Variant(
                setting.weight().of(setting.process(), setting.noise().steps()),
                setting.constraint().of(setting.architecture()),
                true,
                setting.precision()),
            root.child("training"),
            kernels);
    double[] loss = new double[epochs - setting.ascentEpochs()];
    double[] w2 = new double[loss.length];
    try {
      for (int e = 0; e < epochs; e++) {
        training.begin(e < setting.ascentEpochs());
        for (int b = 0; b < setting.batches(); b++) {
          training.step();
        }
        int i = e - setting.ascentEpochs();
        if (i >= 0) {
          loss[i] = gauge.loss(training.model());
          w2[i] = gauge.evaluation(training.average(), e + 1);
        }
      }
    } catch (DivergedException e) {
      throw new IllegalStateException("run " + index + " of seed " + seed + " diverged", e);
    }
    return new TrainingCurve(loss, w2);
  }
}
