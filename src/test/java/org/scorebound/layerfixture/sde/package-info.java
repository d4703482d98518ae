/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.sde;

import org.jspecify.annotations.NullMarked;
