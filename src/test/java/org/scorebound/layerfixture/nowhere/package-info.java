/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.nowhere;

import org.jspecify.annotations.NullMarked;
