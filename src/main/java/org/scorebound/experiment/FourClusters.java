package org.scorebound.experiment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.scorebound.bound.TheoremFormula;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.NetworkLipschitz;
import org.scorebound.network.AdamW;
import org.scorebound.network.Mlp;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.DenoisingLoss;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.DenoisingTraining.DivergedException;
import org.scorebound.score.NetworkScore;
import org.scorebound.transport.EmpiricalDistance;
import org.scorebound.transport.EmpiricalW2;

/**
 * The published four-cluster experiment: trains a network score and follows loss, exact empirical
 * W2 of the DDPM sampler, and the theorem's bound over the epochs.
 *
 * <p>Training runs on the calling thread. An epoch is measured on a copy of the network, by random
 * streams named after the epoch, so the measurements may run beside the training and the numbers do
 * not depend on the number of threads.
 */
public final class FourClusters {

  /** Pairs of data clouds behind {@link Training#w2SameLaw}. */
  private static final int FLOOR_PAIRS = 20;

  /** Checkpoints of the sampled L_s: ratio of neighbours. */
  private static final double CHECKPOINT_RATIO = 1.25;

  /** The denoising loss varies more than m: its batch is this many times larger. */
  private static final int LOSS_BATCHES = 10;

  private final Setting setting;
  private final Kernels kernels;
  private final ForwardProcess process;
  private final RandomStream root;
  private final EpochBound bound;
  private final Mlp mlp;
  private final double[] fixedPoints;

  /** A run on a back end. */
  public FourClusters(Setting setting, Kernels kernels) {
    this.setting = setting;
    this.kernels = kernels;
    process = setting.process();
    root = RandomStream.root(setting.seed()).child("four-clusters");
    mlp = new Mlp(setting.architecture(), kernels);
    bound =
        new EpochBound(
            process, setting.steps(), setting.lossPoints(), root.child("bound"), kernels);
    fixedPoints =
        process.data().sample(LOSS_BATCHES * setting.lossPoints(), root.child("loss points"));
  }

  /** Whether sampled L_s is computed after an epoch: first, last, and log-spaced between. */
  static boolean isCheckpoint(int epoch, int epochs) {
    if (epoch <= 5 || epoch == epochs) {
      return true;
    }
    return Math.floor(Math.log(epoch) / Math.log(CHECKPOINT_RATIO))
        > Math.floor(Math.log(epoch - 1) / Math.log(CHECKPOINT_RATIO));
  }

  /**
   * Runs it.
   *
   * @param threads the calling thread and {@code threads - 1} more for measurements
   */
  public Training run(int threads, Progress progress) {
    double[] points = process.data().sample(setting.points(), root.child("data"));
    DenoisingTraining training =
        new DenoisingTraining(
            process,
            setting.architecture(),
            NetworkScore.Output.NOISE,
            points,
            setting.batch(),
            AdamW.Options.published(),
            root.child("training"),
            kernels);
    List<Epoch> epochs = new ArrayList<>();
    Optional<String> diverged = Optional.empty();
    ExecutorService pool = threads > 1 ? Executors.newFixedThreadPool(threads - 1) : null;
    try {
      Deque<Future<Epoch>> open = new ArrayDeque<>();
      for (int e = 0; e <= setting.epochs() && diverged.isEmpty(); e++) {
        try {
          double loss = e == 0 ? Double.NaN : training.epoch(e <= setting.ascentEpochs());
          NetworkScore model = training.model();
          int epoch = e;
          if (pool == null) {
            epochs.add(measure(epoch, loss, model));
          } else {
            open.add(pool.submit((Callable<Epoch>) () -> measure(epoch, loss, model)));
            if (open.size() >= 2 * threads) {
              epochs.add(finished(open.remove()));
            }
          }
        } catch (DivergedException stopped) {
          diverged = Optional.of(String.valueOf(stopped.getMessage()));
        }
        progress.report(e, setting.epochs(), "epochs");
      }
      while (!open.isEmpty()) {
        epochs.add(finished(open.remove()));
      }
    } finally {
      if (pool != null) {
        pool.shutdownNow();
      }
    }
    for (int e = 0; e < epochs.size(); e++) {
      if (!epochs.get(e).isFinite()) {
        diverged = Optional.of("a measurement is not finite after epoch " + e);
        epochs = epochs.subList(0, e);
      }
    }
    return new Training(setting, bound.start(), sameLaw(), epochs, diverged);
  }

  private static Epoch finished(Future<Epoch> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Everything of {@link Epoch} from one network. */
  private Epoch measure(int epoch, double trainingLoss, NetworkScore model) {
    double loss = denoisingLoss(model);
    double[][] m = bound.errors(model, kernels);
    double[] certified = new double[setting.steps()];
    for (int k = 0; k < certified.length; k++) {
      certified[k] = model.lipschitzUpper(k);
    }
    TheoremFormula.Evaluated above = bound.evaluate(m, certified);
    OptionalDouble logISampled = OptionalDouble.empty();
    OptionalDouble logBoundSampled = OptionalDouble.empty();
    if (isCheckpoint(epoch, setting.epochs())) {
      double[] sampled = new double[setting.steps()];
      for (int k = 0; k < sampled.length; k++) {
        sampled[k] = Math.min(certified[k], NetworkLipschitz.sampled(model, k, kernels));
      }
      TheoremFormula.Evaluated below = bound.evaluate(m, sampled);
      logISampled = OptionalDouble.of(below.logI());
      logBoundSampled = OptionalDouble.of(below.logBound());
    }
    int n = setting.evaluationPoints();
    RandomStream stream = root.child("w2").child(epoch);
    double[] data = process.data().sample(n, stream.child("data"));
    double[] samples = AncestralSampler.sample(model, n, stream.child("sampler"), kernels);
    double w2 = Double.POSITIVE_INFINITY;
    double radius = 0;
    if (isFinite(samples)) {
      EmpiricalDistance distance = EmpiricalW2.between(data, samples, process.dimension());
      w2 = distance.value();
      radius = distance.w2().radius();
    }
    return new Epoch(
        epoch,
        epoch == 0 ? loss : trainingLoss,
        0.5 * process.diffusion().horizon() * loss,
        bound.scoreMatching(m),
        w2,
        radius,
        above.logI(),
        above.logBound(),
        logISampled,
        logBoundSampled);
  }

  private double denoisingLoss(NetworkScore model) {
    int n = fixedPoints.length / process.dimension();
    return new DenoisingLoss(process, NetworkScore.Output.NOISE, mlp, n)
        .value(model.theta(), fixedPoints, n, root.child("loss noise"));
  }

  private static boolean isFinite(double[] a) {
    for (double x : a) {
      if (!Double.isFinite(x)) {
        return false;
      }
    }
    return true;
  }

  private double sameLaw() {
    int n = setting.evaluationPoints();
    double sum = 0;
    for (int i = 0; i < FLOOR_PAIRS; i++) {
      RandomStream stream = root.child("floor").child(i);
      double[] a = process.data().sample(n, stream.child(0));
      double[] b = process.data().sample(n, stream.child(1));
      sum += EmpiricalW2.between(a, b, process.dimension()).value();
    }
    return sum / FLOOR_PAIRS;
  }
}
