package org.scorebound.lipschitz;

import java.util.OptionalDouble;

/**
 * A bracket of {@code sup lambda_max(sym J_s(x))}, or of another {@link JacobianFunction}, over all
 * of R^d, and over a cube if one was asked for.
 *
 * @param sampled the value at {@link #point}, lowered by its rounding: never above the supremum
 * @param certified never below the supremum, rounding included
 * @param point where {@code sampled} is attained
 * @param sampledBox the largest value found in the cube
 * @param certifiedBox never below the supremum over the cube
 * @param cells cells bounded, of both searches
 * @param boxCells those of the search in the cube; 0 if none was asked for
 * @param reached whether every gap that was asked for was reached within the budget of cells
 * @param seconds wall-clock time
 * @param boxSeconds that of the search in the cube
 * @param method how the certified value was found, in words
 */
public record NetworkCertificate(
    double sampled,
    double certified,
    double[] point,
    OptionalDouble sampledBox,
    OptionalDouble certifiedBox,
    long cells,
    long boxCells,
    boolean reached,
    double seconds,
    double boxSeconds,
    String method) {

  /** Checks the order of the bracket. */
  public NetworkCertificate {
    if (!(sampled <= certified)) {
      throw new IllegalArgumentException(
          "sampled must be <= certified, got " + sampled + " and " + certified);
    }
    point = point.clone();
  }

  /** The bracket alone. */
  public OneSidedConstant constant() {
    return new OneSidedConstant(sampled, certified, method);
  }
}
