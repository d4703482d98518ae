package org.scorebound.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.CurvatureGrid;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.result.Figure;
import org.scorebound.result.Heat;
import org.scorebound.result.Quantity;
import org.scorebound.result.Series;

/** Heat maps of where {@code lambda_max} of the score's symmetrised Jacobian is attained. */
final class LipschitzMap {

  /** Cells on a side. */
  private static final int CELLS = 80;

  /** Maps are drawn for at most this many times, first and last among them. */
  private static final int MAPS = 3;

  /**
   * Half of the window's side, where most data of unit scale lie; wider if that shows the maximum.
   */
  private static final double WINDOW = 4;

  /** A maximum beyond this is named, not shown: the data would be one cell of the map. */
  private static final double FARTHEST = 20;

  private LipschitzMap() {}

  /**
   * The maps of a network of two coordinates; none in other dimensions.
   *
   * @param frozen the network at a time
   * @param times all of them
   * @param point where the largest sampled value of the time with this index is attained; empty if
   *     it is not known
   */
  static List<Figure> figures(
      DoubleFunction<FrozenNetwork> frozen,
      double[] times,
      IntFunction<double[]> point,
      Kernels kernels) {
    List<Figure> maps = new ArrayList<>();
    TreeSet<Integer> chosen = new TreeSet<>();
    for (int k = 0; k < MAPS; k++) {
      chosen.add(k * (times.length - 1) / (MAPS - 1));
    }
    for (int index : chosen) {
      FrozenNetwork network = frozen.apply(times[index]);
      if (network.dimension() == 2) {
        maps.add(map(network, maps.size() + 1, times[index], point.apply(index), kernels));
      }
    }
    return maps;
  }

  private static Figure map(
      FrozenNetwork network, int number, double t, double[] point, Kernels kernels) {
    double reach = point.length == 2 ? Math.max(Math.abs(point[0]), Math.abs(point[1])) : 0;
    boolean shown = point.length == 2 && reach <= FARTHEST;
    double half = shown ? Math.max(WINDOW, 1.25 * reach) : WINDOW;
    double[] edges = new double[CELLS + 1];
    for (int i = 0; i <= CELLS; i++) {
      edges[i] = half * (2.0 * i / CELLS - 1);
    }
    double[] centres = new double[CELLS];
    for (int i = 0; i < CELLS; i++) {
      centres[i] = 0.5 * (edges[i] + edges[i + 1]);
    }
    String where =
        point.length < 2
            ? ""
            : String.format(
                Locale.ROOT,
                " The largest value found over all of R^2 is at (%.4g, %.4g)%s.",
                point[0],
                point[1],
                shown ? "" : ", far outside");
    List<Series> marks =
        shown
            ? List.of(
                Series.points(
                    "largest value found", new double[] {point[0]}, new double[] {point[1]}))
            : List.of();
    return Figure.heat(
        "lambda-max-" + number,
        "Where lambda_max is attained, t = " + LipschitzFigures.plain(t),
        "lambda_max of the symmetrised Jacobian of the score at the centre of each cell: from"
            + " below."
            + where,
        Quantity.linear("x1", "units of the data"),
        Quantity.linear("x2", "units of the data"),
        Heat.of(edges, edges, CurvatureGrid.of(network, centres, centres, kernels), "lambda_max"),
        marks);
  }
}
