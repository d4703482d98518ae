package org.scorebound.transport;

/**
 * A compensated sum (Neumaier 1974, doi:10.1002/zamm.19740540106): error at most {@code u |s| + 2
 * n^2 u^2 sum |a_i|} with {@code u = 2^-53}, so one rounding for any length in use here.
 */
final class Sum {

  private double sum;
  private double compensation;

  void add(double a) {
    double t = sum + a;
    if (Math.abs(sum) >= Math.abs(a)) {
      compensation += (sum - t) + a;
    } else {
      compensation += (a - t) + sum;
    }
    sum = t;
  }

  double value() {
    return sum + compensation;
  }
}
