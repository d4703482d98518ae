package org.scorebound.sde;

import java.util.TreeSet;
import org.apache.commons.math3.exception.MaxCountExceededException;
import org.apache.commons.math3.exception.NumberIsTooSmallException;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.scorebound.score.ScoreModel;

/**
 * Integrates {@code dy/dr = F(t, y)}, {@code r = T - t}, from T down to a time by Dormand–Prince
 * 8(5,3), piece by piece between the times where the coefficients jump.
 */
final class ReverseTimeFlow {

  /** The right-hand side in reversed time. */
  interface Field {
    void derivative(double t, double[] y, double[] dyByDr);
  }

  /** Evaluations of the right-hand side at which a stiff problem is given up. */
  static final int MAX_EVALUATIONS = 150_000;

  private final double horizon;
  private final TreeSet<Double> jumps = new TreeSet<>();

  ReverseTimeFlow(ScoreModel score) {
    horizon = score.process().diffusion().horizon();
    for (double b : score.process().diffusion().breakpoints()) {
      jumps.add(b);
    }
    for (double b : score.breakpoints()) {
      jumps.add(b);
    }
  }

  /** The times inside (0, T) where a coefficient or the score jumps, increasing. */
  double[] jumps() {
    return jumps.stream().mapToDouble(Double::doubleValue).toArray();
  }

  double[] integrate(double[] atHorizon, double to, Field field, double absolute, double relative) {
    TreeSet<Double> stops = new TreeSet<>(jumps.tailSet(to));
    stops.add(to);
    double from = horizon;
    double[] state = atHorizon.clone();
    for (double stop : stops.descendingSet()) {
      if (stop < from) {
        state = piece(state, from, stop, field, absolute, relative);
        from = stop;
      }
    }
    return state;
  }

  private double[] piece(
      double[] state, double from, double to, Field field, double absolute, double relative) {
    double length = from - to;
    // Coefficients are right-continuous: the piece's upper end belongs to the next piece.
    double inset = 1e-14 * horizon;
    FirstOrderDifferentialEquations equations =
        new FirstOrderDifferentialEquations() {
          @Override
          public int getDimension() {
            return state.length;
          }

          @Override
          public void computeDerivatives(double r, double[] y, double[] dy) {
            if (Double.isNaN(r)) {
              throw new UnresolvedException("the solution leaves the range of numbers");
            }
            field.derivative(Math.max(to, Math.min(from - inset, from - r)), y, dy);
          }
        };
    double[] result = state.clone();
    DormandPrince853Integrator integrator =
        new DormandPrince853Integrator(1e-15 * length, length, absolute, relative);
    integrator.setMaxEvaluations(MAX_EVALUATIONS);
    try {
      integrator.integrate(equations, 0, state, length, result);
    } catch (MaxCountExceededException e) {
      throw new UnresolvedException(
          "too stiff for an explicit method: " + MAX_EVALUATIONS + " evaluations did not do", e);
    } catch (NumberIsTooSmallException e) {
      throw new UnresolvedException("the least step of the integrator did not do", e);
    }
    for (double v : result) {
      if (!Double.isFinite(v)) {
        throw new UnresolvedException("the solution leaves the range of numbers");
      }
    }
    return result;
  }
}
