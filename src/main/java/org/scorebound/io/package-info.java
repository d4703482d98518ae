/**
 * Reading what users hand in and writing what they get: JSON, CSV, bundled data, atomic files, the
 * facts about this build and this machine. Every defect of an input is one {@link
 * org.scorebound.io.InputException} whose message is a single line with file and place.
 */
@NullMarked
package org.scorebound.io;

import org.jspecify.annotations.NullMarked;
