package org.scorebound.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.linalg.Activation;
import org.scorebound.network.Architecture;
import org.scorebound.network.Precision;

/**
 * What determines a training run besides its seed and the back end.
 *
 * <p>As published (THEORY.md section 7): network, optimiser, batch, ascent before descent, the
 * ancestral sampler. Our own, unless a setting says otherwise: the schedule, with {@code B(T) >=
 * 8}, and {@code q_T = N(0, I)} instead of the noised batch.
 *
 * @param data the data law
 * @param noise the schedule
 * @param start where the sampler starts
 * @param epochs passes over the data, ascent included
 * @param ascentEpochs passes at the start in which the loss is raised
 * @param points number of training points, where the data law is not made of rows
 * @param hidden widths of the hidden layers
 * @param batch samples of an optimiser step
 * @param weight of the loss
 * @param constraint on the weight matrices
 * @param precision of the gradients while training
 */
record Setting(
    DataLaw data,
    NoiseSchedule noise,
    Start start,
    int epochs,
    int ascentEpochs,
    int points,
    List<Integer> hidden,
    int batch,
    LossWeight weight,
    Constraint constraint,
    Precision precision) {

  /** Where the sampler starts. */
  enum Start {
    /** {@code N(0, I)}. */
    STANDARD_NORMAL,
    /** Data noised to the horizon, {@code q_T = p_T}, as published: the offset is 0. */
    NOISED_DATA
  }

  private static final int STEPS = 10;
  private static final int POINTS = 4000;
  private static final int BATCH = 128;

  /** Ascent takes ten epochs, or half of a short run. */
  private static final int ASCENT = 10;

  /** Checks and copies. */
  Setting {
    hidden = List.copyOf(hidden);
    if (epochs < 1 || ascentEpochs < 0 || ascentEpochs > epochs) {
      throw new IllegalArgumentException(
          "epochs must be >= 1 and ascent in 0..epochs, got " + epochs + " and " + ascentEpochs);
    }
  }

  /** The published size with our own schedule and start. */
  static Setting standard(DataLaw data, int epochs) {
    return new Setting(
        data,
        NoiseSchedule.own(STEPS),
        Start.STANDARD_NORMAL,
        epochs,
        Math.min(ASCENT, epochs / 2),
        POINTS,
        List.of(64, 64, 64),
        BATCH,
        LossWeight.G_SQUARED,
        Constraint.NONE,
        Precision.DOUBLE);
  }

  /** The same with another schedule. */
  Setting with(NoiseSchedule other) {
    return new Setting(
        data,
        other,
        start,
        epochs,
        ascentEpochs,
        points,
        hidden,
        batch,
        weight,
        constraint,
        precision);
  }

  /** The same with another start. */
  Setting with(Start other) {
    return new Setting(
        data,
        noise,
        other,
        epochs,
        ascentEpochs,
        points,
        hidden,
        batch,
        weight,
        constraint,
        precision);
  }

  /** The same with another weight of the loss. */
  Setting with(LossWeight other) {
    return new Setting(
        data,
        noise,
        start,
        epochs,
        ascentEpochs,
        points,
        hidden,
        batch,
        other,
        constraint,
        precision);
  }

  /** The same with another constraint. */
  Setting with(Constraint other) {
    return new Setting(
        data, noise, start, epochs, ascentEpochs, points, hidden, batch, weight, other, precision);
  }

  /** The same with gradients in another precision. */
  Setting with(Precision other) {
    return new Setting(
        data, noise, start, epochs, ascentEpochs, points, hidden, batch, weight, constraint, other);
  }

  /** The same with other sizes. */
  Setting sized(int otherPoints, List<Integer> widths, int otherBatch) {
    return new Setting(
        data,
        noise,
        start,
        epochs,
        ascentEpochs,
        otherPoints,
        widths,
        otherBatch,
        weight,
        constraint,
        precision);
  }

  /** Data and diffusion. */
  ForwardProcess process() {
    return new ForwardProcess(
        data.law(), new VariancePreserving(noise.schedule(), noise.horizon()));
  }

  /** The network's shape: softplus, a gain per step and hidden unit. */
  Architecture architecture() {
    List<Integer> widths = new ArrayList<>();
    widths.add(data.dimension());
    widths.addAll(hidden);
    widths.add(data.dimension());
    return new Architecture(widths, Activation.SOFTPLUS, noise.steps());
  }

  /** Optimiser steps of a pass, the last one with what is left. */
  int batches() {
    return (trainingPoints() + batch - 1) / batch;
  }

  /** For the result document. */
  Map<String, Object> document() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("data", data.document());
    Map<String, Object> schedule = new LinkedHashMap<>();
    schedule.put("name", noise.name());
    schedule.put("horizon", noise.horizon());
    schedule.put("steps", noise.steps());
    if (noise.betas().stream().distinct().count() > 1) {
      schedule.put("betas", noise.betas());
    } else {
      schedule.put("beta", noise.betas().getFirst());
    }
    schedule.put("integral", noise.total());
    json.put("schedule", schedule);
    json.put("start", start == Start.STANDARD_NORMAL ? "standard-normal" : "noised-data");
    json.put("epochs", epochs);
    json.put("ascentEpochs", ascentEpochs);
    json.put("stepsPerEpoch", batches());
    json.put("points", trainingPoints());
    json.put("hidden", hidden);
    json.put("batch", batch);
    json.put("weight", weight.label());
    json.put("constraint", constraint.label());
    json.put("precision", precision.label());
    return json;
  }

  /** Points of a pass. */
  int trainingPoints() {
    return data.rows().length == 0 ? points : data.rows().length / data.dimension();
  }
}
