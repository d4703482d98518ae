package org.scorebound.network;

import java.util.Arrays;

/** How a multilayer perceptron takes the time. At a fixed time each form is a plain network. */
public sealed interface TimeConditioning {

  /** Number of inputs that the first layer has beside x. */
  int extraInputs();

  /** Writes the extra inputs at time t to {@code out[at ..]}. */
  void embed(double t, double[] out, int at);

  /** The time does not enter. */
  record None() implements TimeConditioning {
    @Override
    public int extraInputs() {
      return 0;
    }

    @Override
    public void embed(double t, double[] out, int at) {}
  }

  /**
   * The first layer sees {@code (x, scale t)}.
   *
   * @param scale factor on t
   */
  record Concatenated(double scale) implements TimeConditioning {
    @Override
    public int extraInputs() {
      return 1;
    }

    @Override
    public void embed(double t, double[] out, int at) {
      out[at] = scale * t;
    }
  }

  /**
   * The first layer sees {@code (x, sin(f_1 t), .., sin(f_n t), cos(f_1 t), .., cos(f_n t))}.
   *
   * @param frequencies f, in radians per unit of t
   */
  record Sinusoidal(double[] frequencies) implements TimeConditioning {
    /** Copies. */
    public Sinusoidal {
      frequencies = frequencies.clone();
    }

    @Override
    public int extraInputs() {
      return 2 * frequencies.length;
    }

    @Override
    public void embed(double t, double[] out, int at) {
      int n = frequencies.length;
      for (int i = 0; i < n; i++) {
        out[at + i] = Math.sin(frequencies[i] * t);
        out[at + n + i] = Math.cos(frequencies[i] * t);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sinusoidal s && Arrays.equals(frequencies, s.frequencies);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(frequencies);
    }

    @Override
    public String toString() {
      return "Sinusoidal" + Arrays.toString(frequencies);
    }
  }

  /**
   * Every hidden unit has a gain for each of {@code steps} steps, {@code z = g_k * (W h + b)}; time
   * is the index k of the step.
   *
   * @param steps their number, at least 1
   */
  record PerStepGain(int steps) implements TimeConditioning {
    @Override
    public int extraInputs() {
      return 0;
    }

    @Override
    public void embed(double t, double[] out, int at) {}
  }
}
