@NullMarked
package org.scorebound.bench;

import org.jspecify.annotations.NullMarked;
