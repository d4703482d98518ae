package org.scorebound.layerfixture.report;

import org.scorebound.layerfixture.io.Reader;

/** Follows the arrows. */
public record Page(Reader reader) {}
