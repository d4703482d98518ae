/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.linalg;

import org.jspecify.annotations.NullMarked;
