/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.lipschitz;

import org.jspecify.annotations.NullMarked;
