package org.scorebound.linalg;

import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * The Gauss–Kronrod pair (7, 15) on [-1, 1] with its matrix of indefinite integrals: row i of
 * {@link #cumulative(double[], double[])} integrates the interpolant through the 15 nodes from -1
 * to node i.
 *
 * <p>Exact for polynomials of degree 22 (Kronrod), 13 (Gauss), 14 (cumulative). Reference: Piessens
 * et al. (1983), QUADPACK, doi:10.1007/978-3-642-61786-7.
 */
public final class GaussKronrod {

  /** Number of nodes. */
  public static final int NODES = 15;

  private static final double[] POSITIVE_NODES = {
    0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945,
    0.5860872354676911, 0.4058451513773972, 0.20778495500789848, 0.0
  };

  private static final double[] KRONROD = {
    0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592,
    0.1690047266392679, 0.19035057806478542, 0.20443294007529889, 0.20948214108472782
  };

  private static final double[] GAUSS = {
    0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694
  };

  private static final double[] X = new double[NODES];
  private static final double[] WK = new double[NODES];
  private static final double[] WG = new double[NODES];
  private static final double[][] CUMULATIVE;

  static {
    for (int i = 0; i < NODES; i++) {
      int mirrored = Math.min(i, NODES - 1 - i);
      X[i] = i < 7 ? -POSITIVE_NODES[i] : POSITIVE_NODES[mirrored];
      WK[i] = KRONROD[mirrored];
      WG[i] = mirrored % 2 == 1 ? GAUSS[mirrored / 2] : 0;
    }
    CUMULATIVE = indefiniteIntegrals();
  }

  private GaussKronrod() {}

  private static double[][] indefiniteIntegrals() {
    GaussIntegratorFactory rules = new GaussIntegratorFactory();
    double[][] m = new double[NODES][NODES];
    for (int i = 0; i < NODES; i++) {
      GaussIntegrator rule = rules.legendre(8, -1, X[i]);
      for (int j = 0; j < NODES; j++) {
        int basis = j;
        m[i][j] = rule.integrate(x -> lagrange(basis, x));
      }
    }
    return m;
  }

  private static double lagrange(int j, double x) {
    double p = 1;
    for (int i = 0; i < NODES; i++) {
      if (i != j) {
        p *= (x - X[i]) / (X[j] - X[i]);
      }
    }
    return p;
  }

  /** Node i, increasing in i. */
  public static double node(int i) {
    return X[i];
  }

  /** {@code sum_i w_i f_i}, the 15-point rule. */
  public static double kronrod(double[] f) {
    return dot(WK, f);
  }

  /** The 7-point rule on the odd nodes. */
  public static double gauss(double[] f) {
    return dot(WG, f);
  }

  /** {@code sum_i w_i |f_i - mean|} by the 15-point rule, QUADPACK's measure of variation. */
  public static double deviation(double[] f) {
    double mean = 0.5 * kronrod(f);
    double s = 0;
    for (int i = 0; i < NODES; i++) {
      s += WK[i] * Math.abs(f[i] - mean);
    }
    return s;
  }

  /** Writes the integrals from -1 to every node. */
  public static void cumulative(double[] f, double[] out) {
    for (int i = 0; i < NODES; i++) {
      out[i] = dot(CUMULATIVE[i], f);
    }
  }

  private static double dot(double[] w, double[] f) {
    double s = 0;
    for (int i = 0; i < NODES; i++) {
      s += w[i] * f[i];
    }
    return s;
  }
}
