/** Tests of the package of the same name. */
@NullMarked
package org.scorebound.cli;

import org.jspecify.annotations.NullMarked;
