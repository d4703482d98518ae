package org.scorebound.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebound.linalg.Matrices;

/** Propagators and noise against their differential equations and against scipy's expm. */
class DiffusionTest {

  private static final double[][] SHEAR = {{-1.0, 0.4, 0.0}, {0.1, -0.7, 1.5}, {0.0, -0.3, 0.2}};

  static Stream<Diffusion> diffusions() {
    Schedule linear = new LinearSchedule(0.1, 6, 1.3);
    return Stream.of(
        new VariancePreserving(linear, 1.3),
        new SubVariancePreserving(linear, 1.3),
        new VarianceExploding(new VarianceExploding.Scheduled(linear), 1.3),
        new VarianceExploding(new VarianceExploding.Geometric(0.05, 5, 1.3), 1.3),
        new OrnsteinUhlenbeck(SHEAR, 0.8, 1.3),
        new OrnsteinUhlenbeck(new double[][] {{0, 3, 0}, {-3, 0, 0}, {0, 0, 0}}, 1.1, 1.3));
  }

  /** M' = A M and Q' = A Q + Q A^T + g^2 I, by sixth-order central differences. */
  @ParameterizedTest
  @MethodSource("diffusions")
  void solveTheirDifferentialEquations(Diffusion diffusion) {
    int d = 3;
    double h = 1e-3;
    double[] weights = {-1.0 / 60, 9.0 / 60, -45.0 / 60, 0, 45.0 / 60, -9.0 / 60, 1.0 / 60};
    for (double t : new double[] {0.1, 0.6, 1.2}) {
      double[][] mRate = new double[d][d];
      double[][] qRate = new double[d][d];
      for (int i = 0; i < 7; i++) {
        double s = t + (i - 3) * h;
        mRate = Matrices.addScaled(mRate, weights[i] / h, diffusion.propagator(s, d));
        qRate = Matrices.addScaled(qRate, weights[i] / h, diffusion.noiseCovariance(s, d));
      }
      double[][] a = diffusion.drift(t, d);
      double[][] q = diffusion.noiseCovariance(t, d);
      double[][] lyapunov =
          Matrices.addScaled(
              Matrices.scale(2, Matrices.symmetricPart(Matrices.multiply(a, q))),
              diffusion.gSquared(t),
              Matrices.identity(d));
      double[][] flow = Matrices.multiply(a, diffusion.propagator(t, d));
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          // Rounding 1e-16/h and h^6 times a seventh derivative of size 1e4 at most.
          double tolerance = 1e-11 * (1 + Math.abs(lyapunov[i][i]));
          assertThat(mRate[i][j]).isCloseTo(flow[i][j], within(1e-11));
          assertThat(qRate[i][j]).isCloseTo(lyapunov[i][j], within(tolerance));
        }
      }
    }
    assertThat(diffusion.propagator(0, d)).isDeepEqualTo(Matrices.identity(d));
    assertThat(diffusion.noiseCovariance(0, d)).isDeepEqualTo(new double[d][d]);
  }

  @Test
  void ornsteinUhlenbeckAgainstScipy() {
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck(SHEAR, 0.8, 30);
    close(
        ou.propagator(0.3, 3),
        new double[][] {
          {0.7421880136859751, 0.0923903128607129, 0.02323371615633639},
          {0.02309757821517822, 0.7940554612142576, 0.41616482169668245},
          {-0.0011616858078168195, -0.08323296433933652, 1.0422054398218448}
        });
    close(
        ou.noiseCovariance(0.3, 3),
        new double[][] {
          {0.14518035844696675, 0.01088595462627013, 0.0009974460928506772},
          {0.01088595462627013, 0.1665095283471172, 0.03521887250347429},
          {0.0009974460928506772, 0.03521887250347429, 0.20182231621261054}
        });
    close(
        ou.propagator(2.0, 3),
        new double[][] {
          {0.1455232384948758, 0.07300572954168334, 0.42783632552131035},
          {0.01825143238542081, -0.12059970848984425, 1.5572804623452434},
          {-0.02139181627606552, -0.3114560924690486, 0.7852461472158812}
        });
    close(
        ou.noiseCovariance(2.0, 3),
        new double[][] {
          {0.40888398223652067, 0.38985057233012177, 0.18960998901617732},
          {0.38985057233012177, 1.8997867798940171, 1.167777092275022},
          {0.18960998901617732, 1.167777092275022, 1.2941840689038333}
        });
    close(
        ou.propagator(20.0, 3),
        new double[][] {
          {-0.0006709096703636543, -0.004548382017158033, -0.001020709800203846},
          {-0.0011370955042895084, -0.003316663833079293, -0.020118561964954165},
          {5.1035490010192295e-05, 0.004023712392990834, -0.015319753692038206}
        });
    close(
        ou.noiseCovariance(20.0, 3),
        new double[][] {
          {1.0480105619930362, 1.8200441487803964, 0.47677441674059806},
          {1.8200441487803964, 5.685339142730575, 2.318577627308791},
          {0.47677441674059806, 2.318577627308791, 1.878267861313953}
        });
  }

  private static void close(double[][] actual, double[][] expected) {
    double scale = Math.sqrt(Matrices.frobenius(expected, expected));
    for (int i = 0; i < actual.length; i++) {
      for (int j = 0; j < actual.length; j++) {
        assertThat(actual[i][j]).isCloseTo(expected[i][j], within(1e-13 * scale));
      }
    }
  }

  /** Drift [[1,5],[-5,1]]: one-sided -1 for -f, two-sided sqrt(26) (THEORY section 1). */
  @Test
  void oneSidedAndTwoSidedConstants() {
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck(new double[][] {{-1, -5}, {5, -1}}, 1, 1);
    assertThat(ou.driftOneSided(0)).isCloseTo(1, within(1e-15));
    assertThat(ou.driftLipschitz(0)).isCloseTo(Math.sqrt(26), within(1e-14));
    OrnsteinUhlenbeck shear = new OrnsteinUhlenbeck(new double[][] {{0, 4}, {0, 0}}, 1, 1);
    assertThat(shear.driftOneSided(0)).isCloseTo(2, within(1e-15));
    assertThat(shear.driftLipschitz(0)).isCloseTo(4, within(1e-15));
    VariancePreserving vp = new VariancePreserving(new ConstantSchedule(3), 1);
    assertThat(vp.driftOneSided(0.5)).isEqualTo(1.5);
    assertThat(vp.driftLipschitz(0.5)).isEqualTo(1.5);
  }

  /** An unstable drift over a long time: relative accuracy where e^{2At} is 1e13. */
  @Test
  void unstableDrift() {
    OrnsteinUhlenbeck ou = new OrnsteinUhlenbeck(new double[][] {{1.5}}, 1, 10);
    double expected = Math.expm1(30) / 3;
    assertThat(ou.noiseCovariance(10, 1)[0][0]).isCloseTo(expected, within(1e-12 * expected));
    OrnsteinUhlenbeck stable = new OrnsteinUhlenbeck(new double[][] {{-40}}, 1, 10);
    assertThat(stable.noiseCovariance(10, 1)[0][0]).isCloseTo(1.0 / 80, within(1e-14));
  }

  @Test
  void kOfTheFamily() {
    assertThat(new ReverseFamily(0).k(3)).isEqualTo(1.5);
    assertThat(new ReverseFamily(1).k(3)).isEqualTo(3);
    assertThat(new ReverseFamily(1.5).k(2)).isEqualTo(3.25);
    assertThat(new ReverseFamily(1.5).sigmaSquared(2)).isEqualTo(4.5);
  }
}
