package org.scorebound.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.random.RandomStream;

/** Distances on the vector unit against plain loops. */
class DistancesTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "31, 2", "32, 3", "33, 16", "97, 5", "256, 64", "500, 7"})
  void agreesWithPlainLoops(int n, int d) {
    RandomStream r = RandomStream.root(71).child(n);
    int m = Distances.padded(n);
    double[] points = new double[n * d];
    r.fillGaussian(points, 0, points.length);
    double[] y = Distances.rows(points, d);
    // Two coordinates that do not belong to the points stand before them.
    double[] q = new double[2 + Distances.TOGETHER * d];
    r.fillGaussian(q, 0, q.length);
    double[] v = new double[m];
    r.fillGaussian(v, 0, n);
    Arrays.fill(v, n, m, Double.NEGATIVE_INFINITY);
    for (int count : new int[] {1, Distances.TOGETHER}) {
      double[] out = new double[count * m];
      double[] least = new double[out.length / Distances.SHARE];
      Distances.squaredMinus(y, d, q, 2, count, v, out, least);
      double[] plain = new double[out.length];
      double[] plainLeast = new double[least.length];
      for (int k = 0; k < count; k++) {
        Distances.plain(y, d, q, 2 + k * d, v, plain, k * m, plainLeast);
        for (int j = 0; j < n; j++) {
          double s = 0;
          for (int a = 0; a < d; a++) {
            s += Math.pow(q[2 + k * d + a] - points[j * d + a], 2);
          }
          // 2^-53 a term of the sum of d squares and one subtraction, in either order.
          double error = (d + 3) * 0x1p-52 * (s + Math.abs(v[j]));
          assertThat(out[k * m + j]).isCloseTo(s - v[j], within(error));
        }
      }
      assertThat(out).isEqualTo(plain);
      assertThat(least).isEqualTo(plainLeast);
      for (int k = 0; k < count; k++) {
        double[] values = Arrays.copyOfRange(out, k * m, (k + 1) * m);
        double[] minima =
            Arrays.copyOfRange(least, k * m / Distances.SHARE, (k + 1) * m / Distances.SHARE);
        double min = Arrays.stream(values).min().orElseThrow();
        assertThat(Arrays.stream(minima).min().orElseThrow()).isEqualTo(min);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 128, 128, 'count must be 1 or 4, got 2'", "1, 31, 8, 'places, got 31 and 8'"})
  void refusesWrongShapes(int count, int out, int least, String reason) {
    double[] y = Distances.rows(new double[64], 2);
    assertThatThrownBy(
            () ->
                Distances.squaredMinus(
                    y,
                    2,
                    new double[8],
                    0,
                    count,
                    new double[32],
                    new double[out],
                    new double[least]))
        .hasMessageContaining(reason);
  }
}
