package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.random.RandomStream;

class GaussianW2Test {

  /** Bures in the form that loses half of the digits near equality. */
  private static double buresSquared(RealMatrix v1, RealMatrix v2) {
    var eigen = new EigenDecomposition(v1);
    RealMatrix root = eigen.getD();
    for (int i = 0; i < root.getRowDimension(); i++) {
      root.setEntry(i, i, Math.sqrt(Math.max(0, root.getEntry(i, i))));
    }
    RealMatrix r = eigen.getV().multiply(root).multiply(eigen.getVT());
    RealMatrix inner = r.multiply(v2).multiply(r);
    RealMatrix sym = inner.add(inner.transpose()).scalarMultiply(0.5);
    double nuclear = 0;
    for (double e : new EigenDecomposition(sym).getRealEigenvalues()) {
      nuclear += Math.sqrt(Math.max(0, e));
    }
    return v1.getTrace() + v2.getTrace() - 2 * nuclear;
  }

  private static RealMatrix random(RandomStream r, int d, int rank) {
    double[][] a = new double[d][rank];
    for (double[] row : a) {
      r.fillGaussian(row, 0, rank);
    }
    RealMatrix m = MatrixUtils.createRealMatrix(a);
    return m.multiply(m.transpose());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 16})
  void agreesWithTheTraceFormulaFarFromEquality(int d) {
    RandomStream r = RandomStream.root(1).child(d);
    RealMatrix v1 = random(r, d, d + 2);
    RealMatrix v2 = random(r, d, d + 2);
    var parts = GaussianW2.between(new double[d], v1.getData(), new double[d], v2.getData());
    assertThat(parts.covarianceSquared()).isCloseTo(buresSquared(v1, v2), within(1e-11 * d));
    assertThat(parts.meanSquared()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-3, 1e-6, 1e-9, 1e-12})
  void keepsItsDigitsForNearlyEqualCovariances(double h) {
    // The same eigenbasis, deviations s_i and s_i + h: W2 = h sqrt 3.
    double c = 0.6;
    double s = 0.8;
    double[][] q = {{c, -s, 0}, {s, c, 0}, {0, 0, 1}};
    double[] sd = {1, 0.5, 2};
    double[][][] v = new double[2][3][3];
    for (int k = 0; k < 2; k++) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          for (int l = 0; l < 3; l++) {
            double root = sd[l] + k * h;
            v[k][i][j] += q[i][l] * q[j][l] * root * root;
          }
        }
      }
    }
    double w2 = GaussianW2.between(new double[3], v[0], new double[3], v[1]).value();
    // Entries of size 4 are rounded to 4e-16, and divided by the least deviation.
    assertThat(w2).isCloseTo(h * Math.sqrt(3), within(1e-14));
  }

  @Test
  void isExactForDiagonalCovariancesOfAnyScale() {
    double[][] v1 = {{1, 0}, {0, 1e-200}};
    double[][] v2 = {{4, 0}, {0, 9e-200}};
    var parts = GaussianW2.between(new double[] {0, 3}, v1, new double[] {4, 3}, v2);
    assertThat(parts.squared()).isEqualTo(17);
    double[][] w1 = {{1e-300}};
    double[][] w2 = {{4e-300}};
    assertThat(GaussianW2.between(new double[1], w1, new double[1], w2).value())
        .isCloseTo(1e-150, within(1e-165));
  }

  @Test
  void takesSingularCovariances() {
    // Rank one along orthogonal directions: no transport saves anything.
    double[][] v1 = {{1, 1}, {1, 1}};
    double[][] v2 = {{1, -1}, {-1, 1}};
    assertThat(GaussianW2.between(new double[2], v1, new double[2], v2).squared())
        .isCloseTo(4, within(1e-14));
    assertThat(GaussianW2.between(new double[2], v1, new double[2], v1).squared()).isZero();
    assertThat(GaussianW2.between(new double[2], v1, new double[2], new double[2][2]).squared())
        .isCloseTo(2, within(1e-15));
    RandomStream r = RandomStream.root(3);
    RealMatrix a = random(r, 6, 3);
    RealMatrix b = random(r, 6, 4);
    double squared =
        GaussianW2.between(new double[6], a.getData(), new double[6], b.getData()).squared();
    // The reference formula takes roots of eigenvalues that are zero to rounding.
    assertThat(squared).isCloseTo(buresSquared(a, b), within(1e-6));
  }

  @Test
  void refusesWhatIsNoCovariance() {
    double[] m = new double[2];
    double[][] id = {{1, 0}, {0, 1}};
    assertThatThrownBy(() -> GaussianW2.between(m, id, m, new double[][] {{1, 2}, {2, 1}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("v2 must be positive semi-definite");
    assertThatThrownBy(() -> GaussianW2.between(m, new double[][] {{1, 0.1}, {0.2, 1}}, m, id))
        .hasMessageContaining("v1 must be symmetric, got entries 0.2 and 0.1");
    assertThatThrownBy(() -> GaussianW2.between(m, new double[][] {{-1, 0}, {0, 1}}, m, id))
        .hasMessageContaining("got -1.0");
    assertThatThrownBy(() -> GaussianW2.between(m, new double[][] {{0, 1}, {1, 1}}, m, id))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GaussianW2.between(new double[] {Double.NaN, 0}, id, m, id))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> GaussianW2.between(new double[1], id, m, id))
        .hasMessageContaining("got m1 of 1 and m2 of 2");
  }
}
