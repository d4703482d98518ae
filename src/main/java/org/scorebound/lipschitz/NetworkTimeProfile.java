package org.scorebound.lipschitz;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.TimedMlp;
import org.scorebound.result.Progress;
import org.scorebound.score.NetworkScore;

/**
 * {@code t -> L_s(t)} of a network score {@code a(t) x + c(t) y(x, t)} that sees the time itself,
 * certified at every t of the horizon.
 *
 * <p>c keeps its sign, so {@code L_s(t) = a(t) + |c(t)| sup_x lambda_max(sym(+-J_y(x, t)))}. The
 * horizon is cut into the parts of {@link NetworkScore#timeParts}; on each the supremum over x and
 * over all times of the part is bounded once, with the first layer's bias anywhere between its
 * values in the part ({@link TimedMlp#biasSpread}). One part does for a network that does not see
 * the time. Sampled: the value at t of the point that was best in the middle of the part.
 */
final class NetworkTimeProfile {

  /** A wider gap than the spread of the biases leaves anyway is not worth cells. */
  private static final double GAP = 0.01;

  private static final long CELLS = 3000;

  /** For what does not enter an exponent. */
  private static final long REST_CELLS = 1000;

  private final NetworkScore score;
  private final Kernels kernels;
  private final int parts;
  private final Map<Integer, Part> known = new ConcurrentHashMap<>();
  private final Map<Integer, Rest> rests = new ConcurrentHashMap<>();

  /** The bound of {@code +-y} in one part, and the point that was best. */
  private record Part(double certified, double[] point, String method) {}

  NetworkTimeProfile(NetworkScore score, Kernels kernels) {
    this.score = score;
    this.kernels = kernels;
    this.parts = score.timeParts();
  }

  /**
   * {@code sup lambda_max(sym -J)} and {@code sup |skew J|}, J that of {@code +-y}, in one part.
   */
  private record Rest(double turned, double skew) {}

  /** The bracket at time t. */
  OneSidedConstant at(double t) {
    FrozenNetwork f = score.frozen(t);
    int k = part(t);
    Part part = known.computeIfAbsent(k, i -> bound(i, f.factor() < 0));
    double certified = f.linear() + Math.abs(f.factor()) * part.certified();
    certified += 0x1p-48 * (Math.abs(f.linear()) + Math.abs(f.factor() * part.certified()));
    JacobianPoints points = new JacobianPoints(new FrozenLayers(f, kernels));
    double sampled = points.at(part.point());
    return new OneSidedConstant(Math.min(sampled, certified), certified, part.method());
  }

  private int part(double t) {
    int k = 0;
    while (k + 1 < parts && t >= score.timeEdge(k + 1)) {
      k++;
    }
    return k;
  }

  /** The whole spectrum at time t. */
  ScoreSpectrum spectrum(double t) {
    FrozenNetwork f = score.frozen(t);
    double product = LayerBounds.product(f);
    double highest = at(t).certified();
    Rest rest = rests.computeIfAbsent(part(t), k -> rest(k, f.factor() < 0));
    double scale = Math.abs(f.factor()) * (1 + 0x1p-48);
    double moved = Math.abs(f.factor()) * rest.turned();
    double lowest = f.linear() - moved - 0x1p-48 * (Math.abs(f.linear()) + Math.abs(moved));
    return ScoreSpectrum.of(
        Math.max(lowest, -product), highest, Math.min(product, scale * rest.skew()), product);
  }

  private Rest rest(int k, boolean negative) {
    FrozenNetwork turned = middle(k, !negative);
    double product = LayerBounds.product(turned);
    double layers = Math.min(product, LayerBounds.measure(turned));
    int d = turned.dimension();
    if (d > NetworkBranchAndBound.MAX_DIMENSION) {
      return new Rest(layers, product);
    }
    return new Rest(
        Math.min(layers, search(turned, k, JacobianFunction.ONE_SIDED, REST_CELLS).certified()),
        d == 1
            ? 0
            : Math.min(product, search(turned, k, JacobianFunction.SKEW, REST_CELLS).certified()));
  }

  private Part bound(int k, boolean negative) {
    FrozenNetwork y = middle(k, negative);
    double layers = Math.min(LayerBounds.product(y), LayerBounds.measure(y));
    if (y.dimension() > NetworkBranchAndBound.MAX_DIMENSION) {
      OneSidedConstant c = NetworkLipschitz.byLayers(y, kernels);
      return new Part(c.certified(), new double[y.dimension()], c.method());
    }
    NetworkCertificate c =
        search(y, k, JacobianFunction.ONE_SIDED, parts == 1 ? NetworkLipschitz.CELLS : CELLS);
    return new Part(Math.min(layers, c.certified()), c.point(), c.method());
  }

  /** {@code +-y} in the middle of part k. */
  private FrozenNetwork middle(int k, boolean negative) {
    TimedMlp mlp = score.network();
    return new FrozenNetwork(mlp.plainArchitecture(), mlp.plainAt(time(k)), 0, negative ? -1 : 1);
  }

  private double time(int k) {
    return 0.5 * (score.timeEdge(k) + score.timeEdge(k + 1));
  }

  private NetworkCertificate search(FrozenNetwork y, int k, JacobianFunction goal, long cells) {
    // More than the rounding of the edges.
    double half = 0.5 * (score.timeEdge(k + 1) - score.timeEdge(k)) * (1 + 0x1p-40);
    return NetworkBranchAndBound.of(
        new FrozenLayers(y, score.network().biasSpread(time(k), half), kernels),
        goal,
        new NetworkBranchAndBound.Options(GAP, cells, OptionalDouble.empty()),
        Progress.NONE);
  }
}
