package org.scorebound.layerfixture.io;

import org.scorebound.layerfixture.linalg.Matrix;

/** Follows the arrows. */
public record Reader(Matrix matrix) {}
