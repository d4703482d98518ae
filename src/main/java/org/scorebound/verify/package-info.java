/** Configurations, verdicts, equality cases, and negative controls. */
@NullMarked
package org.scorebound.verify;

import org.jspecify.annotations.NullMarked;
