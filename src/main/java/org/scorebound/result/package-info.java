/** What a computation returns: estimates with their direction and evidence, verdicts, progress. */
@NullMarked
package org.scorebound.result;

import org.jspecify.annotations.NullMarked;
