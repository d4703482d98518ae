package org.scorebound.lipschitz;

import java.util.Arrays;

/**
 * The affine form of a {@link JacobianFunction}'s entries on one cell while it is being summed:
 * their values at the reference, their shift, what is linear in the cell's coordinates, the few
 * neurons that are taken at their ends, and the remainder.
 */
final class CellForm {

  private final int d;
  private final JacobianFunction goal;
  private final int packed;
  private final FrozenLayers net;
  final double[] base;
  private final double[] shift;

  /** Coefficient of coordinate j, the d-th being time, at {@code j * packed}. */
  private final double[] linear;

  final double[] remainder;
  private final double[] ends;
  private final double[] endSize;
  private final double[] endReach;
  private final double[] endMoved;

  /** What halving direction j would narrow, the d-th being time. */
  final double[] score;

  /** What only a larger radius would narrow. */
  double radialScore;

  /** What no direction would narrow. */
  double stripScore;

  private final double[] sum;

  /** Size of the smallest neuron kept. */
  double least;

  CellForm(JacobianFunction goal, FrozenLayers net) {
    d = net.d;
    this.goal = goal;
    this.net = net;
    packed = goal.entries(d);
    base = new double[packed];
    shift = new double[packed];
    linear = new double[packed * (d + 1)];
    remainder = new double[packed];
    ends = new double[packed * CellBatch.ENDS];
    endSize = new double[CellBatch.ENDS];
    endReach = new double[CellBatch.ENDS];
    endMoved = new double[d * CellBatch.ENDS];
    score = new double[d + 1];
    sum = new double[packed];
  }

  void clear() {
    Arrays.fill(shift, 0);
    Arrays.fill(linear, 0);
    Arrays.fill(remainder, 0);
    Arrays.fill(ends, 0);
    Arrays.fill(endSize, 0);
    Arrays.fill(endReach, 0);
    Arrays.fill(endMoved, 0);
    Arrays.fill(score, 0);
    radialScore = 0;
    stripScore = 0;
    least = 0;
  }

  /** The shift and linear part of one slope in entry q. */
  void base2(int q, double shifted, double chord, double b, double[] moved) {
    shift[q] += shifted;
    for (int j = 0; j < d; j++) {
      linear[j * packed + q] += chord * b * moved[j];
    }
  }

  /** The remainder of one slope, {@code eps b}. */
  void neuron(double[] b, double eps, double size, double second, double[] moved, double reach) {
    for (int q = 0; q < packed; q++) {
      remainder[q] += eps * Math.abs(b[q]);
    }
    double cost = size + second;
    if (reach < 0) {
      radialScore += cost;
    } else if (reach == 0) {
      stripScore += cost;
    } else {
      for (int j = 0; j < d; j++) {
        score[j] += cost / reach * Math.abs(moved[j]);
      }
    }
    if (size > least) {
      int k = slot(size, reach);
      for (int q = 0; q < packed; q++) {
        ends[k * packed + q] = eps * b[q];
      }
      System.arraycopy(moved, 0, endMoved, k * d, d);
    }
  }

  /** Keeps a neuron of a two-dimensional cell for its ends. */
  void keep(
      double size, double b0, double b1, double b2, double reach, double moved0, double moved1) {
    int k = slot(size, reach);
    ends[3 * k] = b0;
    ends[3 * k + 1] = b1;
    ends[3 * k + 2] = b2;
    endMoved[2 * k] = moved0;
    endMoved[2 * k + 1] = moved1;
  }

  /** The slot of the smallest neuron kept so far, which gives way. */
  private int slot(double size, double reach) {
    int k = 0;
    for (int i = 1; i < endSize.length; i++) {
      if (endSize[i] < endSize[k]) {
        k = i;
      }
    }
    endSize[k] = size;
    endReach[k] = reach;
    least = Double.POSITIVE_INFINITY;
    for (double s : endSize) {
      least = Math.min(least, s);
    }
    return k;
  }

  /** Adds the sums of one layer of a two-dimensional cell. */
  void add2(
      double s0,
      double s1,
      double s2,
      double p0,
      double p1,
      double p2,
      double q0,
      double q1,
      double q2,
      double r0,
      double r1,
      double r2,
      double first,
      double other,
      double radial,
      double strip) {
    shift[0] += s0;
    shift[1] += s1;
    shift[2] += s2;
    linear[0] += p0;
    linear[1] += p1;
    linear[2] += p2;
    linear[3] += q0;
    linear[4] += q1;
    linear[5] += q2;
    remainder[0] += r0;
    remainder[1] += r1;
    remainder[2] += r2;
    score[0] += first;
    score[1] += other;
    radialScore += radial;
    stripScore += strip;
  }

  /** The value at the reference, from below. */
  double lower() {
    return goal.value(d, base) - rounding(size(base));
  }

  private double rounding(double size) {
    return d * net.rounding + goal.rounding(d, size);
  }

  private static double size(double[] s) {
    double size = 0;
    for (double x : s) {
      size = Math.max(size, Math.abs(x));
    }
    return size;
  }

  /**
   * The upper bound.
   *
   * @param inflation covers the rounding of the remainder, relatively
   * @param linearPart whether there is a linear part
   * @param moving whether time is part of it
   */
  double upper(double inflation, boolean linearPart, boolean moving) {
    for (int k = 0; k < endSize.length; k++) {
      for (int q = 0; q < packed; q++) {
        remainder[q] = Math.max(0, remainder[q] - Math.abs(ends[k * packed + q]));
      }
    }
    double spread = goal.value(d, remainder);
    int coordinates = linearPart ? moving ? d + 1 : d : 0;
    int corners = 1 << coordinates;
    int choices = 1 << endSize.length;
    double largest = Double.NEGATIVE_INFINITY;
    double size = size(remainder);
    for (int corner = 0; corner < corners; corner++) {
      for (int choice = 0; choice < choices; choice++) {
        for (int q = 0; q < packed; q++) {
          double s = base[q] + shift[q];
          for (int j = 0; j < coordinates; j++) {
            double t = linear[j * packed + q];
            s += (corner >> j & 1) == 0 ? t : -t;
          }
          for (int k = 0; k < endSize.length; k++) {
            double t = ends[k * packed + q];
            s += (choice >> k & 1) == 0 ? t : -t;
          }
          sum[q] = s;
        }
        size = Math.max(size, size(sum));
        largest = Math.max(largest, goal.value(d, sum));
      }
    }
    double bound = largest + spread * inflation + rounding(size);
    return Double.isNaN(bound) ? Double.POSITIVE_INFINITY : bound;
  }

  /** Adds what time does to the linear part and the scores. */
  void addTime(int q, double coefficient) {
    linear[d * packed + q] += coefficient;
  }

  /** Takes the neurons at their ends out of the scores: nothing is lost by them. */
  void withoutEnds() {
    for (int k = 0; k < endSize.length; k++) {
      if (endReach[k] < 0) {
        radialScore -= endSize[k];
      } else if (endReach[k] == 0) {
        stripScore -= endSize[k];
      } else {
        for (int j = 0; j < d; j++) {
          score[j] -= endSize[k] / endReach[k] * Math.abs(endMoved[k * d + j]);
        }
      }
    }
  }
}
