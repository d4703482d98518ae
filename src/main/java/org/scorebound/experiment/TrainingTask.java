package org.scorebound.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.network.AdamW;
import org.scorebound.random.RandomStream;
import org.scorebound.score.DenoisingTraining;
import org.scorebound.score.DenoisingTraining.DivergedException;
import org.scorebound.score.NetworkScore;

/**
 * Trains a network score and measures it on the way.
 *
 * <p>The thread that runs the task trains; measurements are left to idle threads in a {@link
 * Backlog}. Each fills its own place in the arrays. A state to go on from is taken at the end of an
 * epoch, and kept when everything that was to be measured before has been. Random streams do not
 * depend on the setting's variant, so runs of one seed with different weights or constraints are
 * paired: the same points, first weights, order, noise and measured samples.
 *
 * <p>Columns: {@code eval.step, eval.loss, eval.w2} for each evaluation (loss: of the batch, before
 * the step); {@code at.*} for each checkpoint, logarithms where the name says so; {@code cert.*}
 * for each certified one; {@code theta} of the last moving average, {@code floor} of the empirical
 * W2; the word {@code diverged}, why training stopped early, if it did.
 */
final class TrainingTask implements Task {

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

  /**
   * A training between two epochs.
   *
   * @param evaluated evaluations that were begun
   * @param jobs measurements in the backlog that were begun
   */
  private record Snapshot(int epochs, int evaluated, DenoisingTraining.State training, long jobs) {}

  /** The state of one call. */
  private final class Run {
    private final Work work;
    private final Gauge gauge;
    private final DenoisingTraining training;
    private final int batches = setting.batches();
    private final int[] checkpoints;
    private final int[] certified;
    private final Columns columns;
    private final Backlog backlog = new Backlog();
    private int evaluated;
    private @Nullable Snapshot snapshot;

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
                  true,
                  setting.precision()),
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
      fresh.put("floor", nan(2));
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
      double[] floor = columns.get("floor");
      backlog.add(() -> floor[0] = gauge.floor(sizes.evaluationPoints()));
      backlog.add(() -> floor[1] = gauge.floor(sizes.checkpointPoints()));
      try {
        for (int e = from; e < setting.epochs(); e++) {
          epoch(e);
          work.advance(batches);
          keepState(e + 1);
        }
        backlog.join();
        columns.put("theta", training.model().theta());
      } catch (DivergedException stopped) {
        backlog.join();
        columns.put("diverged", String.valueOf(stopped.getMessage()));
      }
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
          backlog.add(() -> columns.get("eval.w2")[i] = gauge.evaluation(theta, step));
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
      backlog.add(
          () ->
              columns.get("at.w2")[c] =
                  last
                      ? gauge.checkpoint(model, step, sizes.lastDraws())
                      : gauge.checkpoint(model, step));
      backlog.add(
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
        backlog.add(
            () -> {
              OneSidedConstant bracket = gauge.bracket(model, at);
              above[at] = bracket.certified();
              below[at] = bracket.sampled();
              if (left.decrementAndGet() == 0) {
                certifiedForms(model, above, i);
              }
            });
      }
      backlog.add(
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

    /** Takes a snapshot if one is due, and keeps it when the measurements before it are done. */
    private void keepState(int epochs) {
      if (snapshot == null && work.due()) {
        snapshot = new Snapshot(epochs, evaluated, training.state(), backlog.added());
      }
      if (snapshot == null) {
        return;
      }
      if (work.overdue()) {
        backlog.join(snapshot.jobs());
      }
      if (backlog.ended(snapshot.jobs())) {
        work.keep(state(snapshot));
        snapshot = null;
      }
    }

    /** With what was measured since, which whoever goes on from here measures again. */
    private Columns state(Snapshot of) {
      Columns copy = columns.copy();
      copy.put("state.theta", of.training().theta());
      copy.put("state.optimiser", of.training().optimiser());
      copy.put("state.memory", of.training().memory());
      copy.put("state.order", Arrays.stream(of.training().order()).asDoubleStream().toArray());
      copy.put("state.counts", of.epochs(), of.evaluated());
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
