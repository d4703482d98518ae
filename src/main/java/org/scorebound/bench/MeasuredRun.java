package org.scorebound.bench;

import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;

/**
 * One run of benchmarks, of which a document may hold several: where, when and how the numbers of
 * its rows came about. Every ratio and every share of the roof is a quotient of numbers of one run.
 *
 * @param id counts from 1 in the order in which runs came into the document; ids of runs that are
 *     gone are not used again
 * @param run build and machine
 * @param timing command line, start and length
 * @param quick whether it was asked for short forks
 * @param forks of each benchmark
 * @param plan of each fork
 * @param roof what the machine did in this run; shares of memory's roof are of this one
 * @param frameworkFile name of the file with the framework's own results, beside the document
 */
public record MeasuredRun(
    int id,
    RunInfo run,
    RunTiming timing,
    boolean quick,
    int forks,
    ForkPlan plan,
    Roof roof,
    String frameworkFile) {

  /** The id of a run that stands alone. */
  public static final int FIRST = 1;

  /** Checks the counts. */
  public MeasuredRun {
    if (id < FIRST || forks < 1) {
      throw new IllegalArgumentException(
          "run must have id >= 1 and forks >= 1, got " + id + " and " + forks);
    }
  }
}
