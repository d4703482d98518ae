package org.scorebound.verify;

import java.util.ArrayList;
import java.util.List;
import org.scorebound.diffusion.DiscreteSchedule;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.SigmoidSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ShippedNetworks;
import org.scorebound.network.AdamW;
import org.scorebound.network.Architecture;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.NetworkScore;

/**
 * How the networks of {@link ShippedNetworks} were trained: {@value #POINTS} points, batches of
 * {@value #BATCH}, AdamW at rate 3e-3, {@value #EPOCHS} epochs, linear schedule from 0.1 to 8 on
 * [0, 1]. And the published one (THEORY.md section 7), 2-64-64-64-2 with softplus on four clusters
 * of variance 0.01, 4,000 points, batches of 128, rate 1e-3, ten epochs of ascent first, on the
 * sigmoid schedule from 0.01 to 17.
 */
public final class ShippedTraining {

  /** The published network, which is trained here and not shipped. */
  public static final String PUBLISHED = "published-2d";

  private static final int POINTS = 2000;
  private static final int BATCH = 100;
  private static final int EPOCHS = 200;
  private static final int STEPS = 4;
  private static final double VARIANCE = 0.1;
  private static final int PUBLISHED_STEPS = 10;
  private static final int ASCENT = 10;

  private ShippedTraining() {}

  /** What can be trained. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ShippedNetworks.names());
    names.add(PUBLISHED);
    return names;
  }

  /** Trains one of {@link #names}. */
  public static NetworkScore train(String name, Progress progress) {
    RandomStream random = RandomStream.root(1).child("shipped").child(name);
    DenoisingTraining training = name.equals(PUBLISHED) ? published(random) : shipped(name, random);
    for (int e = 0; e < EPOCHS; e++) {
      training.epoch(name.equals(PUBLISHED) && e < ASCENT);
      progress.report(e + 1, EPOCHS, "epochs");
    }
    return training.model();
  }

  private static DenoisingTraining shipped(String name, RandomStream random) {
    int d = name.endsWith("1d") ? 1 : 2;
    int clusters = name.startsWith("gauss") ? 1 : name.startsWith("two") ? 2 : 4;
    ForwardProcess process =
        new ForwardProcess(
            DataLaws.clusters(d, clusters, VARIANCE),
            new VariancePreserving(new LinearSchedule(0.1, 8, 1), 1));
    Activation activation = name.equals("two-clusters-1d") ? Activation.SILU : Activation.SOFTPLUS;
    return new DenoisingTraining(
        process,
        new Architecture(List.of(d, 32, 32, d), activation, STEPS),
        NetworkScore.Output.NOISE,
        process.data().sample(POINTS, random.child("points")),
        BATCH,
        new AdamW.Options(3e-3, 0.9, 0.999, 1e-8, 0.01, 1, 0.99),
        random,
        Kernels.of(BackEnd.VECTOR));
  }

  private static DenoisingTraining published(RandomStream random) {
    SigmoidSchedule sigmoid = new SigmoidSchedule(0.01, 17, -6, 6, 1);
    List<Double> betas = new ArrayList<>();
    for (int k = 0; k < PUBLISHED_STEPS; k++) {
      double left = sigmoid.integral((double) k / PUBLISHED_STEPS);
      betas.add(PUBLISHED_STEPS * (sigmoid.integral((k + 1.0) / PUBLISHED_STEPS) - left));
    }
    ForwardProcess process =
        new ForwardProcess(
            DataLaws.clusters(2, 4, 0.01),
            new VariancePreserving(new DiscreteSchedule(betas, 1), 1));
    return new DenoisingTraining(
        process,
        Architecture.published(2, PUBLISHED_STEPS),
        NetworkScore.Output.NOISE,
        process.data().sample(4000, random.child("points")),
        128,
        AdamW.Options.published(),
        random,
        Kernels.of(BackEnd.VECTOR));
  }
}
