package org.scorebound.experiment;

/**
 * A piece of an experiment that depends on nothing but itself: it may run on any thread, beside any
 * other, and gives the same columns.
 */
interface Task {

  /** Its name within the experiment, unique. */
  String key();

  /** Units of progress, in proportion to the time it takes. */
  long effort();

  /** Does it. Called on a thread of the pool; parts may be forked there. */
  Columns run(Work work);
}
