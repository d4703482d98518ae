package org.scorebound.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import picocli.CommandLine.Option;

/** The options of {@code verify} that take numbers exported by another program; a mixin. */
final class SuppliedOptions {

  @Option(
      names = "--samples",
      paramLabel = "FILE",
      description = {
        "Instead: the exact distance of these generated points, CSV or .npy, from",
        "--reference, and with --score-errors every bound they determine."
      })
  private @Nullable String samples;

  @Option(names = "--reference", paramLabel = "FILE", description = "Data points of --samples.")
  private @Nullable String reference;

  @Option(
      names = "--score-errors",
      paramLabel = "FILE",
      description = "CSV with columns t, m, L_s (docs/formats.md); goes with --process.")
  private @Nullable String scoreErrors;

  @Option(
      names = "--process",
      paramLabel = "FILE",
      description = "JSON with diffusion, sampler and startW2, for --score-errors.")
  private @Nullable Path process;

  /**
   * What was given.
   *
   * @param samples generated points
   * @param reference data points
   * @param errors times, m and L_s
   * @param process the document of the process
   */
  record Given(String samples, String reference, Optional<String> errors, Optional<Path> process) {}

  /** What was given; empty if nothing was. */
  Optional<Given> given() {
    if (samples == null && reference == null && scoreErrors == null && process == null) {
      return Optional.empty();
    }
    if (samples == null || reference == null) {
      throw new InputException(
          "--samples and --reference go together; "
              + (samples == null ? "--samples" : "--reference")
              + " is missing");
    }
    if ((scoreErrors == null) != (process == null)) {
      throw new InputException(
          "--score-errors and --process go together; "
              + (process == null ? "--process" : "--score-errors")
              + " is missing");
    }
    return Optional.of(
        new Given(
            samples, reference, Optional.ofNullable(scoreErrors), Optional.ofNullable(process)));
  }
}
