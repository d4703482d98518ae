package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.random.RandomStream;

/** Matrix products of every back end against the definition, over awkward sizes. */
class GemmTest {

  private static final int[] ROWS = {0, 1, 2, 3, 7, 8, 9, 16, 31, 33, 64, 65, 97};
  private static final int[] COLS = {0, 1, 2, 3, 4, 5, 6, 7, 11, 13};
  private static final int[] INNER = {0, 1, 2, 3, 8, 64, 131};

  /** More columns and inner terms than one cache block of the vector back end holds. */
  private static final int[][] LARGE = {
    {64, 1031, 2}, {2, 67, 1031}, {33, 40, 2053}, {256, 261, 17}, {33, 1101, 70}
  };

  @ParameterizedTest
  @EnumSource
  void productsMatchTheDefinition(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(1);
    for (int m : ROWS) {
      for (int n : COLS) {
        for (int k : INNER) {
          checkAll(kernels, random, m, n, k);
        }
      }
    }
    for (int[] s : LARGE) {
      checkAll(kernels, random, s[0], s[1], s[2]);
    }
  }

  /** Products of two threads at once: a library that shares its buffers among them fails this. */
  @ParameterizedTest
  @EnumSource
  void threadsDoNotDisturbEachOther(Implementation implementation) throws Exception {
    KernelSpi kernels = implementation.kernels();
    try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
      List<Future<Double>> worst = new ArrayList<>();
      for (int thread = 0; thread < 2; thread++) {
        worst.add(pool.submit(() -> worstOfRepeated(kernels)));
      }
      for (Future<Double> w : worst) {
        assertThat(w.get()).isLessThan(1e-12);
      }
    }
  }

  /** The largest difference of a product from the same one made anew, 4,000 times. */
  private static double worstOfRepeated(KernelSpi kernels) {
    int m = 32;
    int n = 256;
    int[] inner = {1, 8};
    double worst = 0;
    for (int k : inner) {
      double[] a = new double[m * k];
      double[] b = new double[k * n];
      RandomStream.root(k).fillGaussian(a, 0, a.length);
      RandomStream.root(k + 1).fillGaussian(b, 0, b.length);
      double[] expected = new double[m * n];
      BackEnds.REFERENCE.gemm(false, false, m, n, k, 1, a, 0, m, b, 0, k, 0, expected, 0, m);
      double[] c = new double[m * n];
      for (int repeat = 0; repeat < 4000; repeat++) {
        kernels.gemm(false, false, m, n, k, 1, a, 0, m, b, 0, k, 0, c, 0, m);
        for (int i = 0; i < c.length; i++) {
          worst = Math.max(worst, Math.abs(c[i] - expected[i]));
        }
      }
    }
    return worst;
  }

  private static void checkAll(KernelSpi kernels, RandomStream random, int m, int n, int k) {
    int variant = random.nextInt(4);
    check(kernels, random, (variant & 1) != 0, (variant & 2) != 0, m, n, k, 1.0, 0.0);
    check(kernels, random, (variant & 2) != 0, (variant & 1) != 0, m, n, k, -1.7, 0.0);
    variant = random.nextInt(4);
    check(kernels, random, (variant & 1) != 0, (variant & 2) != 0, m, n, k, -0.7, 1.0);
    check(kernels, random, (variant & 2) != 0, (variant & 1) == 0, m, n, k, 1.3, 0.4);
  }

  /** Slices with offsets and gaps; what lies outside of C must stay, C is NaN where not read. */
  private static void check(
      KernelSpi kernels,
      RandomStream random,
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      double alpha,
      double beta) {
    int lda = (transA ? k : m) + 1 + random.nextInt(3);
    int ldb = (transB ? n : k) + 1 + random.nextInt(3);
    int ldc = m + 1 + random.nextInt(3);
    double[] a = BackEnds.uniform(random, 3 + lda * (transA ? m : k));
    double[] b = BackEnds.uniform(random, 2 + ldb * (transB ? k : n));
    double[] c = BackEnds.uniform(random, 5 + ldc * n + 4);
    double[] old = c.clone();
    if (beta == 0) {
      for (int j = 0; j < n; j++) {
        java.util.Arrays.fill(c, 5 + j * ldc, 5 + j * ldc + m, Double.NaN);
      }
    }
    kernels.gemm(transA, transB, m, n, k, alpha, a, 3, lda, b, 2, ldb, beta, c, 5, ldc);
    for (int p = 0; p < c.length; p++) {
      int i = (p - 5) % ldc;
      int j = (p - 5) / ldc;
      if (p < 5 || i >= m || j >= n) {
        assertThat(c[p]).isEqualTo(old[p]);
        continue;
      }
      double sum = 0;
      double magnitude = 0;
      for (int l = 0; l < k; l++) {
        double x =
            (transA ? a[3 + l + i * lda] : a[3 + i + l * lda])
                * (transB ? b[2 + j + l * ldb] : b[2 + l + j * ldb]);
        sum += x;
        magnitude += Math.abs(x);
      }
      double expected = alpha * sum + (beta == 0 ? 0 : beta * old[p]);
      // Two sums of k products, each within k u, and the roundings of alpha, beta and their sum.
      double bound =
          (2 * k + 4) * BackEnds.U * (Math.abs(alpha) * magnitude + Math.abs(beta * old[p]));
      assertThat(Math.abs(c[p] - expected))
          .as(
              "C(%d,%d) of %dx%dx%d, transposed %b %b, beta %s",
              i, j, m, n, k, transA, transB, beta)
          .isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest
  @EnumSource
  void vectorKernelsMatchTheReference(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(2);
    for (int n : new int[] {0, 1, 7, 8, 9, 31, 32, 33, 101, 257, 1021}) {
      double[] x = BackEnds.uniform(random, n + 3);
      double[] y = BackEnds.uniform(random, n + 5);
      double[] y2 = y.clone();
      double magnitude = 0;
      for (int i = 0; i < n; i++) {
        magnitude += Math.abs(x[1 + i] * y[2 + i]);
      }
      assertThat(Math.abs(kernels.dot(n, x, 1, y, 2) - BackEnds.REFERENCE.dot(n, x, 1, y, 2)))
          .isLessThanOrEqualTo(2 * n * BackEnds.U * magnitude);
      kernels.axpy(n, 0.3, x, 1, y, 2);
      BackEnds.REFERENCE.axpy(n, 0.3, x, 1, y2, 2);
      for (int i = 0; i < y.length; i++) {
        // One rounding in place of two, of numbers below 2.
        assertThat(Math.abs(y[i] - y2[i])).isLessThanOrEqualTo(4 * BackEnds.U);
      }
      kernels.scal(n, -2.5, y, 2);
      for (int i = 0; i < n; i++) {
        assertThat(Math.abs(y[2 + i] + 2.5 * y2[2 + i])).isLessThanOrEqualTo(16 * BackEnds.U);
      }
    }
    for (int m : new int[] {0, 1, 5, 8, 37}) {
      for (int n : new int[] {0, 1, 2, 9, 40}) {
        for (boolean t : new boolean[] {false, true}) {
          double[] a = BackEnds.uniform(random, 1 + (m + 2) * Math.max(n, 1));
          double[] x = BackEnds.uniform(random, t ? m : n);
          double[] y = BackEnds.uniform(random, t ? n : m);
          double[] y2 = y.clone();
          kernels.gemv(t, m, n, 1.5, a, 1, m + 2, x, 0, 0.5, y, 0);
          BackEnds.REFERENCE.gemv(t, m, n, 1.5, a, 1, m + 2, x, 0, 0.5, y2, 0);
          for (int i = 0; i < y.length; i++) {
            assertThat(Math.abs(y[i] - y2[i]))
                .isLessThanOrEqualTo(2 * BackEnds.U * (m + n + 4) * 1.5 * (m + n + 1));
          }
        }
      }
    }
  }
}
