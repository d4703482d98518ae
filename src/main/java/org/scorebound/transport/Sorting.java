package org.scorebound.transport;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Optimal transport on the line: both clouds sorted, their distribution functions merged (the
 * north-west corner rule), O(n log n).
 *
 * <p>Duals follow the staircase of pairs: two successive pairs share a row or a column (a pair of
 * zero mass is inserted where they share none), so {@code u_i + v_j = c_ij} along it fixes all of
 * them, and they are feasible since the cost has the Monge property.
 */
final class Sorting {

  private Sorting() {}

  static Solution solve(Cloud a, Cloud b) {
    if (a.d != 1) {
      throw new IllegalArgumentException("method sorting needs dimension 1, got " + a.d);
    }
    int[] px = order(a);
    int[] py = order(b);
    double[] v = new double[b.n];
    int capacity = a.n + b.n;
    int[] from = new int[capacity];
    int[] to = new int[capacity];
    long[] amount = new long[capacity];
    int count = 0;
    int i = 0;
    int j = 0;
    long leftA = a.mass[px[0]];
    long leftB = b.mass[py[0]];
    // The running dual is compensated, since it is a sum of many differences.
    var w = new Sum();
    int[] partnerOf = new int[b.n];
    while (true) {
      int p = px[i];
      int q = py[j];
      partnerOf[q] = p;
      long f = Math.min(leftA, leftB);
      if (f > 0) {
        from[count] = p;
        to[count] = q;
        amount[count++] = f;
      }
      leftA -= f;
      leftB -= f;
      if (leftB == 0 && j + 1 < b.n) {
        // Down to the next column in the same row: v' = v + c' - c.
        q = py[++j];
        leftB = b.mass[q];
        double before = cost(a, p, b, py[j - 1]);
        w.add(cost(a, p, b, q));
        w.add(-before);
        v[q] = w.value();
      } else if (leftA == 0 && i + 1 < a.n) {
        p = px[++i];
        leftA = a.mass[p];
      } else {
        break;
      }
    }
    double[] rows = Certifier.rowDuals(a.points, b.points, 1, v, partnerOf);
    var flows =
        new TransportSolver.Flows(
            Arrays.copyOf(from, count), Arrays.copyOf(to, count), Arrays.copyOf(amount, count), v);
    Certificate certificate = Certifier.certify(a.points, b.points, 1, a.mass, b.mass, flows, rows);
    double total = a.total();
    double[] mass = Arrays.stream(flows.amount()).mapToDouble(f -> f / total).toArray();
    return new Solution(certificate, new Plan(flows.from(), flows.to(), mass), rows, v, "");
  }

  private static int[] order(Cloud a) {
    return IntStream.range(0, a.n)
        .boxed()
        .sorted((i, j) -> Double.compare(a.points[i], a.points[j]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static double cost(Cloud a, int i, Cloud b, int j) {
    double diff = a.points[i] - b.points[j];
    return diff * diff;
  }
}
