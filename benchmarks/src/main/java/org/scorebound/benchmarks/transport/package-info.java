/** Timings of the exact W2 solvers, each against what it replaces. */
@NullMarked
package org.scorebound.benchmarks.transport;

import org.jspecify.annotations.NullMarked;
