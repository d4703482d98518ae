package org.scorebound.result;

/**
 * What determines the numbers of a run: same fields, same numbers. What may differ between two runs
 * with equal numbers is in {@link RunTiming}.
 *
 * @param schemaVersion version of the result document's schema
 * @param command the subcommand, for example {@code verify}
 * @param seed root of all random streams
 * @param backEnd back end of the linear algebra
 * @param build which build
 * @param machine which machine
 */
public record RunInfo(
    int schemaVersion,
    String command,
    long seed,
    String backEnd,
    BuildInfo build,
    MachineInfo machine) {

  /** The schema version this build writes. */
  public static final int SCHEMA_VERSION = 1;
}
