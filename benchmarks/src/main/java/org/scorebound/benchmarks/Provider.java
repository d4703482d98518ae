package org.scorebound.benchmarks;

import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;

/**
 * Who computes a kernel. jblas is measured three times, each in a process of its own, since its
 * OpenBLAS reads its environment once.
 */
public enum Provider {
  /** The default back end. */
  VECTOR,
  /** jblas as it comes: an OpenBLAS that does not know newer processors and falls back to SSE2. */
  JBLAS,
  /** jblas with {@code OPENBLAS_CORETYPE=Haswell}. */
  JBLAS_HASWELL,
  /**
   * The same, with an allocator that keeps freed memory: jblas copies whole arrays for every call,
   * and glibc otherwise gets large copies from the kernel page by page.
   */
  JBLAS_TUNED,
  /** Plain loops. */
  SCALAR;

  /**
   * The kernels, after preparing this process for them; to be called once in a forked JVM.
   *
   * @throws UnsupportedOperationException where they are not available, with the reason
   */
  Kernels kernels() {
    return switch (this) {
      case VECTOR -> Kernels.of(BackEnd.VECTOR);
      case SCALAR -> Kernels.of(BackEnd.SCALAR);
      case JBLAS -> {
        NativeProcess.unsetEnvironment("OPENBLAS_CORETYPE");
        yield Kernels.of(BackEnd.JBLAS);
      }
      case JBLAS_HASWELL -> {
        NativeProcess.setEnvironment("OPENBLAS_CORETYPE", "Haswell");
        yield Kernels.of(BackEnd.JBLAS);
      }
      case JBLAS_TUNED -> {
        NativeProcess.setEnvironment("OPENBLAS_CORETYPE", "Haswell");
        NativeProcess.keepFreedMemory();
        yield Kernels.of(BackEnd.JBLAS);
      }
    };
  }
}
