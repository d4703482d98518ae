/**
 * The arithmetic of the gate, without clock, process or file: steady state, signed ranks, looks,
 * step-down adjustment, sign flips, bootstrap, change points.
 */
@NullMarked
package org.scorebound.regress.statistics;

import org.jspecify.annotations.NullMarked;
