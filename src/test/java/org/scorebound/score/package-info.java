/** Tests. */
@NullMarked
package org.scorebound.score;

import org.jspecify.annotations.NullMarked;
