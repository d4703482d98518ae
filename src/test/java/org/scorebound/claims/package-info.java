@NullMarked
package org.scorebound.claims;

import org.jspecify.annotations.NullMarked;
