/**
 * Benchmarks as the harness sees them: which there are, how they are run, and what the times mean
 * as shares of what the machine can do. The framework that takes the times is behind {@link
 * org.scorebound.bench.BenchmarkSuite}.
 */
@NullMarked
package org.scorebound.bench;

import org.jspecify.annotations.NullMarked;
