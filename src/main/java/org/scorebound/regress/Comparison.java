package org.scorebound.regress;

import java.util.Optional;
import org.scorebound.result.Estimate;

/**
 * What the gate says of one benchmark.
 *
 * @param id what was compared
 * @param metric of the scores
 * @param verdict in the end
 * @param reason in words
 * @param blocks that the verdict is based on: those of the last look taken
 * @param measured whether there was any look
 * @param ratio cost of the candidate over the baseline's, 1.05 is 5 % slower: Hodges-Lehmann
 *     estimate, and the one-sided bounds at Holm-adjusted level {@code 1 - alpha} each, over the
 *     looks taken
 * @param pSlower adjusted p of "not slower"
 * @param pFaster adjusted p of "not faster"
 * @param bootstrapLower of the ratio, for comparison only
 * @param bootstrapUpper of the ratio, for comparison only
 * @param signFlipP exact p of "not slower" by the mean of the last look's blocks, for comparison
 *     only
 * @param baseline score, median over forks
 * @param candidate score, median over forks
 * @param blockDeviation standard deviation of the blocks' log-ratios
 * @param forkDeviation standard deviation of the logarithm of a fork's number within a side and a
 *     block
 * @param unsteady share of the forks that were still changing when half their iterations were over
 * @param allocation where every fork told it
 */
public record Comparison(
    BenchmarkId id,
    Metric metric,
    Verdict verdict,
    String reason,
    int blocks,
    boolean measured,
    Estimate ratio,
    double pSlower,
    double pFaster,
    double bootstrapLower,
    double bootstrapUpper,
    double signFlipP,
    double baseline,
    double candidate,
    double blockDeviation,
    double forkDeviation,
    double unsteady,
    Optional<Allocation> allocation) {

  /** The same with another verdict that overrides this one. */
  Comparison overridden(Verdict by, String why) {
    return new Comparison(
        id,
        metric,
        by,
        why,
        blocks,
        measured,
        ratio,
        pSlower,
        pFaster,
        bootstrapLower,
        bootstrapUpper,
        signFlipP,
        baseline,
        candidate,
        blockDeviation,
        forkDeviation,
        unsteady,
        allocation);
  }
}
