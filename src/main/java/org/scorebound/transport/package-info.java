/**
 * The Wasserstein-2 distance: exact between point clouds with a dual certificate, between laws on
 * the line by quantiles, between Gaussians; lower bounds; labelled approximations.
 *
 * <p>Clouds are column-major {@code double[]} of shape d x n, one point a column. Every distance is
 * {@code W2}, not its square, unless its name says {@code squared}.
 */
@NullMarked
package org.scorebound.transport;

import org.jspecify.annotations.NullMarked;
