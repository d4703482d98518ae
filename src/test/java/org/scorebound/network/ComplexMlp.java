package org.scorebound.network;

import org.apache.commons.math3.complex.Complex;
import org.scorebound.linalg.Activation;

/** The network in complex arithmetic, unit by unit, for derivatives without differences. */
final class ComplexMlp {

  private ComplexMlp() {}

  /** Output of one sample at one step. */
  static Complex[] value(Mlp mlp, Complex[] theta, Complex[] x, int k) {
    Architecture a = mlp.architecture();
    Complex[] h = x;
    for (int l = 0; l < a.layers(); l++) {
      int out = a.fanOut(l);
      Complex[] next = new Complex[out];
      for (int i = 0; i < out; i++) {
        Complex z = theta[mlp.biasOffset(l) + i];
        for (int j = 0; j < a.fanIn(l); j++) {
          z = z.add(theta[mlp.weightOffset(l) + i + j * out].multiply(h[j]));
        }
        if (l < a.layers() - 1) {
          if (a.steps() > 0) {
            z = z.multiply(theta[mlp.gainOffset(l) + i + k * out]);
          }
          z = activate(a.activation(), z);
        }
        next[i] = z;
      }
      h = next;
    }
    return h;
  }

  private static Complex activate(Activation f, Complex z) {
    return switch (f) {
      case SOFTPLUS -> z.exp().add(1).log();
      case TANH -> z.tanh();
      case SILU -> z.divide(z.negate().exp().add(1));
      case RELU -> z.getReal() > 0 ? z : Complex.ZERO;
    };
  }

  static Complex[] complex(double[] x) {
    Complex[] c = new Complex[x.length];
    for (int i = 0; i < x.length; i++) {
      c[i] = new Complex(x[i]);
    }
    return c;
  }
}
