package org.scorebound.layerfixture.sde;

import org.jblas.NativeBlas;

/** Goes past the facade. */
public record NativeOutside(NativeBlas blas) {}
