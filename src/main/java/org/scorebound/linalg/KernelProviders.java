package org.scorebound.linalg;

import java.lang.System.Logger;
import java.util.Optional;
import org.scorebound.linalg.internal.JblasLoader;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.linalg.internal.ScalarKernels;
import org.scorebound.linalg.internal.VectorKernels;

/** Finds the kernels of a back end, or the reason why there are none. */
final class KernelProviders {

  private KernelProviders() {}

  /** Those on the Vector API; plain loops, with a warning, where its module is absent. */
  static KernelSpi vector() {
    if (!hasVectorModule()) {
      System.getLogger(Kernels.class.getName())
          .log(
              Logger.Level.WARNING,
              "plain loops instead of the Vector API: start with --add-modules"
                  + " jdk.incubator.vector");
      return new ScalarKernels();
    }
    return new VectorKernels();
  }

  /** Whether the virtual machine was started with the incubator module of the Vector API. */
  static boolean hasVectorModule() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  /**
   * Those on jblas.
   *
   * @throws UnsupportedOperationException with the reason, if it cannot be loaded
   */
  static KernelSpi jblas() {
    KernelSpi spi = Jblas.OUTCOME.kernels();
    if (spi == null) {
      throw new UnsupportedOperationException(Jblas.OUTCOME.reason());
    }
    return spi;
  }

  static Optional<String> jblasProblem() {
    String reason = Jblas.OUTCOME.reason();
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  /** Loaded when first asked for. */
  private static final class Jblas {
    static final JblasLoader.Outcome OUTCOME = JblasLoader.load();
  }
}
