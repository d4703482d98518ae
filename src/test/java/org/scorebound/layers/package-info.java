/** The test of the package arrows. */
@NullMarked
package org.scorebound.layers;

import org.jspecify.annotations.NullMarked;
