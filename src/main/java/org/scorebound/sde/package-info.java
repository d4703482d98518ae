/** Reverse processes: moment equations, quantile maps, and synchronous couplings by simulation. */
@NullMarked
package org.scorebound.sde;

import org.jspecify.annotations.NullMarked;
