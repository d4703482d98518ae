/** Tests of the package of the same name. */
@NullMarked
package org.scorebound.campaign;

import org.jspecify.annotations.NullMarked;
