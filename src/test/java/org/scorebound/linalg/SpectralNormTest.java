package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;

class SpectralNormTest {

  /** Jacobi's eigenvalues of the Gram matrix, good to a few ulps of the norm. */
  private static final double REFERENCE_ERROR = 1e-14;

  @Test
  void upperIsAboveAndClose() {
    RandomStream random = RandomStream.root(31);
    for (int rows : new int[] {1, 2, 5, 17, 64}) {
      for (int cols : new int[] {1, 2, 3, 40}) {
        for (double scale : new double[] {1, 1e-120, 1e100}) {
          double[] w = new double[1 + rows * cols];
          double[][] a = new double[rows][cols];
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
              a[i][j] = random.nextGaussian();
              w[1 + i + j * rows] = scale * a[i][j];
            }
          }
          double exact = scale * Matrices.spectralNorm(a);
          double upper = SpectralNorm.upper(w, 1, rows, cols);
          assertThat(upper).isGreaterThanOrEqualTo(exact * (1 - REFERENCE_ERROR));
          assertThat(upper).isLessThanOrEqualTo(exact * (1 + 1e-8));
          double[] u = new double[rows];
          double[] v = SpectralNorm.startVector(cols);
          double followed = SpectralNorm.follow(w, 1, rows, cols, u, v, 60);
          assertThat(followed).isLessThanOrEqualTo(upper);
          assertThat(followed).isGreaterThanOrEqualTo(0.95 * exact);
        }
      }
    }
  }

  /** sigma = 1 exactly, where an estimate that is not pushed upwards would fall below. */
  @Test
  void exactOnMultiplesOfOrthogonalMatrices() {
    double c = 0.6;
    double s = 0.8;
    assertThat(SpectralNorm.upper(new double[] {3, 0, 0, 4}, 0, 2, 2)).isBetween(4.0, 4 + 1e-8);
    assertThat(SpectralNorm.upper(new double[] {c, s, -s, c}, 0, 2, 2)).isBetween(1.0, 1 + 1e-8);
    assertThat(SpectralNorm.upper(new double[6], 0, 2, 3)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpectralNorm.upper(new double[] {1, Double.NaN}, 0, 2, 1))
        .withMessageContaining("NaN");
  }

  /** The start is orthogonal to the top eigenvector: the proof still refuses a bound too small. */
  @Test
  void aStartThatMissesTheTopIsCaught() {
    double[] v = SpectralNorm.startVector(2);
    double[] w = {-v[1] * 5, 0, 0, 0};
    w[0] = 5 * v[1] * v[1] + v[0] * v[0];
    w[1] = -4 * v[0] * v[1];
    w[2] = w[1];
    w[3] = 5 * v[0] * v[0] + v[1] * v[1];
    assertThat(SpectralNorm.upper(w, 0, 2, 2)).isGreaterThanOrEqualTo(5 * (1 - 1e-15));
  }
}
