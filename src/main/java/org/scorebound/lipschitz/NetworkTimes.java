package org.scorebound.lipschitz;

import java.util.Arrays;
import java.util.List;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.result.Progress;

/**
 * Brackets of {@code L_s} of one network at several times, found together by {@link
 * NetworkBranchAndBound}: {@code s(x, t) = a(t) x + c(t) y(x, t)}, and the time moves the first
 * biases of y alone.
 */
public final class NetworkTimes {

  private NetworkTimes() {}

  /** Whether networks differ by the biases of their first layer and by positive factors alone. */
  public static boolean areAkin(List<FrozenNetwork> networks) {
    FrozenNetwork first = networks.getFirst();
    if (first.architecture().layers() < 2 || first.factor() == 0) {
      return false;
    }
    Mlp mlp = new Mlp(first.architecture(), Kernels.of(BackEnd.SCALAR));
    double[] theta = first.theta();
    int from = mlp.biasOffset(0);
    int to = from + first.architecture().fanOut(0);
    for (FrozenNetwork f : networks) {
      double[] other = f.theta();
      if (!f.architecture().equals(first.architecture())
          || !(f.factor() * first.factor() > 0)
          || !Arrays.equals(theta, 0, from, other, 0, from)
          || !Arrays.equals(theta, to, theta.length, other, to, other.length)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The brackets of one network at several times, together: a cell is bounded for many times at
   * once, as one more coordinate along which the first biases move, and cut in time where that is
   * what its bound loses by.
   *
   * @param networks akin, see {@link #areAkin}
   * @param times of each, rising
   * @param options the budget of cells is for each time
   * @return the seconds of each are an equal share; cells are those that were bounded for it
   */
  public static List<NetworkCertificate> of(
      List<FrozenNetwork> networks,
      double[] times,
      NetworkBranchAndBound.Options options,
      Kernels kernels,
      Progress progress) {
    FrozenNetwork first = networks.getFirst();
    NetworkBranchAndBound.checkDimension(first.dimension());
    if (times.length != networks.size() || !areAkin(networks)) {
      throw new IllegalArgumentException(
          "networks must be one at several times, got "
              + networks.size()
              + " for "
              + times.length
              + " times");
    }
    FrozenNetwork y =
        new FrozenNetwork(first.architecture(), first.theta(), 0, Math.signum(first.factor()));
    FrozenLayers net = new FrozenLayers(y, kernels);
    Mlp mlp = new Mlp(first.architecture(), kernels);
    int at = mlp.biasOffset(0);
    double[][] biases = new double[times.length][];
    double[] shift = new double[times.length];
    double[] scale = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      FrozenNetwork f = networks.get(i);
      biases[i] = Arrays.copyOfRange(f.theta(), at, at + net.width[0]);
      shift[i] = f.linear();
      scale[i] = Math.abs(f.factor());
    }
    return NetworkBranchAndBound.ofTimes(
        net,
        JacobianFunction.ONE_SIDED,
        TimeSpan.of(biases, times, new double[net.width[0]]),
        shift,
        scale,
        options,
        progress);
  }
}
