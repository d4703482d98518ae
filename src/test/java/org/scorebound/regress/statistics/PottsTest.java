package org.scorebound.regress.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.random.RandomStream;

class PottsTest {

  private static double[] noise(RandomStream random, int n, double deviation) {
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = deviation * random.nextGaussian();
    }
    return x;
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 30, 100, 200})
  void noiseAloneHasNoChange(int n) {
    int replicas = n > 50 ? 200 : 1000;
    int changed = 0;
    for (int r = 0; r < replicas; r++) {
      double[] x = noise(RandomStream.root(1).child(n).child(r), n, 0.01);
      changed += Potts.steps(x, 1e-4).size() > 1 ? 1 : 0;
    }
    // 1 % and four standard deviations of the count.
    assertThat(changed)
        .isLessThanOrEqualTo((int) (0.01 * replicas + 4 * Math.sqrt(0.01 * replicas)));
  }

  @Test
  void knownChangesAreFoundWhereTheyAre() {
    int found = 0;
    for (int r = 0; r < 200; r++) {
      double[] x = noise(RandomStream.root(2).child(r), 60, 0.01);
      for (int i = 20; i < 60; i++) {
        x[i] += 0.05;
      }
      for (int i = 45; i < 60; i++) {
        x[i] -= 0.08;
      }
      List<Potts.Step> steps = Potts.steps(x, 1e-4);
      found +=
          steps.size() == 3
                  && Math.abs(steps.get(1).from() - 20) <= 1
                  && Math.abs(steps.get(2).from() - 45) <= 1
              ? 1
              : 0;
    }
    assertThat(found).isGreaterThan(190);
  }

  @Test
  void outliersAreNoChange() {
    double[] x = noise(RandomStream.root(3), 40, 0.01);
    x[12] += 3;
    x[30] -= 2;
    x[31] += 2;
    assertThat(Potts.steps(x, 1e-4)).hasSize(1);
  }

  @Test
  void exactOnSeriesWithoutNoise() {
    double[] x = {1, 1, 1, 1, 1, 2, 2, 2, 2, 2};
    assertThat(Potts.steps(x, 0.01))
        .containsExactly(new Potts.Step(0, 5, 1), new Potts.Step(5, 10, 2));
    assertThat(Potts.steps(new double[] {1, 2}, 0.01)).hasSize(1);
    assertThat(Potts.steps(new double[0], 0.01)).isEmpty();
  }
}
