/** Tests. */
@NullMarked
package org.scorebound.experiment;

import org.jspecify.annotations.NullMarked;
