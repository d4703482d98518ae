/** Runs the benchmarks by JMH for {@code scorebound bench}. */
@NullMarked
package org.scorebound.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
