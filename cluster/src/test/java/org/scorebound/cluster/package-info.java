/** Tests of the package of the same name. */
@NullMarked
package org.scorebound.cluster;

import org.jspecify.annotations.NullMarked;
