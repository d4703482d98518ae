package org.scorebound.layerfixture.sde;

import org.scorebound.layerfixture.lipschitz.Constant;

/** Goes to a sibling without an arrow. */
public record UsesSibling(Constant constant) {}
