package org.scorebound.cli;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.LayerBounds;
import org.scorebound.lipschitz.NetworkBranchAndBound;
import org.scorebound.lipschitz.NetworkCertificate;
import org.scorebound.lipschitz.NetworkLipschitz;
import org.scorebound.lipschitz.OneSidedConstant;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.result.Progress;

/**
 * Computes the rows of {@code lipschitz}.
 *
 * @param options gap, budget and box
 * @param repeat how often everything is computed, for its time
 * @param kernels back end
 */
record LipschitzBrackets(NetworkBranchAndBound.Options options, int repeat, Kernels kernels) {

  /** What the document has for one time. */
  record Row(
      double t,
      double sampled,
      double certified,
      double[] point,
      OptionalDouble sampledBox,
      OptionalDouble certifiedBox,
      long boxes,
      long boxesBox,
      boolean gapReached,
      double productOfNorms,
      double logarithmicNorm,
      String method) {}

  /** A row, how long it took, and how long the box alone did. */
  record Timed(Row row, double seconds, double boxSeconds) {}

  /**
   * The bracket of one time.
   *
   * @param cellsUsed whether by branch and bound; else from the layers' matrices
   */
  Timed of(FrozenNetwork frozen, double t, boolean cellsUsed) {
    long start = System.nanoTime();
    double product = LayerBounds.product(frozen);
    double measure = LayerBounds.measure(frozen);
    if (!cellsUsed) {
      OneSidedConstant c = NetworkLipschitz.byLayers(frozen, kernels);
      Row row =
          new Row(
              t,
              c.sampled(),
              c.certified(),
              new double[0],
              OptionalDouble.empty(),
              OptionalDouble.empty(),
              0,
              0,
              true,
              product,
              measure,
              c.method());
      return new Timed(row, (System.nanoTime() - start) * 1e-9, 0);
    }
    NetworkCertificate c = NetworkBranchAndBound.of(frozen, options, kernels, Progress.NONE);
    double[] all = new double[repeat];
    double[] inBox = new double[repeat];
    all[0] = c.seconds();
    inBox[0] = c.boxSeconds();
    for (int i = 1; i < repeat; i++) {
      NetworkCertificate again = NetworkBranchAndBound.of(frozen, options, kernels, Progress.NONE);
      all[i] = again.seconds();
      inBox[i] = again.boxSeconds();
    }
    double layers = Math.min(product, measure);
    Row row =
        new Row(
            t,
            c.sampled(),
            Math.min(c.certified(), Math.max(c.sampled(), layers)),
            c.point(),
            c.sampledBox(),
            c.certifiedBox(),
            c.cells(),
            c.boxCells(),
            c.reached(),
            product,
            measure,
            c.method());
    return new Timed(row, laterMedian(all), laterMedian(inBox));
  }

  private static double laterMedian(double[] seconds) {
    double[] later = Arrays.copyOfRange(seconds, seconds.length / 2, seconds.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
