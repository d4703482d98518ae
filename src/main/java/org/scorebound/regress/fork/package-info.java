/** Benchmark jars, the processes that run them, and what they report. */
@NullMarked
package org.scorebound.regress.fork;

import org.jspecify.annotations.NullMarked;
