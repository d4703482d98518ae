/** The published experiments, in settings of our own that are stated with every result. */
@NullMarked
package org.scorebound.experiment;

import org.jspecify.annotations.NullMarked;
