package org.scorebound.lipschitz;

import java.util.Arrays;
import java.util.List;
import org.scorebound.random.RandomStream;

/**
 * A piece of R^d. Inside: an axis-parallel box {@code lo <= x <= hi}. Outside a cube: with a face,
 * that is an axis a and a sign, {@code x = r (+-e_a + v)}, v in the other axes' box, r in {@code
 * [lo[0], hi[0]]}, {@code hi[0]} possibly infinite; {@code lo[1..]}, {@code hi[1..]} bound v. The
 * faces with {@code |v| <= 1}, {@code r >= R} cover all of {@code |x|_inf >= R}; r is {@code
 * 1/rho}.
 */
final class Cell {

  /** Ratio of radii at which a far cell is cut. */
  private static final double CUT = 4;

  private static final int INSIDE = -1;

  /** Beyond this radius pre-activations have no digits left, and nothing new happens. */
  private static final double FARTHEST = 1e9;

  /** No neuron. */
  static final int NONE = -1;

  /** The direction of a band: the value of a neuron of the first layer. */
  static final int STRIP = -2;

  /** The direction of the times. */
  static final int TIME = -3;

  /** Half width of the first strip. */
  private static final double BAND = 8;

  private final TimeSpan span;
  private final int face;
  private final double[] lo;
  private final double[] hi;

  /** Of a far cell: only its points where {@code z} of this neuron lies in the band; or NONE. */
  private final int neuron;

  private final double bandFrom;
  private final double bandTo;

  /** How many cuts in a row have brought little. */
  int stalls;

  /** An upper bound of {@code lambda_max} on the cell. */
  double upper = Double.POSITIVE_INFINITY;

  /** The direction to cut in. */
  int split;

  /** The neuron whose strip to cut out, where {@link #split} is STRIP and there is no band yet. */
  int crossing = NONE;

  private Cell(int face, double[] lo, double[] hi, TimeSpan span) {
    this(face, lo, hi, span, NONE, 0, 0);
  }

  private Cell(
      int face,
      double[] lo,
      double[] hi,
      TimeSpan span,
      int neuron,
      double bandFrom,
      double bandTo) {
    this.span = span;
    this.face = face;
    this.lo = lo;
    this.hi = hi;
    this.neuron = neuron;
    this.bandFrom = bandFrom;
    this.bandTo = bandTo;
  }

  /** The times that it is bounded for. */
  TimeSpan span() {
    return span;
  }

  /** The neuron with a band, or NONE. */
  int neuron() {
    return neuron;
  }

  /** Lower end of the band. */
  double bandFrom() {
    return bandFrom;
  }

  /** Upper end of the band. */
  double bandTo() {
    return bandTo;
  }

  /** Width of the band, of an unbounded one how far it is from 0. */
  double bandWidth() {
    double width = bandTo - bandFrom;
    return width < Double.POSITIVE_INFINITY
        ? width
        : Math.min(Math.abs(bandFrom), Math.abs(bandTo));
  }

  /** The axis of an outer cell's face. */
  int axis() {
    return face / 2;
  }

  /** The largest width of an outer cell in its angles. */
  double width() {
    double width = 0;
    for (int j = 1; j < lo.length; j++) {
      width = Math.max(width, hi[j] - lo[j]);
    }
    return width;
  }

  /** The cube {@code |x|_inf <= r}. */
  static Cell cube(int d, double r, TimeSpan span) {
    double[] lo = new double[d];
    double[] hi = new double[d];
    Arrays.fill(lo, -r);
    Arrays.fill(hi, r);
    return new Cell(INSIDE, lo, hi, span);
  }

  /** Face {@code 0 .. 2d-1} of everything outside that cube. */
  static Cell beyond(int d, double r, int face, TimeSpan span) {
    double[] lo = new double[d];
    double[] hi = new double[d];
    Arrays.fill(lo, -1);
    Arrays.fill(hi, 1);
    lo[0] = r;
    hi[0] = Double.POSITIVE_INFINITY;
    return new Cell(face, lo, hi, span);
  }

  /** Whether it can be cut in time. */
  boolean hasTimes() {
    return span.size() > 1;
  }

  /** Whether it reaches to infinity. */
  boolean isFar() {
    return face != INSIDE && hi[0] == Double.POSITIVE_INFINITY;
  }

  /** The least radius of an outer cell. */
  double radius() {
    return lo[0];
  }

  /**
   * A parallelepiped {@code {x + G u, |u|_inf <= 1}} that holds the cell. Outer cells: {@code x = r
   * (w + delta)} with {@code |delta_b| <= h_b}: {@code x - r_m w = (r - r_m) w + r delta}, so the
   * generators are {@code (r_2 - r_1)/2 w} and {@code r_2 h_b e_b}.
   *
   * @param x d numbers at {@code at}
   * @param g d x d, generators as columns, at {@code gAt}
   */
  void parallelepiped(double[] x, int at, double[] g, int gAt) {
    int d = lo.length;
    for (int i = 0; i < d * d; i++) {
      g[gAt + i] = 0;
    }
    if (face == INSIDE) {
      for (int i = 0; i < d; i++) {
        x[at + i] = 0.5 * (lo[i] + hi[i]);
        g[gAt + i * (d + 1)] = 0.5 * (hi[i] - lo[i]);
      }
      return;
    }
    direction(x, at, g, gAt, hi[0]);
    double middle = 0.5 * (lo[0] + hi[0]);
    double half = 0.5 * (hi[0] - lo[0]);
    for (int i = 0; i < d; i++) {
      g[gAt + i] = half * x[at + i];
      x[at + i] *= middle;
    }
  }

