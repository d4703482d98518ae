package org.scorebound.cli;

import java.util.List;
import org.scorebound.io.InputException;
import org.scorebound.io.Nearest;
import picocli.CommandLine.Option;

/** The option that selects the back end of the linear algebra; a picocli mixin. */
public final class BackEndOption {

  /** The back ends, fastest first. */
  private static final List<String> NAMES = List.of("vector", "jblas", "scalar");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "vector",
      description = "Linear algebra: vector, jblas or scalar (default: ${DEFAULT-VALUE}).")
  private String name = "vector";

  /** The name of the back end, one of those known. */
  public String name() {
    if (!NAMES.contains(name)) {
      throw new InputException("unknown back end '" + name + "'" + Nearest.clause(name, NAMES));
    }
    return name;
  }
}
