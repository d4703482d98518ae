@NullMarked
package org.scorebound.random;

import org.jspecify.annotations.NullMarked;
