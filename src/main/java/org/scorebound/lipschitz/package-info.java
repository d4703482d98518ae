/** One-sided Lipschitz constants of scores: sampled below, certified above. */
@NullMarked
package org.scorebound.lipschitz;

import org.jspecify.annotations.NullMarked;
