package org.scorebound.layerfixture.random;

import org.scorebound.layerfixture.io.Reader;

/** Goes up. */
public record UsesIo(Reader reader) {}
