package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When a training run is looked at, as counts of optimiser steps.
 *
 * @param everyBatchEpochs passes in which every batch is evaluated: empirical W2 of few points;
 *     later the batches 0, {@code stride}, .. of each pass
 * @param stride from batch to batch after that; 0 for no evaluations at all
 * @param evaluationPoints n of these
 * @param checkpoints number of log-spaced checkpoints, the first and the last step among them:
 *     bound in every form with sampled L_s, W2 of many points
 * @param checkpointPoints n of these
 * @param certified number of checkpoints, log-spaced from three lengths of the ascent to the last,
 *     with certified L_s and W2 of the continuous-time sampler from both sides
 * @param paths simulated paths behind that W2
 * @param lossPoints samples of m at one time, and ten times as many of the denoising loss
 * @param lastDraws draws whose mean is the last checkpoint's W2
 */
record Measurements(
    int everyBatchEpochs,
    int stride,
    int evaluationPoints,
    int checkpoints,
    int checkpointPoints,
    int certified,
    int paths,
    int lossPoints,
    int lastDraws) {

  /** Where the loss is back from the ascent, in lengths of the ascent. */
  private static final int RECOVERED = 3;

  /**
   * As published, {@code 35 * 32 + 965 * 4 = 4,980} evaluations of 128 points in 1,000 epochs of 32
   * batches; and 50 checkpoints of 1,024, 5 of them certified.
   */
  static Measurements published() {
    return new Measurements(35, 10, 128, 50, 1024, 5, 250, 256, 1);
  }

  /** Checkpoints alone, the last one certified. */
  static Measurements checkpointsOnly() {
    return new Measurements(0, 0, 128, 50, 1024, 1, 250, 256, 8);
  }

  /** The same with another number of certified checkpoints. */
  Measurements certifying(int count) {
    return new Measurements(
        everyBatchEpochs,
        stride,
        evaluationPoints,
        checkpoints,
        checkpointPoints,
        count,
        paths,
        lossPoints,
        lastDraws);
  }

  /** Whether the batch of an epoch, both from 0, is evaluated. */
  boolean evaluates(int epoch, int batchIndex) {
    return stride > 0 && (epoch < everyBatchEpochs || batchIndex % stride == 0);
  }

  /** The steps that are checkpoints, increasing, of a run of that many. */
  int[] checkpointSteps(int total) {
    int count = Math.min(checkpoints, total);
    List<Integer> steps = new ArrayList<>();
    int last = 0;
    for (int i = 0; i < count; i++) {
      double wanted = Math.pow(total, count == 1 ? 1 : (double) i / (count - 1));
      // Leaves room for those that follow, so that the last is the last step.
      last = Math.min(total - (count - 1 - i), Math.max(last + 1, (int) Math.round(wanted)));
      steps.add(last);
    }
    return steps.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Which of the checkpoints are certified, as indices. */
  int[] certifiedAmong(int[] steps, int ascentSteps) {
    double from = Math.log(Math.max(1, RECOVERED * ascentSteps));
    double to = Math.log(steps[steps.length - 1]);
    return IntStream.range(0, certified)
        .map(
            i -> {
              double target = certified == 1 ? to : from + (to - from) * i / (certified - 1);
              int best = 0;
              for (int j = 0; j < steps.length; j++) {
                if (Math.abs(Math.log(steps[j]) - target)
                    <= Math.abs(Math.log(steps[best]) - target)) {
                  best = j;
                }
              }
              return best;
            })
        .distinct()
        .toArray();
  }

  /** The number of evaluations in a run. */
  int evaluations(int epochs, int batches) {
    int count = 0;
    for (int e = 0; e < epochs; e++) {
      int inEpoch = e;
      count += (int) IntStream.range(0, batches).filter(b -> evaluates(inEpoch, b)).count();
    }
    return count;
  }

  /** Position of a step among the checkpoints; negative if it is none. */
  static int indexOf(int[] checkpointSteps, int step) {
    return Arrays.binarySearch(checkpointSteps, step);
  }
}