  /**
   * The directions of a far cell: the central one, w, into x and the first generator, {@code h_b
   * e_b} into the others.
   */
  void directions(double[] x, int at, double[] g, int gAt) {
    int d = lo.length;
    for (int i = 0; i < d * d; i++) {
      g[gAt + i] = 0;
    }
    direction(x, at, g, gAt, 1);
    for (int i = 0; i < d; i++) {
      g[gAt + i] = x[at + i];
    }
  }

  /** A random point of the cell; a far one's radius is drawn up to {@code e^8} times its least. */
  double[] inside(RandomStream random) {
    int d = lo.length;
    double[] x = new double[d];
    if (face == INSIDE) {
      for (int i = 0; i < d; i++) {
        x[i] = random.nextDouble(lo[i], hi[i]);
      }
      return x;
    }
    double most = isFar() ? 8 : Math.log(hi[0] / lo[0]);
    double radius = lo[0] * Math.exp(most * random.nextDouble());
    int axis = face / 2;
    x[axis] = face % 2 == 0 ? radius : -radius;
    for (int j = 1; j < d; j++) {
      x[j <= axis ? j - 1 : j] = radius * random.nextDouble(lo[j], hi[j]);
    }
    return x;
  }

  private void direction(double[] x, int at, double[] g, int gAt, double scale) {
    int d = lo.length;
    int axis = face / 2;
    x[at + axis] = face % 2 == 0 ? 1 : -1;
    for (int j = 1; j < d; j++) {
      int b = j <= axis ? j - 1 : j;
      x[at + b] = 0.5 * (lo[j] + hi[j]);
      g[gAt + j * d + b] = 0.5 * scale * (hi[j] - lo[j]);
    }
  }

  @Override
  public String toString() {
    return (face == INSIDE ? "inside" : "face " + face)
        + " "
        + Arrays.toString(lo)
        + " .. "
        + Arrays.toString(hi)
        + ", bound "
        + upper
        + ", to be cut in "
        + split;
  }

  /** The parts in direction {@link #split}; none where the numbers are too coarse for it. */
  List<Cell> parts() {
    if (split == TIME) {
      return span.halves().stream()
          .map(half -> new Cell(face, lo, hi, half, neuron, bandFrom, bandTo))
          .toList();
    }
    if (split == STRIP) {
      return neuron == NONE ? strip() : bands();
    }
    if (isFar() && split == 0 && lo[0] > FARTHEST) {
      for (int j = 1; j < lo.length; j++) {
        split = split == 0 || hi[j] - lo[j] > hi[split] - lo[split] ? j : split;
      }
      if (split == 0) {
        return List.of();
      }
    }
    double a = lo[split];
    double b = hi[split];
    double cut = 0.5 * (a + b);
    if (face != INSIDE && split == 0) {
      cut = b == Double.POSITIVE_INFINITY ? CUT * a : Math.sqrt(a * b);
    }
    if (!(a < cut && cut < b)) {
      return List.of();
    }
    double[] middle = hi.clone();
    middle[split] = cut;
    double[] from = lo.clone();
    from[split] = cut;
    Cell far = new Cell(face, from, hi, span, neuron, bandFrom, bandTo);
    return List.of(
        isFar() && split == 0
            ? new Cell(face, lo, middle, span)
            : new Cell(face, lo, middle, span, neuron, bandFrom, bandTo),
        far);
  }

  /** Both sides of the strip {@code |z| <= BAND} of the neuron that crosses, and the strip. */
  private List<Cell> strip() {
    return List.of(
        new Cell(face, lo, hi, span, crossing, Double.NEGATIVE_INFINITY, -BAND),
        new Cell(face, lo, hi, span, crossing, -BAND, BAND),
        new Cell(face, lo, hi, span, crossing, BAND, Double.POSITIVE_INFINITY));
  }

  private List<Cell> bands() {
    double cut = 0.5 * (bandFrom + bandTo);
    if (bandFrom == Double.NEGATIVE_INFINITY) {
      cut = 2 * bandTo;
    } else if (bandTo == Double.POSITIVE_INFINITY) {
      cut = 2 * bandFrom;
    }
    if (!(bandFrom < cut && cut < bandTo)) {
      return List.of();
    }
    return List.of(
        new Cell(face, lo, hi, span, neuron, bandFrom, cut),
        new Cell(face, lo, hi, span, neuron, cut, bandTo));
  }
}
