package org.scorebound.lipschitz;

/**
 * The one-sided Lipschitz constant {@code L_s = sup_x lambda_max(sym J_s(x))} over all of R^d, as a
 * bracket.
 *
 * @param sampled a value that is attained or approached: never above L_s
 * @param certified never below L_s, up to the rounding stated by {@code method}; {@code +Infinity}
 *     where L_s is infinite or not proved finite
 * @param method how the certified value was found, in words
 */
public record OneSidedConstant(double sampled, double certified, String method) {

  /** Checks {@code sampled <= certified}. */
  public OneSidedConstant {
    if (!(sampled <= certified)) {
      throw new IllegalArgumentException(
          "sampled must be <= certified, got " + sampled + " and " + certified);
    }
  }

  static OneSidedConstant exact(double value, String method) {
    return new OneSidedConstant(value, value, method);
  }

  /** Whether both ends agree. */
  public boolean isExact() {
    return sampled == certified;
  }
}
