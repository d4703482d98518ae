package org.scorebound.experiment;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.network.AdamW;
import org.scorebound.random.RandomStream;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.DenoisingTraining.DivergedException;
import org.scorebound.score.NetworkScore;

/**
 * Trains a network score and measures it on the way.
 *
 * <p>The thread that runs the task trains; measurements are forked, so that idle threads take them,
 * up to some that wait, and are otherwise done at once. Each fills its own place in the arrays.
 * Random streams do not depend on the setting's variant, so runs of one seed with different weights
 * or constraints are paired: the same points, first weights, order, noise and measured samples.
 *
 * <p>Columns: {@code eval.step, eval.loss, eval.w2} for each evaluation (loss: of the batch, before
 * the step); {@code at.*} for each checkpoint, logarithms where the name says so; {@code cert.*}
 * for each certified one; {@code theta} of the last moving average, {@code floor} of the empirical
 * W2; the word {@code diverged}, why training stopped early, if it did.
 */
final class TrainingTask implements Task {

  /** Forked measurements that may wait for a thread. */
  private static final int WAITING = 16;

  /** Columns with one number per checkpoint. */
  private static final List<String> AT =
      List.of(
          "at.step",
          "at.batchLoss",
          "at.loss",
          "at.w2",
          "at.logI",
          "at.logTheorem",
          "at.logMatching",
          "at.logTerm",
          "at.logJ",
          "at.logDenoising",
          "at.logJDenoising",
          "at.largestLs");

  /** Columns with one number per certified checkpoint. */
  private static final List<String> CERTIFIED =
      List.of(
          "cert.step",
          "cert.logI",
          "cert.logTheorem",
          "cert.logMatching",
          "cert.logDenoising",
          "cert.w2",
          "cert.w2Lower",
          "cert.w2Upper",
          "cert.way");

  private final String key;
  private final Setting setting;
  private final Measurements sizes;
  private final double rate;
  private final long seed;
  private final int index;

