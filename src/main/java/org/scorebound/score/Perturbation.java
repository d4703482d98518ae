package org.scorebound.score;

import org.scorebound.distribution.GaussianMixture;
import org.scorebound.linalg.Matrices;

/** A bounded smooth field added to the exact score. Adding a kind is one record here. */
public sealed interface Perturbation {

  /** The dimension d. */
  int dimension();

  /** Adds the field at {@code x[offset..)} times {@code factor} to {@code out[offset..)}. */
  void addTo(double[] x, int offset, double factor, double[] out);

  /** Adds {@code factor} times the Jacobian at x to {@code out}. */
  void addJacobian(double[] x, double factor, double[][] out);

  /** {@code E |field(x)|^2} for x from a mixture; exact, in closed form. */
  double secondMoment(GaussianMixture law);

  /**
   * A constant vector u.
   *
   * @param vector u, length d
   */
  record Constant(double[] vector) implements Perturbation {

    /** Copies the vector. */
    public Constant {
      vector = vector.clone();
    }

    @Override
    public int dimension() {
      return vector.length;
    }

    @Override
    public void addTo(double[] x, int offset, double factor, double[] out) {
      for (int i = 0; i < vector.length; i++) {
        out[offset + i] += factor * vector[i];
      }
    }

    @Override
    public void addJacobian(double[] x, double factor, double[][] out) {
      // constant: nothing to add
    }

    @Override
    public double secondMoment(GaussianMixture law) {
      return Matrices.dot(vector, vector);
    }
  }

  /**
   * {@code field_i(x) = amplitude_i sin((F x)_i + phase_i)}.
   *
   * @param amplitude length d
   * @param frequency F, d x d
   * @param phase length d
   */
  record Sine(double[] amplitude, double[][] frequency, double[] phase) implements Perturbation {

    /** Checks and copies. */
    public Sine {
      int d = amplitude.length;
      if (phase.length != d || frequency.length != d) {
        throw new IllegalArgumentException(
            "amplitude, frequency and phase must have as many rows, got "
                + d
                + ", "
                + frequency.length
                + ", "
                + phase.length);
      }
      for (double[] row : frequency) {
        if (row.length != d) {
          throw new IllegalArgumentException(
              "frequency must be " + d + " x " + d + ", got a row of " + row.length);
        }
      }
      amplitude = amplitude.clone();
      frequency = Matrices.copy(frequency);
      phase = phase.clone();
    }

    @Override
    public int dimension() {
      return amplitude.length;
    }

    private double angle(int i, double[] x, int offset) {
      double a = phase[i];
      for (int j = 0; j < amplitude.length; j++) {
        a += frequency[i][j] * x[offset + j];
      }
      return a;
    }

    @Override
    public void addTo(double[] x, int offset, double factor, double[] out) {
      for (int i = 0; i < amplitude.length; i++) {
        out[offset + i] += factor * amplitude[i] * Math.sin(angle(i, x, offset));
      }
    }

    @Override
    public void addJacobian(double[] x, double factor, double[][] out) {
      for (int i = 0; i < amplitude.length; i++) {
        double slope = factor * amplitude[i] * Math.cos(angle(i, x, 0));
        for (int j = 0; j < amplitude.length; j++) {
          out[i][j] += slope * frequency[i][j];
        }
      }
    }

    /**
     * From {@code sin^2 a = (1 - cos 2a)/2} and {@code E cos(v.x + c) = exp(-v^T C v/2) cos(v.m +
     * c)} for x from N(m, C).
     */
    @Override
    public double secondMoment(GaussianMixture law) {
      double sum = 0;
      for (int i = 0; i < amplitude.length; i++) {
        double[] f = frequency[i];
        double mean = 0;
        double spread = 0;
        for (int c = 0; c < law.size(); c++) {
          if (c == 0 || !law.hasCommonCovariance()) {
            spread = Matrices.dot(f, Matrices.multiply(law.componentCovariance(c), f));
          }
          double angle = Matrices.dot(f, law.componentMean(c)) + phase[i];
          mean += law.weight(c) * oneMinusDampedCosine(2 * spread, 2 * angle);
        }
        sum += amplitude[i] * amplitude[i] * 0.5 * mean;
      }
      return sum;
    }

    /** {@code 1 - e^{-s} cos a}, without cancellation for small s and a. */
    private static double oneMinusDampedCosine(double s, double a) {
      double half = Math.sin(0.5 * a);
      return -Math.expm1(-s) + Math.exp(-s) * 2 * half * half;
    }
  }
}
