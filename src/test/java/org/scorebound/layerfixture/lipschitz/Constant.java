package org.scorebound.layerfixture.lipschitz;

/** Follows the arrows. */
public record Constant(double value) {}
