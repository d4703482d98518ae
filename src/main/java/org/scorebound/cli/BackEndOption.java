package org.scorebound.cli;

import java.util.Arrays;
import java.util.List;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import picocli.CommandLine.Option;

/** The option that selects the back end of the linear algebra; a picocli mixin. */
public final class BackEndOption {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "vector",
      description = "Linear algebra: vector, jblas or scalar (default: ${DEFAULT-VALUE}).")
  private String name = "vector";

  /** The kernels of the back end; one line says what to install where it cannot be had. */
  public Kernels kernels() {
    List<String> known = Arrays.stream(BackEnd.values()).map(BackEnd::label).toList();
    if (!known.contains(name)) {
      throw new InputException("unknown back end '" + name + "'" + Nearest.clause(name, known));
    }
    BackEnd backEnd = BackEnd.parse(name);
    backEnd
        .unavailableReason()
        .ifPresent(
            reason -> {
              throw new InputException("--backend " + name + ": " + reason);
            });
    return Kernels.of(backEnd);
  }
}
