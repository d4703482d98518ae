/**
 * Seeded random streams. A stream is named by its seed path, so no result depends on the number of
 * threads.
 */
@NullMarked
package org.scorebound.random;

import org.jspecify.annotations.NullMarked;
