/**
 * Multilayer perceptrons with a gain per step: forward, backward, Jacobian, optimiser, constraints.
 */
@NullMarked
package org.scorebound.network;

import org.jspecify.annotations.NullMarked;
