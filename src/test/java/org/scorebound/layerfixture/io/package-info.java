/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.io;

import org.jspecify.annotations.NullMarked;
