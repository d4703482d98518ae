/** Campaigns on Apache Spark. */
@NullMarked
package org.scorebound.cluster;

import org.jspecify.annotations.NullMarked;
