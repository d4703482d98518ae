package org.scorebound.lipschitz;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.scorebound.linalg.Activation;

/**
 * Upper bounds of {@code lambda_max(S(x))}, {@code S = sym J_s}, on a batch of cells; or of another
 * {@link JacobianFunction}, whose entries then take the place of those of S.
 *
 * <p>With {@code D_l} the diagonal of slopes of hidden layer l at a reference, {@code T_l} the
 * tangents {@code dz_l/dx} and {@code Lambda_l} the sensitivities of the output to {@code f(z_l)},
 * both computed with the reference slopes, and {@code Delta_l} the slopes' deviations,
 *
 * <pre>
 *   J - J_ref = sum_l Lambda_l Delta_l T_l(x)
 *             = sum_l Lambda_l Delta_l T_l + sum_l Lambda_l Delta_l (T_l(x) - T_l),
 * </pre>
 *
 * exactly, since {@code A_n .. A_1 - B_n .. B_1 = sum_l B_n .. B_(l+1) (A_l - B_l) A_(l-1) .. A_1}.
 * The first sum is linear in the slopes. Each deviation is {@code shift + chord (G u)_z + eps'},
 * linear in the cell's coordinates {@code |u|_inf <= 1} up to {@code |eps'| <= eps + |chord| rho};
 * so S is affine in u and in the few largest eps' up to a remainder R of entrywise absolute values,
 * and {@code lambda_max}, convex, is at most its largest value over the corners of u and of those
 * eps', plus {@code lambda_max(R)}. The second sum is in R, with {@code |T_(l+1)(x) - T_(l+1)| <=
 * E_(l+1) = |W| (m |T_l| + (|D| + m) E_l)}, m the largest deviation.
 *
 * <p>The corners treat a neuron whose slope sweeps an interval by its end values: no splitting is
 * needed to resolve it. Subclasses enclose the slopes. Owns workspace; for one thread.
 */
abstract class CellBatch {

  /** Neurons taken at their end values. */
  static final int ENDS = 3;

  /** Sums of non-negative terms of R: relative error far below. */
  private static final double REMAINDER_ROUNDING = 1 + 0x1p-36;

  final FrozenLayers net;
  final JacobianFunction goal;
  final int d;
  final int capacity;

  /** Whether cells have several times. */
  final boolean moving;

  /** {@code [z or beta | T_1 .. T_d]}, each width x n, per layer. */
  final double[][] forward;

  /** {@code [rho | E_1 .. E_d | ..]} per layer. */
  final double[][] spread;

  final SlopeEnclosure.Result[] slopes;

  /**
   * Half width of the interval of z; negative where only the radius narrows it, 0 where no
   * direction does.
   */
  final double[][] reach;

  final double[] point;
  final double[] generators;
  final double[] in;
  private final double[][] lambda;
  private final double[] jacobian;
  private final double[] entries;
  private final double[] tangent;
  private final double[] sensitivity;
  private final double[] error;
  private final double[] moved;
  private final CellForm form;

  /** Of ReLU alone. */
  private final @Nullable ReluPatterns patterns;

  private int filled = -1;

  CellBatch(
      FrozenLayers net,
      JacobianFunction goal,
      int capacity,
      boolean moving,
      int forwardBlocks,
      int spreadBlocks) {
    this.net = net;
    this.goal = goal;
    this.moving = moving;
    this.capacity = capacity;
    d = net.d;
    jacobian = new double[d * d];
    entries = new double[goal.entries(d)];
    tangent = new double[d];
    sensitivity = new double[d];
    error = new double[d];
    moved = new double[d];
    int h = net.depth;
    forward = new double[h][];
    spread = new double[h][];
    reach = new double[h][];
    lambda = new double[h][];
    slopes = new SlopeEnclosure.Result[h];
    for (int l = 0; l < h; l++) {
      int n = net.width[l] * capacity;
      forward[l] = new double[n * forwardBlocks];
      spread[l] = new double[n * spreadBlocks];
      reach[l] = new double[n];
      lambda[l] = new double[n * d];
      slopes[l] = new SlopeEnclosure.Result(n);
    }
    in = new double[net.widest() * capacity * Math.max(forwardBlocks, spreadBlocks)];
    point = new double[d * capacity];
    generators = new double[d * d * capacity];
    form = new CellForm(goal, net);
    patterns =
        net.network.architecture().activation() == Activation.RELU
            ? new ReluPatterns(net, goal)
            : null;
  }

