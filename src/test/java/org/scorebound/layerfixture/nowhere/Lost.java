package org.scorebound.layerfixture.nowhere;

/** Is in a package without a layer. */
public record Lost(int value) {}
