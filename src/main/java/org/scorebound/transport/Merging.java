package org.scorebound.transport;

import java.util.Arrays;
import org.scorebound.result.Progress;

/** Transport between the distinct sites of two clouds, handed back to their points. */
final class Merging {

  private Merging() {}

  /**
   * Solves the problem.
   *
   * @param dense whether all m n costs may be held
   */
  static Solution solve(Cloud a, Cloud b, boolean dense, Progress progress) {
    Cloud.Sites sa = a.sites();
    Cloud.Sites sb = b.sites();
    int m = sa.mass().length;
    int n = sb.mass().length;
    TransportSolver.Flows flows;
    if (dense) {
      Memory.require((long) m * n, "transport", "flow");
      flows =
          TransportSolver.solve(Clouds.costs(sa.points(), sb.points(), a.d), sa.mass(), sb.mass());
    } else {
      flows =
          MultiscaleTransport.solve(sa.points(), sa.mass(), sb.points(), sb.mass(), a.d, progress);
    }
    int[] partnerOf = new int[n];
    for (int k = 0; k < flows.from().length; k++) {
      partnerOf[flows.to()[k]] = flows.from()[k];
    }
    // Sites are in lexicographic, not in kd order; the certificate's tree orders them itself.
    double[] u = Certifier.rowDuals(sa.points(), sb.points(), a.d, flows.v(), partnerOf);
    Certificate certificate =
        Certifier.certify(sa.points(), sb.points(), a.d, sa.mass(), sb.mass(), flows, u);
    String note = m < a.n || n < b.n ? "points merged into " + m + " and " + n + " sites" : "";
    return new Solution(
        certificate,
        distribute(a, sa, b, sb, flows),
        spread(u, sa.siteOf()),
        spread(flows.v(), sb.siteOf()),
        note);
  }

  /** Each point has the dual of its site; a point without mass has none. */
  private static double[] spread(double[] dual, int[] siteOf) {
    double[] out = new double[siteOf.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = siteOf[i] < 0 ? Double.NEGATIVE_INFINITY : dual[siteOf[i]];
    }
    return out;
  }

  /** Splits the flows between sites over their points, in order. */
  private static Plan distribute(
      Cloud a, Cloud.Sites sa, Cloud b, Cloud.Sites sb, TransportSolver.Flows flows) {
    long[] leftA = a.mass.clone();
    long[] leftB = b.mass.clone();
    int[] nextA = firsts(sa);
    int[] nextB = firsts(sb);
    double total = a.total();
    int capacity = flows.from().length + a.n + b.n;
    int[] from = new int[capacity];
    int[] to = new int[capacity];
    double[] mass = new double[capacity];
    int count = 0;
    for (int k = 0; k < flows.from().length; k++) {
      long f = flows.amount()[k];
      while (f > 0) {
        int i = sa.order()[nextA[flows.from()[k]]];
        int j = sb.order()[nextB[flows.to()[k]]];
        long part = Math.min(f, Math.min(leftA[i], leftB[j]));
        from[count] = i;
        to[count] = j;
        mass[count++] = part / total;
        f -= part;
        leftA[i] -= part;
        leftB[j] -= part;
        if (leftA[i] == 0) {
          nextA[flows.from()[k]]++;
        }
        if (leftB[j] == 0) {
          nextB[flows.to()[k]]++;
        }
      }
    }
    return new Plan(
        Arrays.copyOf(from, count), Arrays.copyOf(to, count), Arrays.copyOf(mass, count));
  }

  /** Where each site's points begin in the order by site. */
  private static int[] firsts(Cloud.Sites sites) {
    int[] first = new int[sites.mass().length];
    for (int k = sites.order().length - 1; k >= 0; k--) {
      first[sites.siteOf()[sites.order()[k]]] = k;
    }
    return first;
  }
}
