/** Linear algebra: small dense matrices, and the facade over the back ends of the hot kernels. */
@NullMarked
package org.scorebound.linalg;

import org.jspecify.annotations.NullMarked;
