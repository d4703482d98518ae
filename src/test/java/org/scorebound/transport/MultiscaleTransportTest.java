package org.scorebound.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Estimate;
import org.scorebound.result.Progress;

/** Unequal sizes and weights: the sparse solver against the dense one and the brute-force check. */
class MultiscaleTransportTest {

  private static final int INSTANCES = Integer.getInteger("scorebound.instances", 60);

  private static double[] weights(RandomStream r, int n) {
    boolean whole = r.nextInt(2) == 0;
    double[] w = new double[n];
    Arrays.setAll(w, i -> whole ? r.nextInt(3) : -Math.log(1 - r.nextDouble()));
    w[0]++;
    return w;
  }

  @Test
  void denseAndSparseAgreeToTheirIntervals() {
    for (int k = 0; k < INSTANCES; k++) {
      RandomStream r = RandomStream.root(51).child(k);
      int d = 1 + r.nextInt(5);
      int m = 2 + r.nextInt(150);
      int n = 2 + r.nextInt(150);
      int kind = r.nextInt(5);
      int other = r.nextInt(3) == 0 ? r.nextInt(5) : kind;
      double[] x = AgreementTest.cloud(r.child(0), m, d, kind, 1);
      double[] y = AgreementTest.cloud(r.child(1), n, d, other, r.nextInt(3) == 0 ? 1e-3 : 1);
      double[] wx = r.nextInt(3) == 0 ? null : weights(r, m);
      double[] wy = r.nextInt(3) == 0 ? null : weights(r, n);
      EmpiricalDistance sparse = EmpiricalW2.between(x, wx, y, wy, d, Method.FLOW, Progress.NONE);
      Estimate a = sparse.w2();
      Estimate b = EmpiricalW2.between(x, wx, y, wy, d, Method.TRANSPORT, Progress.NONE).w2();
      String what = "instance " + k + ": d " + d + ", " + m + " and " + n + ", kinds " + kind;
      assertThat(a.lower()).as("%s and %d", what, other).isLessThanOrEqualTo(b.upper());
      assertThat(b.lower()).as("%s and %d", what, other).isLessThanOrEqualTo(a.upper());
      Verifier.check(x, wx, y, wy, d, sparse);
    }
  }

  /** More senders than receivers and the other way about, well beyond what is held densely. */
  @Test
  void oneSideMayBeMuchLarger() {
    RandomStream r = RandomStream.root(52);
    double[] x = AgreementTest.cloud(r.child(0), 4000, 2, 0, 1);
    double[] y = AgreementTest.cloud(r.child(1), 60, 2, 1, 1);
    EmpiricalDistance there = EmpiricalW2.between(x, y, 2);
    EmpiricalDistance back = EmpiricalW2.between(y, x, 2);
    assertThat(there.method()).isEqualTo(Method.FLOW);
    assertThat(there.w2().lower()).isLessThanOrEqualTo(back.w2().upper());
    assertThat(back.w2().lower()).isLessThanOrEqualTo(there.w2().upper());
    Verifier.check(x, y, 2, there);
    // A basic solution sends at most m + n - 1 flows.
    assertThat(there.plan().size()).isLessThan(4060);
  }

  /** A solver that stops early leaves mass behind, and that is told. */
  @Test
  void aPlanThatLacksMassIsNotCertified() {
    double[] x = {0, 1, 2, 3, 4, 5};
    double[] y = {0.5, 0.5, 2.5, 2.5};
    long[] a = {1, 1, 2};
    long[] b = {2, 2};
    TransportSolver.Flows flows = MultiscaleTransport.solve(x, a, y, b, 2, Progress.NONE);
    flows.amount()[0]--;
    double[] u = Certifier.rowDuals(x, y, 2, flows.v(), new int[] {0, 1});
    assertThatThrownBy(() -> Certifier.certify(x, y, 2, a, b, flows, u))
        .isInstanceOf(UntrustedException.class)
        .hasMessageContaining("off its mass");
  }
}
