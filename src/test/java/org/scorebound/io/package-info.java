/** Tests of the package of the same name. */
@NullMarked
package org.scorebound.io;

import org.jspecify.annotations.NullMarked;
