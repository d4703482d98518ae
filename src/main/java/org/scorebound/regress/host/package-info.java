/** The one class that runs inside the virtual machine of a benchmark jar. */
@NullMarked
package org.scorebound.regress.host;

import org.jspecify.annotations.NullMarked;
