/**
 * JMH benchmarks, one class per kernel: each names what provides the kernel and its shape by enum
 * parameters, checks its result outside the timing, and has a baseline. {@link
 * org.scorebound.benchmarks.KernelWork} tells the arithmetic and the traffic of one operation.
 */
@NullMarked
package org.scorebound.benchmarks;

import org.jspecify.annotations.NullMarked;
