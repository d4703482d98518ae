package org.scorebound.regress.history;

import org.scorebound.regress.BenchmarkId;

/**
 * One line of a history: one benchmark in one run.
 *
 * @param at when the run began, ISO 8601 in UTC
 * @param machine id of the fingerprint; numbers of two are never compared
 * @param build name of the candidate
 * @param source its commit or tree; empty for a jar
 * @param id what was measured
 * @param unit of the score
 * @param higherIsBetter whether it is a throughput
 * @param score median over the candidate's forks
 * @param lower quartile of the forks
 * @param upper quartile of the forks
 * @param forks how many
 * @param verdict of the run that measured it
 */
public record HistoryPoint(
    String at,
    String machine,
    String build,
    String source,
    BenchmarkId id,
    String unit,
    boolean higherIsBetter,
    double score,
    double lower,
    double upper,
    int forks,
    String verdict) {

  /** The logarithm of the cost: above is slower. */
  double logCost() {
    return (higherIsBetter ? -1 : 1) * Math.log(score);
  }
}
