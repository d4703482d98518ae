/** The command line: picocli commands, exit codes, progress on the terminal. */
@NullMarked
package org.scorebound.cli;

import org.jspecify.annotations.NullMarked;
