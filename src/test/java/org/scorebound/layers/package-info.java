/** Rules that hold for the whole source: package arrows, places of planted errors. */
@NullMarked
package org.scorebound.layers;

import org.jspecify.annotations.NullMarked;
