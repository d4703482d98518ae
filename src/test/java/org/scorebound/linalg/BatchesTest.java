package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebound.linalg.BackEnds.Implementation;
import org.scorebound.linalg.internal.KernelSpi;
import org.scorebound.random.RandomStream;

/** Batches of points and of small matrices on every back end, against formulas and reference. */
class BatchesTest {

  private static final int[] SIZES = {0, 1, 2, 7, 8, 9, 31, 33};

  @ParameterizedTest
  @EnumSource
  void affineNoiseIsTheRecursion(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(1);
    for (int d : new int[] {1, 2, 3, 5}) {
      for (int n : new int[] {0, 1, 3, 4, 7, 300}) {
        double[] r = BackEnds.uniform(random, d * d);
        double[] c = BackEnds.uniform(random, d);
        double[] xi = BackEnds.uniform(random, 1 + d * n);
        double[] y = BackEnds.uniform(random, 2 + d * n);
        double[] got = y.clone();
        kernels.affineNoise(d, n, r, c, 0.7, xi.clone(), 1, got, 2);
        assertThat(got[0]).isEqualTo(y[0]);
        assertThat(got[1]).isEqualTo(y[1]);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < d; i++) {
            double want = 0.7 * xi[1 + j * d + i] + c[i];
            for (int l = 0; l < d; l++) {
              want += r[i + l * d] * y[2 + j * d + l];
            }
            // d + 2 terms below 1, each rounded twice at most, here and there.
            assertThat(Math.abs(got[2 + j * d + i] - want))
                .isLessThanOrEqualTo(2 * (d + 2) * (d + 2) * BackEnds.U);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void eigenvaluesOfPairs(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(2);
    for (int n : SIZES) {
      double[] a = BackEnds.uniform(random, n);
      double[] b = BackEnds.uniform(random, n);
      double[] c = BackEnds.uniform(random, n);
      if (n >= 8) {
        a[0] = 3;
        b[0] = 0;
        c[0] = 3;
        a[1] = 0;
        b[1] = 0;
        c[1] = 0;
        a[2] = 1e300;
        b[2] = 1e300;
        c[2] = -1e300;
        a[3] = Double.NaN;
      }
      double[] low = new double[n];
      double[] high = new double[n];
      kernels.eigenvalues2(n, a, b, c, low, high);
      for (int i = 0; i < n; i++) {
        if (n >= 8 && i == 3) {
          assertThat(low[i]).isNaN();
          assertThat(high[i]).isNaN();
          continue;
        }
        if (n >= 8 && i == 2) {
          // (1 1; 1 -1) times 1e300, whose products would overflow.
          assertThat(high[i] / 1e300).isCloseTo(Math.sqrt(2), within(4 * BackEnds.U));
          assertThat(low[i]).isEqualTo(-high[i]);
          continue;
        }
        double[][] matrix = {{a[i], b[i]}, {b[i], c[i]}};
        SymmetricEigen eigen = new SymmetricEigen(matrix);
        double norm = Math.max(Math.abs(eigen.min()), Math.abs(eigen.max()));
        // 5 u here, as much for Jacobi's rotation.
        assertThat(Math.abs(low[i] - eigen.min())).isLessThanOrEqualTo(16 * BackEnds.U * norm);
        assertThat(Math.abs(high[i] - eigen.max())).isLessThanOrEqualTo(16 * BackEnds.U * norm);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsAreSquaredDistances(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(3);
    for (int d : new int[] {1, 2, 3, 17}) {
      for (int m : SIZES) {
        int n = 5;
        double[] x = BackEnds.uniform(random, d * m);
        double[] y = BackEnds.uniform(random, d * n);
        double[] c = new double[m * n];
        kernels.squaredDistances(d, m, x, n, y, c);
        for (int j = 0; j < n; j++) {
          for (int i = 0; i < m; i++) {
            double want = 0;
            for (int a = 0; a < d; a++) {
              want += Math.pow(x[i * d + a] - y[j * d + a], 2);
            }
            // Relative to (|x| + |y|)^2 <= 4 d, the error by products.
            assertThat(Math.abs(c[i + j * m] - want))
                .isLessThanOrEqualTo(2 * (d + 4) * BackEnds.U * 4 * d);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void reductionsLeaveZeros(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(4);
    for (int m : new int[] {1, 7, 16, 33}) {
      for (int n : new int[] {1, 2, 9}) {
        double[] c = BackEnds.uniform(random, m * n);
        double[] rows = c.clone();
        double[] u = new double[m];
        kernels.reduceRows(m, n, rows, u);
        double[] columns = c.clone();
        double[] v = new double[n];
        kernels.reduceColumns(m, n, columns, v);
        for (int i = 0; i < m; i++) {
          double least = Double.POSITIVE_INFINITY;
          for (int j = 0; j < n; j++) {
            least = Math.min(least, c[i + j * m]);
            assertThat(rows[i + j * m]).isEqualTo(c[i + j * m] - u[i]);
            assertThat(columns[i + j * m]).isEqualTo(c[i + j * m] - v[j]);
          }
          assertThat(u[i]).isEqualTo(least);
        }
        for (int j = 0; j < n; j++) {
          double least = Double.POSITIVE_INFINITY;
          for (int i = 0; i < m; i++) {
            least = Math.min(least, c[i + j * m]);
          }
          assertThat(v[j]).isEqualTo(least);
        }
      }
    }
  }

  /**
   * Against Commons Math's QL iteration, whose backward error is of the same size. Every lane and
   * the tail of plain loops have the same bits, whatever their neighbours.
   */
  @ParameterizedTest
  @EnumSource
  void eigenvaluesOfSmallMatrices(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    RandomStream random = RandomStream.root(5);
    for (int d : new int[] {1, 2, 3, 4, 6, 9}) {
      for (int n : SIZES) {
        double[] a = BackEnds.uniform(random, triangle(d) * n);
        double[] values = new double[d * n];
        kernels.eigenvalues(d, n, a, values);
        for (int k = 0; k < n; k++) {
          double[][] matrix = matrix(d, n, k, a);
          double[] want =
              new org.apache.commons.math3.linear.EigenDecomposition(
                      new org.apache.commons.math3.linear.Array2DRowRealMatrix(matrix))
                  .getRealEigenvalues();
          java.util.Arrays.sort(want);
          double norm =
              new org.apache.commons.math3.linear.Array2DRowRealMatrix(matrix).getFrobeniusNorm();
          double[] alone = new double[d];
          BackEnds.REFERENCE.eigenvalues(d, 1, column(triangle(d), n, k, a), alone);
          for (int i = 0; i < d; i++) {
            assertThat(Math.abs(values[i * n + k] - want[i]))
                .isLessThanOrEqualTo(16 * d * BackEnds.U * norm);
            assertThat(values[i * n + k]).isEqualTo(alone[i]);
          }
        }
      }
    }
  }

  /**
   * Second differences have the eigenvalues {@code 2 - 2 cos(pi i/(d + 1))}; scale is no matter.
   */
  @ParameterizedTest
  @EnumSource
  void eigenvaluesInClosedForm(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    int n = 11;
    for (int d : new int[] {2, 3, 5, 8}) {
      double[] a = new double[triangle(d) * n];
      for (int k = 0; k < n; k++) {
        double scale = Math.scalb(1.0, 200 * (k - 5));
        for (int i = 0; i < d; i++) {
          a[(i * (i + 1) / 2 + i) * n + k] = 2 * scale;
          if (i > 0) {
            a[(i * (i + 1) / 2 + i - 1) * n + k] = -scale;
          }
        }
      }
      a[3] = Double.NaN;
      a[1 * n + 4] = Double.NaN;
      double[] values = new double[d * n];
      kernels.eigenvalues(d, n, a, values);
      for (int k = 0; k < n; k++) {
        double scale = Math.scalb(1.0, 200 * (k - 5));
        for (int i = 0; i < d; i++) {
          if (k == 3 || k == 4) {
            assertThat(values[i * n + k]).isNaN();
          } else {
            double want = 2 - 2 * Math.cos(Math.PI * (i + 1) / (d + 1));
            assertThat(values[i * n + k] / scale).isCloseTo(want, within(16 * d * BackEnds.U * 4));
          }
        }
      }
    }
  }

  /** Multiples of the identity beside matrices that rotate, and a NaN beside ones that do not. */
  @ParameterizedTest
  @EnumSource
  void eigenvaluesOfDiagonalMatrices(Implementation implementation) {
    KernelSpi kernels = implementation.kernels();
    int n = 16;
    for (int d : new int[] {2, 3}) {
      double[] a = new double[triangle(d) * n];
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < d; i++) {
          a[(i * (i + 1) / 2 + i) * n + k] = 3;
        }
      }
      double[] nan = a.clone();
      nan[n] = Double.NaN;
      double[] values = new double[d * n];
      kernels.eigenvalues(d, n, nan, values);
      for (int i = 0; i < d; i++) {
        assertThat(values[i * n]).isNaN();
        assertThat(values[i * n + 1]).isEqualTo(3);
      }
      a[n] = 1;
      kernels.eigenvalues(d, n, a, values);
      assertThat(values[0]).isCloseTo(2, within(16 * BackEnds.U));
      assertThat(values[(d - 1) * n]).isCloseTo(4, within(16 * BackEnds.U));
      for (int k = 1; k < n; k++) {
        for (int i = 0; i < d; i++) {
          assertThat(values[i * n + k]).isEqualTo(3);
        }
      }
    }
  }

  private static int triangle(int d) {
    return d * (d + 1) / 2;
  }

  private static double[] column(int planes, int n, int k, double[] a) {
    double[] one = new double[planes];
    for (int e = 0; e < planes; e++) {
      one[e] = a[e * n + k];
    }
    return one;
  }

  private static double[][] matrix(int d, int n, int k, double[] a) {
    double[][] matrix = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = a[(i * (i + 1) / 2 + j) * n + k];
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  @Test
  void badArgumentsAreNamedWithBothShapes() {
    Kernels k = Kernels.of(BackEnd.SCALAR);
    double[] x = new double[6];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.gemm(2, 3, 4, 1, new double[8], new double[11], 0, x))
        .withMessageContaining("C (2 x 3) = op(A) (2 x 4) op(B) (4 x 3)")
        .withMessageContaining("array of 11");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> k.affineNoise(2, 3, new double[4], new double[2], 1, new double[5], 0, x, 0))
        .withMessageContaining("Xi of 2 x 3")
        .withMessageContaining("array of 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.affineNoise(1, 3, new double[1], new double[1], 1, x, 0, x, 2))
        .withMessageContaining("Xi at 0..3 overlaps the output at 2..5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.squaredDistances(2, 3, x, 2, new double[3], new double[6]))
        .withMessageContaining("Y of 2 x 2")
        .withMessageContaining("array of 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.reduceRows(2, 3, x, x))
        .withMessageContaining("overlaps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.eigenvalues2(2, x, x, x, new double[2], new double[1]))
        .withMessageContaining("high of length 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.eigenvalues(3, 1, x, new double[2]))
        .withMessageContaining("values of 1 x 3")
        .withMessageContaining("array of 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> k.gemv(true, 2, 3, 1, x, 0, 2, new double[2], 0, 0, new double[2], 0))
        .withMessageContaining("y (3) = op(A) (3 x 2) x (2)")
        .withMessageContaining("array of 2");
    // Nothing to do is no error.
    k.reduceRows(0, 3, x, new double[0]);
    k.reduceColumns(3, 0, x, new double[0]);
    k.affineNoise(2, 0, new double[4], new double[2], 1, x, 0, x, 6);
  }
}
