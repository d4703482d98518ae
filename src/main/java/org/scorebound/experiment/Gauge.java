package org.scorebound.experiment;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.ReverseFamily;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.lipschitz.NetworkLipschitz;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.network.Mlp;
import org.scorebound.network.Precision;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.score.DenoisingLoss;
import org.scorebound.score.NetworkScore;
import org.scorebound.sde.CoupledDistance;
import org.scorebound.sde.Sampler;
import org.scorebound.sde.StartLaw;
import org.scorebound.sde.SynchronousCoupling;
import org.scorebound.transport.EmpiricalW2;

/**
 * What is measured on a network in training. Every measurement has random streams of its own, named
 * by the step, so that it may run on any thread and at any time.
 */
final class Gauge {

  /** Pairs of data clouds behind the floor of the empirical W2. */
  private static final int FLOOR_PAIRS = 20;

  /** The denoising loss varies more than m: its batch is this many times larger. */
  private static final int LOSS_BATCHES = 10;

  /** Relative gap of certified L_s, and the cells after which a bracket is taken as it is. */
  private static final double LIPSCHITZ_GAP = 0.1;

  private static final long LIPSCHITZ_CELLS = 10_000;

  private final Setting setting;
  private final Measurements sizes;
  private final Kernels kernels;
  private final ForwardProcess process;
  private final RandomStream root;
  private final NetworkBound bound;
  private final double[] lambda;
  private final double[] fixedPoints;
  private final Mlp mlp;
  private final ConcurrentLinkedQueue<AncestralSampler> few = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<AncestralSampler> many = new ConcurrentLinkedQueue<>();

  /**
   * A gauge.
   *
   * @param root the run's stream
   */
  Gauge(Setting setting, Measurements sizes, RandomStream root, Kernels kernels) {
    this.setting = setting;
    this.sizes = sizes;
    this.kernels = kernels;
    this.root = root;
    process = setting.process();
    bound = new NetworkBound(setting, sizes.lossPoints(), root.child("bound"), kernels);
    lambda = setting.weight().of(process, setting.noise().steps());
    fixedPoints =
        process.data().sample(LOSS_BATCHES * sizes.lossPoints(), root.child("loss points"));
    mlp = new Mlp(setting.architecture(), kernels);
  }

  /** The bound's evaluator. */
  NetworkBound bound() {
    return bound;
  }

  /** Exact W2 of few fresh points; NaN where a sample is no number. */
  double evaluation(double[] theta, int step) {
    return w2(theta, sizes.evaluationPoints(), few, root.child("w2").child(step));
  }

  /** Exact W2 of many fresh points. */
  double checkpoint(NetworkScore model, int step) {
    return w2(
        model.theta(), sizes.checkpointPoints(), many, root.child("w2 checkpoint").child(step));
  }

  /** The mean of independent draws of {@link #checkpoint}. */
  double checkpoint(NetworkScore model, int step, int draws) {
    double sum = 0;
    for (int i = 0; i < draws; i++) {
      RandomStream stream = root.child("w2 draws").child(step).child(i);
      sum += w2(model.theta(), sizes.checkpointPoints(), many, stream);
    }
    return sum / draws;
  }

  private double w2(
      double[] theta, int n, ConcurrentLinkedQueue<AncestralSampler> pool, RandomStream stream) {
    AncestralSampler sampler = pool.poll();
    if (sampler == null) {
      sampler = new AncestralSampler(process, setting.architecture(), n, kernels);
    }
    double[] data = process.data().sample(n, stream.child("data"));
    double[] start = startPoints(data);
    double[] samples = sampler.sample(theta, start, Precision.SINGLE, stream.child("sampler"));
    if (!sampler.isFinite()) {
      // While the loss is raised, samples may pass the largest float.
      samples = sampler.sample(theta, start, Precision.DOUBLE, stream.child("sampler"));
    }
    double w2 =
        sampler.isFinite()
            ? EmpiricalW2.between(data, samples, process.dimension()).value()
            : Double.NaN;
    pool.add(sampler);
    return w2;
  }

  private double @Nullable [] startPoints(double[] data) {
    return setting.start() == Setting.Start.NOISED_DATA ? data : null;
  }

  /** The denoising loss with the training's weight, on fixed samples. */
  double loss(NetworkScore model) {
    int n = fixedPoints.length / process.dimension();
    return new DenoisingLoss(process, NetworkScore.Output.NOISE, mlp, n, lambda)
        .value(model.theta(), fixedPoints, n, root.child("loss noise"));
  }

  /** Sampled L_s of every step: from below. */
  double[] sampled(NetworkScore model) {
    double[] ls = new double[model.steps()];
    Arrays.setAll(ls, k -> NetworkLipschitz.sampled(model, k, kernels));
    return ls;
  }

  /** The bracket of L_s in one step. */
  OneSidedConstant bracket(NetworkScore model, int k) {
    return NetworkLipschitz.of(model.frozenStep(k), LIPSCHITZ_GAP, LIPSCHITZ_CELLS, kernels);
  }

  /**
   * {@code W2(p_0, q_0)} of the continuous-time reverse SDE with this score, from both sides, and
   * the model's own way from t_min to 0.
   *
   * @param w2 statistical; the upper end is the synchronous coupling's
   * @param way {@code sqrt(E|y_tmin - y_0|^2) >= W2(q_tmin, q_0)}
   */
  record Simulated(Estimate w2, Estimate way) {}

  /** Simulates a member of the family. */
  Simulated simulated(NetworkScore model, ReverseFamily family, int paths, RandomStream stream) {
    CoupledDistance coupled = new CoupledDistance(new Sampler(model, family, start()), kernels);
    SynchronousCoupling.Ends ends = coupled.paths(paths, stream, bound.tMin());
    return new Simulated(coupled.estimate(ends), coupled.way(ends));
  }

  /** The same for the reverse SDE at a step of the training. */
  Simulated simulated(NetworkScore model, int step) {
    return simulated(
        model, new ReverseFamily(1), sizes.paths(), root.child("coupling").child(step));
  }

  /** {@code q_T}. */
  StartLaw start() {
    int d = process.dimension();
    return setting.start() == Setting.Start.NOISED_DATA
        ? new StartLaw.Marginal()
        : new StartLaw.Gaussian(new double[d], Matrices.identity(d));
  }

  /**
   * {@code sqrt(E|x_tmin - x_0|^2) >= W2(p_0, p_tmin)} of the forward process, exact: {@code (1 -
   * alpha)^2 E|x_0|^2 + d sigma^2}.
   */
  double dataBridge() {
    int d = process.dimension();
    double shrink = 1 - process.diffusion().propagator(bound.tMin(), d)[0][0];
    double[] mean = process.data().mean();
    double second = Matrices.dot(mean, mean) + Matrices.trace(process.data().covariance());
    return Math.sqrt(
        shrink * shrink * second
            + Matrices.trace(process.diffusion().noiseCovariance(bound.tMin(), d)));
  }

  /**
   * The mean empirical W2 of two independent clouds of data points: what the plug-in estimate has
   * for a perfect sampler.
   */
  double floor(int n) {
    double sum = 0;
    for (int i = 0; i < FLOOR_PAIRS; i++) {
      RandomStream stream = root.child("floor").child(n).child(i);
      double[] a = process.data().sample(n, stream.child(0));
      double[] b = process.data().sample(n, stream.child(1));
      sum += EmpiricalW2.between(a, b, process.dimension()).value();
    }
    return sum / FLOOR_PAIRS;
  }
}
