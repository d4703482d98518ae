package org.scorebound.linalg;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The implementations of the kernels; {@link #VECTOR} is the default. */
public enum BackEnd {
  /** The JDK Vector API; plain loops where its module is absent. */
  VECTOR,
  /** jblas's native BLAS and flat loops. */
  JBLAS,
  /** Plain loops over {@link Math}, the reference. */
  SCALAR;

  /**
   * The back end of a name.
   *
   * @param label {@code vector}, {@code jblas} or {@code scalar}
   * @throws IllegalArgumentException for any other name
   */
  public static BackEnd parse(String label) {
    for (BackEnd b : values()) {
      if (b.label().equals(label)) {
        return b;
      }
    }
    throw new IllegalArgumentException(
        "unknown back end '"
            + label
            + "', known are "
            + Arrays.stream(values()).map(BackEnd::label).collect(Collectors.joining(", ")));
  }

  /** The spelling used on the command line and in result documents. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether {@link Kernels#of} will succeed. Loads jblas's library for {@link #JBLAS} alone. */
  public boolean isAvailable() {
    return unavailableReason().isEmpty();
  }

  /** Why this back end cannot be used, in one line that says what to install; empty if it can. */
  public Optional<String> unavailableReason() {
    return switch (this) {
      case VECTOR, SCALAR -> Optional.empty();
      case JBLAS -> KernelProviders.jblasProblem();
    };
  }
}
