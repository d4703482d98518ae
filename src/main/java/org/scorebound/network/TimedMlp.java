package org.scorebound.network;

import java.util.ArrayList;
import java.util.List;

/**
 * A multilayer perceptron with its weights and the way it takes the time: {@code y(x, t)}, from
 * {@code R^d} to {@code R^d} at each time. Immutable.
 */
public final class TimedMlp {

  private final Architecture architecture;
  private final TimeConditioning time;
  private final double[] theta;
  private final ParameterLayout layout;

  /**
   * A network.
   *
   * @param architecture its first width is d plus {@link TimeConditioning#extraInputs()}, its last
   *     d
   * @param time a gain per step if and only if the architecture has steps
   * @param theta its parameters as {@link ParameterLayout} has them, finite
   */
  public TimedMlp(Architecture architecture, TimeConditioning time, double[] theta) {
    int steps = time instanceof TimeConditioning.PerStepGain g ? g.steps() : 0;
    if (steps != architecture.steps()) {
      throw new IllegalArgumentException(
          "architecture must have " + steps + " steps, got " + architecture.steps());
    }
    if (architecture.inputs() != architecture.outputs() + time.extraInputs()) {
      throw new IllegalArgumentException(
          "first layer must have "
              + (architecture.outputs() + time.extraInputs())
              + " inputs, "
              + architecture.outputs()
              + " for x and "
              + time.extraInputs()
              + " for t, got "
              + architecture.inputs());
    }
    this.architecture = architecture;
    this.time = time;
    this.theta = theta.clone();
    this.layout = new ParameterLayout(architecture);
    layout.requireFinite(theta);
  }

  /** The shape, extra inputs for the time included. */
  public Architecture architecture() {
    return architecture;
  }

  /** How it takes the time. */
  public TimeConditioning time() {
    return time;
  }

  /** A copy of the parameters. */
  public double[] theta() {
    return theta.clone();
  }

  /** The dimension d of x and y. */
  public int dimension() {
    return architecture.outputs();
  }

  /** The shape of the plain network that this is at any fixed time: d inputs, no steps. */
  public Architecture plainArchitecture() {
    List<Integer> widths = new ArrayList<>(architecture.widths());
    widths.set(0, dimension());
    return new Architecture(widths, architecture.activation(), 0);
  }

  /**
   * How far the first biases of {@link #plainAt} are from those at t for all times within {@code
   * half} of t, at most: an extra input {@code scale t} moves by {@code |scale| half}, a sine or
   * cosine by {@code min(|f| half, 2)}.
   */
  public double[] biasSpread(double t, double half) {
    int rows = architecture.fanOut(0);
    double[] spread = new double[rows];
    int extra = time.extraInputs();
    double[] at = new double[extra];
    time.embed(t, at, 0);
    for (int e = 0; e < extra; e++) {
      double moved =
          switch (time) {
            case TimeConditioning.Concatenated c -> Math.abs(c.scale()) * half;
            case TimeConditioning.Sinusoidal s ->
                Math.min(2, Math.abs(s.frequencies()[e % s.frequencies().length]) * half);
            default -> 0;
          };
      // Rounded like the biases themselves.
      moved += 0x1p-48 * (moved + Math.abs(at[e]));
      for (int i = 0; i < rows; i++) {
        double w = theta[layout.weightOffset(0) + i + (dimension() + e) * rows];
        spread[i] += Math.abs(w) * moved;
      }
    }
    return spread;
  }

  /**
   * The parameters of the plain network at one time: gains multiplied into weights and biases, the
   * extra inputs into the first bias. Each element is rounded {@code 1 + extra inputs} times.
   *
   * @param t the time; with a gain per step the index of the step, a whole number
   */
  public double[] plainAt(double t) {
    int steps = architecture.steps();
    if (steps > 0 && !(t == Math.rint(t) && t >= 0 && t < steps)) {
      throw new IllegalArgumentException(
          "t must be the index of a step, a whole number in 0.." + (steps - 1) + ", got " + t);
    }
    Architecture shape = plainArchitecture();
    ParameterLayout plain = new ParameterLayout(shape);
    double[] out = new double[plain.size()];
    double[] extra = new double[time.extraInputs()];
    time.embed(t, extra, 0);
    int last = architecture.layers() - 1;
    int step = steps > 0 ? (int) t : 0;
    for (int l = 0; l <= last; l++) {
      int rows = architecture.fanOut(l);
      int columns = shape.fanIn(l);
      int w = layout.weightOffset(l);
      int b = layout.biasOffset(l);
      for (int i = 0; i < rows; i++) {
        double gain = steps > 0 && l < last ? theta[layout.gainOffset(l) + step * rows + i] : 1;
        for (int j = 0; j < columns; j++) {
          out[plain.weightOffset(l) + i + j * rows] = gain * theta[w + i + j * rows];
        }
        double bias = theta[b + i];
        for (int e = 0; l == 0 && e < extra.length; e++) {
          bias += theta[w + i + (columns + e) * rows] * extra[e];
        }
        out[plain.biasOffset(l) + i] = gain * bias;
      }
    }
    return out;
  }
}
