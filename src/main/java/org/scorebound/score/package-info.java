/** Score models: exact, linear with error, perturbed, and networks. */
@NullMarked
package org.scorebound.score;

import org.jspecify.annotations.NullMarked;