  /** Bounds the first n cells: sets their upper bounds and where to split them. */
  final void bound(Cell[] cells, int n) {
    if (n != filled) {
      fillConstants(n);
      filled = n;
    }
    enclose(cells, n);
    backward(n);
    for (int c = 0; c < n; c++) {
      form.clear();
      reference(c, n);
      for (int l = 0; l < net.depth; l++) {
        if (d == 2 && goal == JacobianFunction.ONE_SIDED) {
          layer2(l, c, n);
        } else {
          layer(l, c, n);
        }
        if (moving && hasLinearPart()) {
          time(l, c, n);
        }
      }
      double upper = form.upper(REMAINDER_ROUNDING, hasLinearPart(), moving);
      if (patterns != null) {
        upper = Math.min(upper, patterns.upper(slopes, c));
      }
      cells[c].upper = isEmpty(c) ? Double.NEGATIVE_INFINITY : upper;
      cells[c].split = direction(form, cells[c], c);
    }
  }

  /** Puts slopes, tangents and spreads of every layer. */
  abstract void enclose(Cell[] cells, int n);

  /** Whether cell c of the batch holds no point. */
  boolean isEmpty(int c) {
    return false;
  }

  /** The direction to cut cell c of the batch in. */
  abstract int direction(CellForm form, Cell cell, int c);

  /** Whether slopes have a part that is linear in the cell's coordinates. */
  abstract boolean hasLinearPart();

  /** Tangents of the first layer and sensitivities of the last do not depend on the cell. */
  private void fillConstants(int n) {
    int first = net.width[0];
    int top = net.width[net.depth - 1];
    for (int k = 0; k < d; k++) {
      for (int c = 0; c < n; c++) {
        System.arraycopy(net.weight[0], k * first, forward[0], first * (n * (k + 1) + c), first);
        for (int i = 0; i < top; i++) {
          lambda[net.depth - 1][top * (n * k + c) + i] = net.last[k + i * d];
        }
      }
    }
    Arrays.fill(spread[0], 0, first * n * (d + 1), 0);
  }

  /** {@code Lambda_l = Lambda_(l+1) D_(l+1) W_(l+1)}. */
  private void backward(int n) {
    for (int l = net.depth - 2; l >= 0; l--) {
      int above = net.width[l + 1];
      int block = above * n;
      double[] s = slopes[l + 1].slope;
      for (int k = 0; k < d; k++) {
        for (int i = 0; i < block; i++) {
          in[k * block + i] = s[i] * lambda[l + 1][k * block + i];
        }
      }
      net.kernels.gemm(net.width[l], d * n, above, 1, net.transposed[l + 1], in, 0, lambda[l]);
    }
  }

  /** The entries at the reference slopes. */
  private void reference(int c, int n) {
    int top = net.depth - 1;
    int w = net.width[top];
    double[] t = forward[top];
    double[] s = slopes[top].slope;
    double[] l = lambda[top];
    int at = c * w;
    for (int j = 0; j < d; j++) {
      int lj = w * (n * j + c);
      for (int k = 0; k < d; k++) {
        int tk = w * (n * (k + 1) + c);
        double sum = 0;
        for (int i = 0; i < w; i++) {
          sum += s[at + i] * l[lj + i] * t[tk + i];
        }
        jacobian[j + k * d] = sum;
      }
    }
    goal.read(d, jacobian, net.network.linear(), form.base);
  }

