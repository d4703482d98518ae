/**
 * The back ends behind {@link org.scorebound.linalg.Kernels}: unchecked kernels, one interface,
 * three implementations. Nothing outside {@code org.scorebound.linalg} uses this package.
 */
@NullMarked
package org.scorebound.linalg.internal;

import org.jspecify.annotations.NullMarked;
