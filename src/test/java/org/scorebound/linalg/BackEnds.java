package org.scorebound.linalg;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.linalg.internal.ScalarKernels;
import org.scorebound.linalg.internal.VectorKernels;
import org.scorebound.random.RandomStream;

/** The implementations under test, the reference and random data. */
final class BackEnds {

  /** Unit roundoff of double. */
  static final double U = 0x1p-53;

  static final KernelSpi REFERENCE = new ScalarKernels();

  /** Every implementation, the vector one with either register tile. */
  enum Implementation {
    VECTOR_32,
    VECTOR_16,
    JBLAS,
    SCALAR;

    KernelSpi kernels() {
      return switch (this) {
        case VECTOR_32 -> new VectorKernels(true);
        case VECTOR_16 -> new VectorKernels(false);
        case SCALAR -> REFERENCE;
        case JBLAS -> {
          assumeTrue(
              BackEnd.JBLAS.isAvailable(),
              () -> "skipped: " + BackEnd.JBLAS.unavailableReason().orElse(""));
          yield Kernels.of(BackEnd.JBLAS).spi();
        }
      };
    }
  }

  private BackEnds() {}

  /** n uniform numbers in (-1, 1). */
  static double[] uniform(RandomStream random, int n) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextDouble(-1, 1);
    }
    return x;
  }
}