  /** Adds what the slopes of layer l do to cell c. */
  private void layer(int l, int c, int n) {
    int w = net.width[l];
    SlopeEnclosure.Result s = slopes[l];
    int at = c * w;
    int g = c * d * d;
    for (int i = at; i < at + w; i++) {
      for (int k = 0; k < d; k++) {
        sensitivity[k] = lambda[l][w * n * k + i];
        tangent[k] = forward[l][w * n * (k + 1) + i];
        error[k] = s.deviation[i] * spread[l][w * n * (k + 1) + i];
      }
      for (int j = 0; j < d; j++) {
        moved[j] = 0;
        for (int k = 0; k < d; k++) {
          moved[j] += tangent[k] * generators[g + j * d + k];
        }
      }
      double eps = s.eps[i] + Math.abs(s.chord[i]) * spread[l][i];
      double second = 0;
      double size = 0;
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          int q = goal.index(d, j, k);
          if (q < 0) {
            continue;
          }
          double b = goal.entry(j, k, sensitivity[j] * tangent[k], sensitivity[k] * tangent[j]);
          double jk = Math.abs(sensitivity[j]) * error[k];
          double kj = Math.abs(sensitivity[k]) * error[j];
          double e = Math.max(Math.abs(goal.entry(j, k, jk, kj)), goal.entry(j, k, jk, -kj));
          entries[q] = b;
          form.remainder[q] += e;
          second += e;
          size += Math.abs(b) * goal.count(j, k);
          form.base2(q, s.shift[i] * b, s.chord[i], b, moved);
        }
      }
      form.neuron(entries, eps, eps * size, second, moved, reach[l][i]);
    }
  }

  /** Adds what the times' shift of the first biases does through the slopes of layer l. */
  private void time(int l, int c, int n) {
    int w = net.width[l];
    SlopeEnclosure.Result s = slopes[l];
    int block = w * n;
    double narrowed = 0;
    for (int i = c * w; i < (c + 1) * w; i++) {
      double moved = forward[l][(d + 1) * block + i];
      double coefficient = s.chord[i] * moved;
      double size = 0;
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          int q = goal.index(d, j, k);
          if (q >= 0) {
            double b =
                goal.entry(
                    j,
                    k,
                    lambda[l][block * j + i] * forward[l][block * (k + 1) + i],
                    lambda[l][block * k + i] * forward[l][block * (j + 1) + i]);
            form.addTime(q, coefficient * b);
            size += Math.abs(b) * goal.count(j, k);
          }
        }
      }
      if (reach[l][i] > 0) {
        narrowed += size * s.eps[i] / reach[l][i] * Math.abs(moved);
      }
    }
    form.score[d] += narrowed;
  }

  /** {@link #layer} for {@code d == 2}, written out. */
  private void layer2(int l, int c, int n) {
    int w = net.width[l];
    SlopeEnclosure.Result s = slopes[l];
    double[] shift = s.shift;
    double[] chord = s.chord;
    double[] epsilon = s.eps;
    double[] deviation = s.deviation;
    double[] f = forward[l];
    double[] e = spread[l];
    double[] sens = lambda[l];
    double[] half = reach[l];
    int block = w * n;
    double g00 = generators[4 * c];
    double g10 = generators[4 * c + 1];
    double g01 = generators[4 * c + 2];
    double g11 = generators[4 * c + 3];
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double p0 = 0;
    double p1 = 0;
    double p2 = 0;
    double q0 = 0;
    double q1 = 0;
    double q2 = 0;
    double r0 = 0;
    double r1 = 0;
    double r2 = 0;
    double first = 0;
    double other = 0;
    double radial = 0;
    double strip = 0;
    for (int i = c * w; i < (c + 1) * w; i++) {
      double la = sens[i];
      double lb = sens[block + i];
      double ta = f[block + i];
      double tb = f[2 * block + i];
      double b0 = la * ta;
      double b1 = 0.5 * (la * tb + lb * ta);
      double b2 = lb * tb;
      double sh = shift[i];
      s0 += sh * b0;
      s1 += sh * b1;
      s2 += sh * b2;
      double u = ta * g00 + tb * g10;
      double v = ta * g01 + tb * g11;
      double ch = chord[i];
      double cu = ch * u;
      double cv = ch * v;
      p0 += cu * b0;
      p1 += cu * b1;
      p2 += cu * b2;
      q0 += cv * b0;
      q1 += cv * b1;
      q2 += cv * b2;
      double m = deviation[i];
      double ea = m * e[block + i];
      double eb = m * e[2 * block + i];
      la = Math.abs(la);
      lb = Math.abs(lb);
      double c0 = la * ea;
      double c1 = 0.5 * (la * eb + lb * ea);
      double c2 = lb * eb;
      double eps = epsilon[i] + Math.abs(ch) * e[i];
      double a0 = eps * Math.abs(b0);
      double a1 = eps * Math.abs(b1);
      double a2 = eps * Math.abs(b2);
      r0 += a0 + c0;
      r1 += a1 + c1;
      r2 += a2 + c2;
      double size = a0 + 2 * a1 + a2;
      double cost = size + c0 + 2 * c1 + c2;
      double h = half[i];
      if (h < 0) {
        radial += cost;
      } else if (h == 0) {
        strip += cost;
      } else {
        double share = cost / h;
        first += share * Math.abs(u);
        other += share * Math.abs(v);
      }
      if (size > form.least) {
        form.keep(size, b0 * eps, b1 * eps, b2 * eps, h, u, v);
      }
    }
    form.add2(s0, s1, s2, p0, p1, p2, q0, q1, q2, r0, r1, r2, first, other, radial, strip);
  }
}
