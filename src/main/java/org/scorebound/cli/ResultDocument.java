package org.scorebound.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.HostFacts;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.RunInfo;
import org.scorebound.result.RunTiming;

/** What every result document starts with. */
final class ResultDocument {

  private ResultDocument() {}

  /** The name of the schema that the result documents of a command follow. */
  static String schema(String command) {
    return "scorebound/" + command + "-result/" + RunInfo.SCHEMA_VERSION;
  }

  /**
   * The head of a result document of this build: {@code schema}, {@code run}, {@code timing}. The
   * command adds its own fields after them.
   *
   * @param command the subcommand
   * @param seed root of all random streams
   * @param backEnd back end of the linear algebra
   * @param timing what may differ between equal runs
   */
  static Map<String, @Nullable Object> head(
      String command, long seed, String backEnd, RunTiming timing) {
    return head(command, seed, backEnd, HostFacts.build(), timing);
  }

  /** The same with the build that made the numbers. */
  static Map<String, @Nullable Object> head(
      String command, long seed, String backEnd, BuildInfo build, RunTiming timing) {
    return head(
        new RunInfo(RunInfo.SCHEMA_VERSION, command, seed, backEnd, build, HostFacts.machine()),
        timing);
  }

  /** The same of a run that is known. */
  static Map<String, @Nullable Object> head(RunInfo run, RunTiming timing) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("schema", schema(run.command()));
    document.put("run", run);
    document.put("timing", timing);
    return document;
  }

  /**
   * The timing of a command without stages of its own.
   *
   * @param commandLine the arguments as typed
   * @param threads number of worker threads
   * @param begun start of the run, as {@link CommonOptions#timestamp} spells it
   * @param seconds wall-clock time of the run
   */
  static RunTiming timing(List<String> commandLine, int threads, String begun, double seconds) {
    return new RunTiming(commandLine, threads, begun, seconds, new LinkedHashMap<>());
  }
}
