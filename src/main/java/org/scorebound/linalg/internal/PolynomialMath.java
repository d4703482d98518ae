package org.scorebound.linalg.internal;

import org.scorebound.linalg.Activation;

/**
 * The scalar twin of {@link VectorMaps}: the same polynomials and the same order of roundings, so
 * that an element gets the same bits wherever it stands in an array. It serves the last few
 * elements and the arguments the vector code does not cover.
 *
 * <p>Reduction {@code x = k ln 2 + r}, {@code |r| <= ln(2)/2}, with ln 2 in two parts; then {@code
 * e^r = 1 + r + r^2 Q(r)} with Q of degree 9 interpolating at Chebyshev nodes (relative error
 * 2^-55.7), and {@code log(1+f) = f - s (f - z R(z))}, {@code s = f/(2+f)}, {@code z = s^2 <= 1/9},
 * with R of degree 9 (relative error 2^-56.9), the form of fdlibm's {@code log1p}. Coefficients
 * were computed with 300 bits and rounded.
 */
final class PolynomialMath {

  static final double LOG2E = 0x1.71547652b82fep0;
  static final double LN2_HI = 0x1.62e42fefa39efp-1;
  static final double LN2_LO = 0x1.abc9e3b39803fp-56;

  /** Adding it leaves the nearest integer in the low bits of the sum. */
  static final double ROUNDER = 0x1.8p52;

  static final double Q0 = 0x1.0000000000001p-1;
  static final double Q1 = 0x1.5555555555556p-3;
  static final double Q2 = 0x1.5555555553d63p-5;
  static final double Q3 = 0x1.11111111109b3p-7;
  static final double Q4 = 0x1.6c16c1788bd90p-10;
  static final double Q5 = 0x1.a01a01a7c41d5p-13;
  static final double Q6 = 0x1.a019b90d2ae7ap-16;
  static final double Q7 = 0x1.71de0dae63bb3p-19;
  static final double Q8 = 0x1.289185613a3d6p-22;
  static final double Q9 = 0x1.af38a9b0ec855p-26;

  static final double R0 = 0x1.5555555555555p-1;
  static final double R1 = 0x1.999999999a3ddp-2;
  static final double R2 = 0x1.24924923d44c6p-2;
  static final double R3 = 0x1.c71c727143318p-3;
  static final double R4 = 0x1.745cf0b0e03bdp-3;
  static final double R5 = 0x1.3b18b294bebf9p-3;
  static final double R6 = 0x1.10ac75dc602b1p-3;
  static final double R7 = 0x1.eb905e8575054p-4;
  static final double R8 = 0x1.687a6e7c95176p-4;
  static final double R9 = 0x1.4b0a26c5f2aefp-3;

  /** Up to this magnitude {@code e^x} and {@code e^-x} are normal numbers. */
  static final double EXP_LIMIT = 708.0;

  /** Below it {@code e^x} is less than half the smallest number there is, {@code 2^-1075}. */
  private static final double UNDERFLOW = -746;

  /** From here on {@code tanh} rounds to 1. */
  static final double TANH_LIMIT = 22.0;

  private PolynomialMath() {}

  /** Q(r) as an even and an odd chain in {@code y = r^2}, half as long as Horner's. */
  private static double q(double r, double y) {
    double even = Math.fma(Q8, y, Q6);
    double odd = Math.fma(Q9, y, Q7);
    even = Math.fma(even, y, Q4);
    odd = Math.fma(odd, y, Q5);
    even = Math.fma(even, y, Q2);
    odd = Math.fma(odd, y, Q3);
    even = Math.fma(even, y, Q0);
    odd = Math.fma(odd, y, Q1);
    return Math.fma(odd, r, even);
  }

  /** {@code e^x}; {@link Math#exp} outside of +-708 and for NaN. */
  static double exp(double x) {
    if (!(Math.abs(x) <= EXP_LIMIT)) {
      return x < UNDERFLOW ? 0 : Math.exp(x);
    }
    double u = Math.fma(x, LOG2E, ROUNDER);
    double k = u - ROUNDER;
    double r = Math.fma(k, -LN2_LO, Math.fma(k, -LN2_HI, x));
    double y = r * r;
    double p = Math.fma(y, q(r, y), r) + 1;
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(p) + (Double.doubleToRawLongBits(u) << 52));
  }

  static double value(Activation f, double z) {
    return switch (f) {
      case SOFTPLUS -> softplus(z, exp(-Math.abs(z)));
      case TANH -> tanh(z);
      case SILU -> Math.abs(z) > EXP_LIMIT ? f.value(z) : z / (1 + exp(-z));
      case RELU -> f.value(z);
    };
  }

  static double slope(Activation f, double z) {
    return switch (f) {
      case SOFTPLUS -> logistic(z, exp(-Math.abs(z)));
      case TANH -> tanhSlope(tanh(z));
      case SILU -> siluSlope(z);
      case RELU -> f.slope(z);
    };
  }

  /** {@code log(1 + e^z)} from {@code e = e^-|z|}. */
  static double softplus(double z, double e) {
    double s = e / (2 + e);
    double y = s * s;
    double y2 = y * y;
    double even = Math.fma(R8, y2, R6);
    double odd = Math.fma(R9, y2, R7);
    even = Math.fma(even, y2, R4);
    odd = Math.fma(odd, y2, R5);
    even = Math.fma(even, y2, R2);
    odd = Math.fma(odd, y2, R3);
    even = Math.fma(even, y2, R0);
    odd = Math.fma(odd, y2, R1);
    double r = Math.fma(odd, y, even);
    double t = Math.fma(-y, r, e);
    double log1p = Math.fma(-s, t, e);
    return (z < 0 ? 0 : z) + log1p;
  }

  /** {@code 1/(1 + e^-z)} from {@code e = e^-|z|}. */
  static double logistic(double z, double e) {
    return (z < 0 ? e : 1) / (1 + e);
  }

  /** {@code s + h (1 - s)} with {@code s = 1/(1+e)}, {@code 1 - s = e s}, {@code e = e^-z}. */
  private static double siluSlope(double z) {
    if (Math.abs(z) > EXP_LIMIT) {
      return Activation.SILU.slope(z);
    }
    double e = exp(-z);
    double u = 1 + e;
    double s = 1 / u;
    return Math.fma(z / u, e * s, s);
  }

  static double tanhSlope(double h) {
    return Math.fma(-h, h, 1);
  }

  /**
   * {@code tanh z} by {@code u/(u+2)}, {@code u = e^(2|z|) - 1 = 2^k t + (2^k r + (2^k - 1))},
   * where the inner sum is exact for k = 0 and 1, so that nothing is lost near 0.
   */
  static double tanh(double z) {
    if (Double.isNaN(z)) {
      return z;
    }
    double a = Math.min(Math.abs(z), TANH_LIMIT);
    double x = a + a;
    double u = Math.fma(x, LOG2E, ROUNDER);
    double k = u - ROUNDER;
    double r = Math.fma(k, -LN2_LO, Math.fma(k, -LN2_HI, x));
    double y = r * r;
    double t = y * q(r, y);
    double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(u) + 1023) << 52);
    double expm1 = Math.fma(scale, t, Math.fma(scale, r, scale - 1));
    return Math.copySign(expm1 / (expm1 + 2), z);
  }
}
