package org.scorebound.regress.calibration;

import org.scorebound.regress.Series;

/**
 * One run of the gate on real forks.
 *
 * @param condition of the machine
 * @param percent injected into the candidate; 0 for identical sides
 * @param seed of the order
 * @param series all that was measured until the gate had decided
 */
public record RealRun(Condition condition, double percent, long seed, Series series) {}
