package org.scorebound.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.LayerBounds;
import org.scorebound.lipschitz.NetworkBranchAndBound;
import org.scorebound.lipschitz.NetworkCertificate;
import org.scorebound.lipschitz.NetworkLipschitz;
import org.scorebound.lipschitz.NetworkTimes;
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

  /** Relative: a product and a sum. */
  private static final double SCALING = 0x1p-50;

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
    return timed(
            List.of(t),
            new double[] {product},
            new double[] {measure},
            () -> List.of(NetworkBranchAndBound.of(frozen, options, kernels, Progress.NONE)))
        .getFirst();
  }

  /**
   * The brackets of one network at several times, found together.
   *
   * @param networks akin, see {@link NetworkTimes#areAkin}
   * @param times rising
   */
  List<Timed> of(List<FrozenNetwork> networks, List<Double> times) {
    FrozenNetwork first = networks.getFirst();
    FrozenNetwork y =
        new FrozenNetwork(first.architecture(), first.theta(), 0, Math.signum(first.factor()));
    double product = LayerBounds.product(y);
    double measure = LayerBounds.measure(y);
    double[] products = new double[times.size()];
    double[] measures = new double[times.size()];
    for (int i = 0; i < products.length; i++) {
      double linear = networks.get(i).linear();
      double factor = Math.abs(networks.get(i).factor());
      double rounding = SCALING * (Math.abs(linear) + factor * product);
      products[i] = Math.abs(linear) + factor * product + rounding;
      measures[i] = linear + factor * measure + rounding;
    }
    double[] at = times.stream().mapToDouble(Double::doubleValue).toArray();
    return timed(
        times,
        products,
        measures,
        () -> NetworkTimes.of(networks, at, options, kernels, Progress.NONE));
  }

  private List<Timed> timed(
      List<Double> times,
      double[] products,
      double[] measures,
      Supplier<List<NetworkCertificate>> search) {
    double[][] seconds = new double[times.size()][repeat];
    double[][] boxSeconds = new double[times.size()][repeat];
    List<NetworkCertificate> found = search.get();
    for (int r = 0; r < repeat; r++) {
      List<NetworkCertificate> again = r == 0 ? found : search.get();
      for (int i = 0; i < seconds.length; i++) {
        seconds[i][r] = again.get(i).seconds();
        boxSeconds[i][r] = again.get(i).boxSeconds();
      }
    }
    List<Timed> list = new ArrayList<>();
    for (int i = 0; i < seconds.length; i++) {
      list.add(
          new Timed(
              row(times.get(i), found.get(i), products[i], measures[i]),
              laterMedian(seconds[i]),
              laterMedian(boxSeconds[i])));
    }
    return list;
  }

  private static Row row(double t, NetworkCertificate c, double product, double measure) {
    double layers = Math.min(product, measure);
    return new Row(
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
  }

  private static double laterMedian(double[] seconds) {
    double[] later = Arrays.copyOfRange(seconds, seconds.length / 2, seconds.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
