/**
 * Two builds of one JMH benchmark jar compared: what is measured, in which order, and what the
 * numbers say. {@link org.scorebound.regress.Judge} turns forks into verdicts and knows neither
 * clock nor process.
 */
@NullMarked
package org.scorebound.regress;

import org.jspecify.annotations.NullMarked;
