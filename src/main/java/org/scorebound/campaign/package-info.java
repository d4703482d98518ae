/**
 * Campaigns that outgrow one process: the plan, its division into shards, the lines they append,
 * and the merge into the one document that a single process would have written.
 */
@NullMarked
package org.scorebound.campaign;

import org.jspecify.annotations.NullMarked;
