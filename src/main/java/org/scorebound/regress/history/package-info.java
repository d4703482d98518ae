/** Scores of one benchmark over many runs on one machine, and where they changed. */
@NullMarked
package org.scorebound.regress.history;

import org.jspecify.annotations.NullMarked;
