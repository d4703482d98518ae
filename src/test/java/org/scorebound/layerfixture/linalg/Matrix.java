package org.scorebound.layerfixture.linalg;

import org.jblas.DoubleMatrix;

/** Follows the arrows. */
public record Matrix(DoubleMatrix values) {}
