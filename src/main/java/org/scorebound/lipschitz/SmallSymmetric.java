package org.scorebound.lipschitz;

/**
 * Largest eigenvalues of symmetric matrices of order 1, 2 and 3, packed by rows of the upper
 * triangle: {@code s11, s12, s13, s22, s23, s33}.
 */
final class SmallSymmetric {

  /** The largest order served. */
  static final int MAX_ORDER = 3;

  private static final double THIRD_TURN = 2 * Math.PI / 3;

  /**
   * Order 3 by the trigonometric formula: near a double eigenvalue the angle loses half of the
   * digits, {@code sqrt(2^-52)} of the deviator's size.
   */
  private static final double CUBIC_ROUNDING = 0x1p-25;

  private static final double ROUNDING = 0x1p-49;

  private SmallSymmetric() {}

  /** Length of the packed triangle. */
  static int packed(int d) {
    return d * (d + 1) / 2;
  }

  /** Where element (j, k), j <= k, is. */
  static int index(int d, int j, int k) {
    return j * d - j * (j - 1) / 2 + k - j;
  }

  /** The largest eigenvalue, up to rounding. */
  static double largest(int d, double[] s) {
    return switch (d) {
      case 1 -> s[0];
      case 2 -> largest2(s[0], s[1], s[2]);
      default -> largest3(s);
    };
  }

  static double largest2(double a, double b, double c) {
    double half = 0.5 * (a - c);
    return 0.5 * (a + c) + Math.sqrt(half * half + b * b);
  }

  private static double largest3(double[] s) {
    double q = (s[0] + s[3] + s[5]) / 3;
    double a = s[0] - q;
    double b = s[3] - q;
    double c = s[5] - q;
    double off = s[1] * s[1] + s[2] * s[2] + s[4] * s[4];
    double p = Math.sqrt((a * a + b * b + c * c + 2 * off) / 6);
    if (!(p > 0)) {
      return q;
    }
    double determinant =
        a * (b * c - s[4] * s[4])
            - s[1] * (s[1] * c - s[4] * s[2])
            + s[2] * (s[1] * s[4] - b * s[2]);
    double r = determinant / (2 * p * p * p);
    double angle = Math.acos(Math.clamp(r, -1.0, 1.0)) / 3;
    // The angle lies in [0, pi/3], where the first of the three cosines is the largest.
    assert angle <= THIRD_TURN;
    return q + 2 * p * Math.cos(angle);
  }

  /** What {@link #largest} may be too small by, for entries of at most {@code size}. */
  static double rounding(int d, double size) {
    return (d == MAX_ORDER ? CUBIC_ROUNDING : ROUNDING) * d * size;
  }
}
