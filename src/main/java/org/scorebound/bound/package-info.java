/**
 * The theorem and its corollaries. Takes the profiles of L_s and m and the start's W2 as arguments.
 */
@NullMarked
package org.scorebound.bound;

import org.jspecify.annotations.NullMarked;
