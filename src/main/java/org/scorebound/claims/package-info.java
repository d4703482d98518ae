/**
 * The statements of the sources, row by row of THEORY.md section 4: each with the numbers that
 * support or refute it, an independent way to each number, and a wrong statement that must fail.
 */
@NullMarked
package org.scorebound.claims;

import org.jspecify.annotations.NullMarked;