  /**
   * A run.
   *
   * @param key of the task
   * @param rate of the optimiser
   * @param seed of the experiment
   * @param index of the run under this seed, from 0
   */
  TrainingTask(String key, Setting setting, Measurements sizes, double rate, long seed, int index) {
    this.key = key;
    this.setting = setting;
    this.sizes = sizes;
    this.rate = rate;
    this.seed = seed;
    this.index = index;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public long effort() {
    return (long) setting.epochs() * setting.batches();
  }

  /** The stream of a run. */
  static RandomStream stream(long seed, int index) {
    return RandomStream.root(seed).child("training run").child(index);
  }

  @Override
  public Columns run(Work work) {
    return new Run(work).run();
  }

  /** The state of one call. */
  private final class Run {
    private final Work work;
    private final Gauge gauge;
    private final DenoisingTraining training;
    private final int batches = setting.batches();
    private final int[] checkpoints;
    private final int[] certified;
    private final Columns columns;
    private final Deque<ForkJoinTask<?>> open = new ArrayDeque<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private int evaluated;

    Run(Work work) {
      this.work = work;
      RandomStream root = stream(seed, index);
      gauge = new Gauge(setting, sizes, root, work.kernels());
      AdamW.Options published = AdamW.Options.published();
      training =
          new DenoisingTraining(
              setting.process(),
              setting.architecture(),
              NetworkScore.Output.NOISE,
              setting.data().trainingPoints(setting.points(), root.child("data")),
              setting.batch(),
              new AdamW.Options(
                  rate,
                  published.beta1(),
                  published.beta2(),
                  published.epsilon(),
                  published.decay(),
                  published.clipNorm(),
                  published.averageDecay()),
              new DenoisingTraining.Variant(
                  setting.weight().of(setting.process(), setting.noise().steps()),
                  setting.constraint().of(setting.architecture()),
                  true),
              root.child("training"),
              work.kernels());
      checkpoints = sizes.checkpointSteps(setting.epochs() * batches);
      certified = sizes.certifiedAmong(checkpoints, setting.ascentEpochs() * batches);
      columns = work.resumed().orElseGet(this::empty);
    }

    private Columns empty() {
      Columns fresh = new Columns();
      int n = sizes.evaluations(setting.epochs(), batches);
      for (String name : List.of("eval.step", "eval.loss", "eval.w2")) {
        fresh.put(name, nan(n));
      }
      AT.forEach(name -> fresh.put(name, nan(checkpoints.length)));
      CERTIFIED.forEach(name -> fresh.put(name, nan(certified.length)));
      for (int c = 0; c < certified.length; c++) {
        fresh.put("cert.sampledLs." + c, nan(setting.noise().steps()));
        fresh.put("cert.certifiedLs." + c, nan(setting.noise().steps()));
      }
      return fresh;
    }

    private static double[] nan(int n) {
      double[] a = new double[n];
      Arrays.fill(a, Double.NaN);
      return a;
    }

    Columns run() {
      int from = 0;
      if (columns.has("state.theta")) {
        from = resume();
        work.advance((long) from * batches);
      }
      try {
        for (int e = from; e < setting.epochs(); e++) {
          epoch(e);
          work.advance(batches);
          int next = e + 1;
          work.offer(() -> state(next));
        }
        join();
        columns.put("theta", training.model().theta());
      } catch (DivergedException stopped) {
        join();
        columns.put("diverged", String.valueOf(stopped.getMessage()));
      }
      columns.put(
          "floor", gauge.floor(sizes.evaluationPoints()), gauge.floor(sizes.checkpointPoints()));
      columns.put("start", gauge.bound().start().lower(), gauge.bound().start().upper());
      columns.put("dataBridge", gauge.dataBridge());
      columns.remove("state.");
      return columns;
    }

    private void epoch(int e) {
      training.begin(e < setting.ascentEpochs());
      for (int b = 0; b < batches; b++) {
        double loss = training.step();
        int step = e * batches + b + 1;
        int c = Measurements.indexOf(checkpoints, step);
        boolean evaluates = sizes.evaluates(e, b);
        if (evaluates) {
          int i = evaluated++;
          double[] theta = training.average();
          columns.get("eval.step")[i] = step;
          columns.get("eval.loss")[i] = loss;
          fork(() -> columns.get("eval.w2")[i] = gauge.evaluation(theta, step));
        }
        if (c >= 0) {
          columns.get("at.step")[c] = step;
          columns.get("at.batchLoss")[c] = loss;
          checkpoint(training.model(), step, c);
        }
      }
    }

    private void checkpoint(NetworkScore model, int step, int c) {
      boolean last = c == checkpoints.length - 1;
      fork(
          () ->
              columns.get("at.w2")[c] =
                  last
                      ? gauge.checkpoint(model, step, sizes.lastDraws())
                      : gauge.checkpoint(model, step));
      fork(
          () -> {
            columns.get("at.loss")[c] = gauge.loss(model);
            double[][] m = gauge.bound().errors(model, work.kernels());
            double[] ls = gauge.sampled(model);
            NetworkBound.Forms forms = gauge.bound().forms(m, ls);
            columns.get("at.logI")[c] = forms.logI();
            columns.get("at.logTheorem")[c] = forms.logTheorem();
            columns.get("at.logMatching")[c] = forms.logMatching();
            columns.get("at.logTerm")[c] = forms.logMatchingTerm();
            columns.get("at.logJ")[c] = forms.logJ();
            columns.get("at.logDenoising")[c] = forms.logDenoising();
            columns.get("at.logJDenoising")[c] = forms.logJDenoising();
            columns.get("at.largestLs")[c] = Arrays.stream(ls).max().orElse(Double.NaN);
          });
      int i = Arrays.binarySearch(certified, c);
      if (i >= 0) {
        certify(model, step, i);
      }
    }

    /** One fork for every step of the network, which the last of them to end reads together. */
    private void certify(NetworkScore model, int step, int i) {
      columns.get("cert.step")[i] = step;
      double[] above = columns.get("cert.certifiedLs." + i);
      double[] below = columns.get("cert.sampledLs." + i);
      AtomicInteger left = new AtomicInteger(above.length);
      for (int k = 0; k < above.length; k++) {
        int at = k;
        fork(
            () -> {
              OneSidedConstant bracket = gauge.bracket(model, at);
              above[at] = bracket.certified();
              below[at] = bracket.sampled();
              if (left.decrementAndGet() == 0) {
                certifiedForms(model, above, i);
              }
            });
      }
      fork(
          () -> {
            Gauge.Simulated simulated = gauge.simulated(model, step);
            columns.get("cert.w2")[i] = simulated.w2().value();
            columns.get("cert.w2Lower")[i] = simulated.w2().lower();
            columns.get("cert.w2Upper")[i] = simulated.w2().upper();
            columns.get("cert.way")[i] = simulated.way().upper();
          });
    }

    private void certifiedForms(NetworkScore model, double[] above, int i) {
      double[][] m = gauge.bound().errors(model, work.kernels());
      NetworkBound.Forms forms = gauge.bound().forms(m, above);
      columns.get("cert.logI")[i] = forms.logI();
      columns.get("cert.logTheorem")[i] = forms.logTheorem();
      columns.get("cert.logMatching")[i] = forms.logMatching();
      columns.get("cert.logDenoising")[i] = forms.logDenoising();
    }

    private void fork(Runnable job) {
      if (waiting.get() >= WAITING) {
        job.run();
        return;
      }
      waiting.incrementAndGet();
      open.add(
          ForkJoinTask.adapt(
                  () -> {
                    waiting.decrementAndGet();
                    job.run();
                  })
              .fork());
      while (!open.isEmpty() && open.peekFirst().isDone()) {
        open.removeFirst().join();
      }
    }

    private void join() {
      while (!open.isEmpty()) {
        open.removeLast().join();
      }
    }

    private Columns state(int epochs) {
      join();
      DenoisingTraining.State state = training.state();
      Columns copy = columns.copy();
      copy.put("state.theta", state.theta());
      copy.put("state.optimiser", state.optimiser());
      copy.put("state.memory", state.memory());
      copy.put("state.order", Arrays.stream(state.order()).asDoubleStream().toArray());
      copy.put("state.counts", epochs, evaluated);
      return copy;
    }

    private int resume() {
      int[] order = Arrays.stream(columns.get("state.order")).mapToInt(x -> (int) x).toArray();
      int epochs = (int) columns.get("state.counts")[0];
      evaluated = (int) columns.get("state.counts")[1];
      training.restore(
          new DenoisingTraining.State(
              epochs,
              columns.get("state.theta"),
              columns.get("state.optimiser"),
              columns.get("state.memory"),
              order));
      columns.remove("state.");
      return epochs;
    }
  }
}
