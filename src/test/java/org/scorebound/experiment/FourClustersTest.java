package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;

class FourClustersTest {

  private static Setting small(int epochs, int ascent) {
    return new Setting(7, epochs, ascent, 512, 0.01, List.of(16, 16), 10, 0.01, 17, 64, 64, 64);
  }

  private static Training run(BackEnd backEnd, int threads) {
    return new FourClusters(small(6, 2), Kernels.of(backEnd)).run(threads, Progress.NONE);
  }

  @Test
  void threadsChangeNoNumber() {
    assertThat(run(BackEnd.VECTOR, 2)).isEqualTo(run(BackEnd.VECTOR, 1));
  }

  /** I grows by more than e^709 within one step here. */
  @Test
  void hugeBoundsAreNumbers() {
    Setting setting = small(1, 0);
    EpochBound bound =
        new EpochBound(setting.process(), 10, 2, RandomStream.root(1), Kernels.of(BackEnd.VECTOR));
    double[][] m = new double[10][];
    Arrays.setAll(m, k -> new double[] {1, 1, 1});
    double[] ls = new double[10];
    Arrays.fill(ls, 1000);
    var evaluated = bound.evaluate(m, ls);
    double b = setting.betas().stream().mapToDouble(Double::doubleValue).sum() / 10;
    assertThat(evaluated.logI()).isCloseTo(1000.5 * b, within(1e-6));
    // The integral of k I is (I - 1)/1000.5 when sqrt m = 1, to which the offset is added.
    double sum = 1 / 1000.5 + bound.start().upper();
    assertThat(evaluated.logBound()).isCloseTo(1000.5 * b + Math.log(sum), within(1e-4));
  }

  /** 48 optimiser steps amplify rounding; the bound's logarithm adds up ten products of norms. */
  @Test
  void backEndsAgree() {
    Training scalar = run(BackEnd.SCALAR, 2);
    for (BackEnd b : BackEnd.values()) {
      if (b.isAvailable()) {
        Training other = run(b, 2);
        for (int e = 0; e < scalar.epochs().size(); e++) {
          Epoch p = scalar.epochs().get(e);
          Epoch q = other.epochs().get(e);
          assertThat(q.loss()).as(b.label()).isCloseTo(p.loss(), within(1e-8 * p.loss()));
          assertThat(q.w2()).as(b.label()).isCloseTo(p.w2(), within(1e-8 * p.w2()));
          assertThat(q.logBound()).as(b.label()).isCloseTo(p.logBound(), within(1e-6));
        }
      }
    }
  }

  @Test
  void ascentRaisesTheLossThenDescentLowersIt() {
    Training training =
        new FourClusters(small(30, 5), Kernels.of(BackEnd.VECTOR)).run(2, Progress.NONE);
    List<Epoch> e = training.epochs();
    assertThat(training.diverged()).isEmpty();
    assertThat(e).hasSize(31);
    assertThat(e.get(5).jDenoising()).isGreaterThan(1.1 * e.get(0).jDenoising());
    assertThat(e.get(30).jDenoising()).isLessThan(0.9 * e.get(5).jDenoising());
    assertThat(e.get(30).w2()).isLessThan(e.get(5).w2());
    for (Epoch epoch : e) {
      epoch.logBoundSampled().ifPresent(b -> assertThat(b).isLessThanOrEqualTo(epoch.logBound()));
    }
  }

  @Test
  void scheduleDestroysTheData() {
    Setting published = Setting.published(1, 1000);
    double b = published.betas().stream().mapToDouble(Double::doubleValue).sum() / 10;
    assertThat(b).isGreaterThanOrEqualTo(8);
    assertThat(published.ascentEpochs()).isEqualTo(10);
    assertThat(published.architecture().widths()).containsExactly(2, 64, 64, 64, 2);
    double start =
        new EpochBound(published.process(), 10, 2, RandomStream.root(1), Kernels.of(BackEnd.VECTOR))
            .start()
            .upper();
    // e^{-B/2} W2(p_0, N(0,I)), which is at most sqrt(E|x|^2 + 2) = 1.6.
    assertThat(start).isBetween(0.0, 1.6 * Math.exp(-0.5 * b));
  }

  /** With constant m the integral has a closed form on every step. */
  @Test
  void boundIsTheFormulaByHand() {
    Setting setting = small(1, 0);
    EpochBound bound =
        new EpochBound(setting.process(), 10, 2, RandomStream.root(1), Kernels.of(BackEnd.VECTOR));
    double[][] m = new double[10][];
    double[] ls = new double[10];
    double log = 0;
    double integral = 0;
    for (int k = 0; k < 10; k++) {
      m[k] = new double[] {0.04, 0.04, 0.04};
      ls[k] = 0.3 * k;
      double beta = setting.betas().get(k);
      double rate = beta * (0.5 + ls[k]);
      integral += beta * 0.2 * Math.exp(log) * Math.expm1(0.1 * rate) / rate;
      log += 0.1 * rate;
    }
    var evaluated = bound.evaluate(m, ls);
    double expected = integral + Math.exp(log) * bound.start().upper();
    assertThat(evaluated.logI()).isCloseTo(log, within(1e-10));
    assertThat(evaluated.logBound()).isCloseTo(Math.log(expected), within(1e-7));
    double betaSum = setting.betas().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(bound.scoreMatching(m)).isCloseTo(0.5 * 0.04 * 0.1 * betaSum, within(1e-12));
  }

  @Test
  void documentHasItsFields() {
    Map<String, ?> document = TrainingDocument.of(run(BackEnd.VECTOR, 2));
    JsonInput json = JsonInput.parse(JsonOutput.toString(document), "result");
    JsonInput epochs = json.object("epochs");
    for (String column :
        List.of("epoch", "loss", "jDenoising", "jScoreMatching", "w2", "logI", "logBound")) {
      assertThat(epochs.vector(column)).as(column).hasSize(7);
    }
    assertThat(json.object("outcome").string("status")).isEqualTo("finished");
    assertThat(json.object("schedule").number("integral")).isGreaterThanOrEqualTo(8);
    assertThat(json.object("sampledCheckpoints").vector("logBound")).isNotEmpty();
    assertThat(json.object("setting").integer("epochs")).isEqualTo(6);
    assertThat(json.object("summary").number("w2End")).isPositive();
  }
}
