package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Progress;

/**
 * Dense and sparse solver on random instances of random shape: the two certified intervals of one
 * number overlap. {@code -Dscorebound.instances=5000} looks at more of them.
 */
class AgreementTest {

  private static final int INSTANCES = Integer.getInteger("scorebound.instances", 300);

  static double[] cloud(RandomStream r, int n, int d, int kind, double spread) {
    double[] x = new double[n * d];
    for (int i = 0; i < n; i++) {
      double centre = kind == 1 ? r.nextInt(3) : 0;
      for (int a = 0; a < d; a++) {
        double g = r.nextGaussian();
        x[i * d + a] =
            switch (kind) {
              case 0 -> spread * g;
              case 1 -> spread * (centre + 0.01 * g);
              case 2 -> spread * Math.rint(2 * g);
              case 3 -> a == 0 ? spread * g : spread * 1e-7 * g;
              default -> spread * Math.exp(2 * g);
            };
      }
    }
    return x;
  }

  @Test
  void denseAndSparseAgreeToTheirIntervals() {
    for (int k = 0; k < INSTANCES; k++) {
      RandomStream r = RandomStream.root(41).child(k);
      int d = 1 + r.nextInt(5);
      int n = 129 + r.nextInt(60);
      int kind = r.nextInt(5);
      int other = r.nextInt(3) == 0 ? r.nextInt(5) : kind;
      double spread = r.nextInt(3) == 0 ? 1e-3 : 1;
      double[] x = cloud(r.child(0), n, d, kind, 1);
      double[] y = cloud(r.child(1), n, d, other, spread);
      Method sparse = r.nextInt(4) == 0 ? Method.SCAN : Method.TREE;
      Estimate a = EmpiricalW2.between(x, null, y, null, d, Method.DENSE, Progress.NONE).w2();
      EmpiricalDistance found = EmpiricalW2.between(x, null, y, null, d, sparse, Progress.NONE);
      Estimate b = found.w2();
      String what = "instance " + k + ": " + sparse + ", d " + d + ", n " + n + ", kinds " + kind;
      // Or the sparse solver failed and the dense one agrees with itself.
      assertThat(found.description()).as("%s and %d", what, other).isEqualTo(sparse.description());
      assertThat(a.lower()).as("%s and %d", what, other).isLessThanOrEqualTo(b.upper());
      assertThat(b.lower()).as("%s and %d", what, other).isLessThanOrEqualTo(a.upper());
      // Of the interval, not of the point values: clouds that nearly coincide have W2 near 0.
      assertThat(b.upper() - b.lower()).as(what).isLessThan(1e-6 * (1 + b.value()));
    }
  }
}
