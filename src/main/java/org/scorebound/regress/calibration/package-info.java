/** How often the gate and other rules are wrong, on real forks and on forks drawn from them. */
@NullMarked
package org.scorebound.regress.calibration;

import org.jspecify.annotations.NullMarked;
