package org.scorebound.layerfixture.bench;

import org.scorebound.layerfixture.linalg.Matrix;

/** Goes down, where its own narrower rule forbids it. */
public record UsesLinalg(Matrix matrix) {}
