/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.bench;

import org.jspecify.annotations.NullMarked;
