/**
 * Forward processes with linear drift, their noise schedules, and the reverse family of every noise
 * level.
 */
@NullMarked
package org.scorebound.diffusion;

import org.jspecify.annotations.NullMarked;
