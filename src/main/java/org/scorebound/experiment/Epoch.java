package org.scorebound.experiment;

import java.util.OptionalDouble;

/**
 * What was measured after one epoch, on the moving average of the parameters.
 *
 * @param epoch passes over the data so far; 0 is the untrained network
 * @param loss mean training loss over the pass, of the parameters as they moved; for epoch 0 on
 *     fixed samples
 * @param jDenoising {@code J_DSM = (T/2)} times the loss, on fixed samples
 * @param jScoreMatching {@code J_SM = 1/2 int g^2 m dt}, on a fixed batch
 * @param w2 exact empirical W2 between fresh data points and samples; biased up as an estimate of
 *     the laws' distance
 * @param w2Radius half of the certificate's interval
 * @param logI {@code log I(T)} with certified L_s
 * @param logBound logarithm of the theorem's bound with certified L_s
 * @param logISampled {@code log I(T)} with sampled L_s, at checkpoints
 * @param logBoundSampled the bound with sampled L_s, at checkpoints; a lower estimate, no bound
 */
public record Epoch(
    int epoch,
    double loss,
    double jDenoising,
    double jScoreMatching,
    double w2,
    double w2Radius,
    double logI,
    double logBound,
    OptionalDouble logISampled,
    OptionalDouble logBoundSampled) {

  /** Whether every number is finite. */
  boolean isFinite() {
    return Double.isFinite(loss + jDenoising + jScoreMatching + w2 + logI + logBound)
        && Double.isFinite(logISampled.orElse(0) + logBoundSampled.orElse(0));
  }
}
