/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.random;

import org.jspecify.annotations.NullMarked;
