/** Planted for the test of the package arrows. */
@NullMarked
package org.scorebound.layerfixture.report;

import org.jspecify.annotations.NullMarked;
