package org.scorebound.score;

import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.network.Architecture;
import org.scorebound.network.Mlp;
import org.scorebound.network.Workspace;
import org.scorebound.result.Labelled;

/**
 * The score of a network with a step index: {@code s(x,t) = c_k y(x; k)} for t in step k, {@code [k
 * T/n, (k+1) T/n)}, y the network's output. Piecewise constant in t.
 *
 * <p>In the noise parametrisation {@code c_k = -1/sigma_k} with {@code sigma_k^2 = Var(x_t | x_0)}
 * at the step's right end, so that y predicts the noise (Ho et al. 2020, arXiv 2006.11239); else
 * {@code c_k = 1}. Globally Lipschitz in x, as every layer is.
 */
public final class NetworkScore implements ScoreModel {

  /** What the network's output stands for. */
  public enum Output implements Labelled {
    /** The noise: {@code s = -y/sigma_k}. */
    NOISE,
    /** The score itself. */
    SCORE;

    @Override
    public String label() {
      return this == NOISE ? "noise" : "score";
    }
  }

  /** Points that go through the network together; its workspace then stays in the cache. */
  private static final int BATCH = 256;

  private final ForwardProcess process;
  private final Architecture architecture;
  private final Output output;
  private final double[] theta;

  /**
   * A score.
   *
   * @param process the forward process
   * @param architecture d inputs, d outputs, at least one step
   * @param output what the network's output stands for
   * @param theta its parameters, finite
   */
  public NetworkScore(
      ForwardProcess process, Architecture architecture, Output output, double[] theta) {
    int d = process.dimension();
    if (architecture.inputs() != d || architecture.outputs() != d) {
      throw new IllegalArgumentException(
          "network must have as many inputs and outputs as the data have dimensions, got "
              + architecture.widths()
              + " for "
              + d);
    }
    if (architecture.steps() < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + architecture.steps());
    }
    this.process = process;
    this.architecture = architecture;
    this.output = output;
    this.theta = theta.clone();
    new Mlp(architecture, Kernels.of(BackEnd.SCALAR)).requireFinite(theta);
    factor(0);
  }

  @Override
  public ForwardProcess process() {
    return process;
  }

  @Override
  public int dimension() {
    return process.dimension();
  }

  /** The network's shape. */
  public Architecture architecture() {
    return architecture;
  }

  /** A copy of the parameters. */
  public double[] theta() {
    return theta.clone();
  }

  /** The number n of steps. */
  public int steps() {
    return architecture.steps();
  }

  /** The left end of step k, {@code k T/n}; {@code edge(n) = T}. */
  public double edge(int k) {
    return edge(process, steps(), k);
  }

  private static double edge(ForwardProcess process, int n, int k) {
    return process.diffusion().horizon() * k / n;
  }

  /** The step that t lies in; T belongs to the last. */
  public int stepAt(double t) {
    int n = steps();
    int k = Math.clamp((int) Math.floor(t / edge(n) * n), 0, n - 1);
    // The quotient may be rounded across an edge.
    if (k + 1 < n && t >= edge(k + 1)) {
      k++;
    } else if (k > 0 && t < edge(k)) {
      k--;
    }
    return k;
  }

  /** {@code c_k}, the factor from the network's output to the score. */
  public double factor(int k) {
    return factor(process, output, steps(), k);
  }

  static double factor(ForwardProcess process, Output output, int steps, int k) {
    return output == Output.SCORE ? 1 : -1 / noise(process, steps, k);
  }

  /** {@code sigma_k}, standard deviation of the noise at the right end of step k of n. */
  static double noise(ForwardProcess process, int n, int k) {
    double[][] q =
        process.diffusion().noiseCovariance(edge(process, n, k + 1), process.dimension());
    if (!Matrices.isScaledIdentity(q)) {
      throw new IllegalArgumentException(
          "the noise parametrisation needs the same noise in all directions; use output 'score'");
    }
    return Math.sqrt(q[0][0]);
  }

  @Override
  public ScoreField at(double t, Kernels kernels) {
    return atStep(stepAt(t), kernels);
  }

  /** The field of step k. */
  public ScoreField atStep(int k, Kernels kernels) {
    Mlp mlp = new Mlp(architecture, kernels);
    double factor = factor(k);
    int d = dimension();
    return new ScoreField() {
      private Workspace ws = new Workspace(architecture, 1);

      private Workspace workspace(int n) {
        if (ws.capacity() < n) {
          ws = new Workspace(architecture, n);
        }
        return ws;
      }

      @Override
      public void scores(double[] x, int n, double[] out) {
        Workspace w = workspace(Math.min(n, BATCH));
        double[] part = new double[d * Math.min(n, BATCH)];
        for (int from = 0; from < n; from += BATCH) {
          int count = Math.min(BATCH, n - from);
          System.arraycopy(x, d * from, part, 0, d * count);
          mlp.evaluate(theta, part, count, w.sameStep(k), w);
          double[] y = w.output();
          for (int i = 0; i < d * count; i++) {
            out[d * from + i] = factor * y[i];
          }
        }
      }

      @Override
      public double[][] jacobian(double[] x) {
        Workspace w = workspace(1);
        mlp.forward(theta, x, 1, w.sameStep(k), w);
        double[] flat = new double[d * d];
        mlp.jacobian(theta, w, flat);
        double[][] jacobian = new double[d][d];
        for (int i = 0; i < flat.length; i++) {
          jacobian[i % d][i / d] = factor * flat[i];
        }
        return jacobian;
      }
    };
  }

  /**
   * A Lipschitz constant of {@code s(., t)} in step k, from above: {@code |c_k|} times the product
   * of the certified spectral norms of the layers with their gains and of the activation's largest
   * slope. Usually loose.
   */
  public double lipschitzUpper(int k) {
    Mlp mlp = new Mlp(architecture, Kernels.of(BackEnd.SCALAR));
    // The factor is rounded a few times: 2^-48 covers it.
    return Math.nextUp(
        mlp.lipschitzUpper(theta, k) * Math.nextUp(Math.abs(factor(k))) * (1 + 0x1p-48));
  }

  @Override
  public double[] breakpoints() {
    double[] b = new double[steps() - 1];
    for (int k = 1; k < steps(); k++) {
      b[k - 1] = edge(k);
    }
    return b;
  }
}
