/**
 * Data laws: Gaussians and Gaussian mixtures with exact densities, scores, Hessians and samples.
 */
@NullMarked
package org.scorebound.distribution;

import org.jspecify.annotations.NullMarked;
