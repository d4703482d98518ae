package org.scorebound.regress;

/**
 * The gate on bytes allocated per operation, which hardly scatter: a tight one of its own.
 *
 * @param baseline bytes per operation, median over forks
 * @param difference Hodges-Lehmann estimate over blocks, candidate less baseline
 * @param least difference that counts: the larger of the smallest object and a share of the
 *     baseline
 * @param p of "no more than the baseline", adjusted for benchmarks and looks
 * @param regressed whether p and the difference are beyond what the rules allow
 * @param pending whether the difference would count and p is small, but not small enough yet
 */
public record Allocation(
    double baseline,
    double difference,
    double least,
    double p,
    boolean regressed,
    boolean pending) {}
