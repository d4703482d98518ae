/** Pictures of results. */
@NullMarked
package org.scorebound.report;

import org.jspecify.annotations.NullMarked;
