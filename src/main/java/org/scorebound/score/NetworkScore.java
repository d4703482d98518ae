package org.scorebound.score;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.linalg.Kernels;
import org.scorebound.linalg.Matrices;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.LayerNorms;
import org.scorebound.network.TimeConditioning;
import org.scorebound.network.TimedMlp;
import org.scorebound.result.Labelled;

/**
 * The score of a network: {@code s(x,t) = a x + c y(x, t)} with y the network's output and factors
 * a, c that follow from its meaning, with {@code alpha, sigma} of {@code x_t = alpha x_0 + sigma
 * eps}:
 *
 * <pre>
 *   score   a = 0                          c = 1
 *   noise   a = 0                          c = -1/sigma
 *   x0      a = -1/sigma^2                 c = alpha/sigma^2
 *   v       a = -1/(alpha^2 + sigma^2)     c = -alpha/(sigma (alpha^2 + sigma^2))
 * </pre>
 *
 * since {@code s = -eps/sigma} (Ho et al. 2020, arXiv 2006.11239), {@code eps = (x - alpha
 * x0)/sigma}, and {@code v = alpha eps - sigma x_0} (Salimans and Ho 2022, arXiv 2202.00512) gives
 * {@code eps = (alpha v + sigma x)/(alpha^2 + sigma^2)}.
 *
 * <p>A network with a gain for each of n steps is constant in t on step k, {@code [k T/n, (k+1)
 * T/n)}, with sigma at the step's right end unless its file gives one per step. Any other sees the
 * time itself; below {@link #earliest} it is held, as samplers do, because sigma vanishes at 0.
 * Globally Lipschitz in x, as every layer is.
 */
public final class NetworkScore implements ScoreModel {

  /** What the network's output stands for. */
  public enum Output implements Labelled {
    /** The noise. */
    NOISE,
    /** The score itself. */
    SCORE,
    /** The data point x_0. */
    X0,
    /** {@code v = alpha eps - sigma x_0}. */
    V;

    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The factor a of x. */
    double linear(double alpha, double sigma) {
      return switch (this) {
        case NOISE, SCORE -> 0;
        case X0 -> -1 / (sigma * sigma);
        case V -> -1 / (alpha * alpha + sigma * sigma);
      };
    }

    /** The factor c of the network's output. */
    double factor(double alpha, double sigma) {
      return switch (this) {
        case NOISE -> -1 / sigma;
        case SCORE -> 1;
        case X0 -> alpha / (sigma * sigma);
        case V -> -alpha / (sigma * (alpha * alpha + sigma * sigma));
      };
    }
  }

  private static final int TIME_PARTS = 32;

  /** {@link #earliest} as a share of the horizon. */
  private static final double EARLIEST_SHARE = 1e-3;

  private final ForwardProcess process;
  private final TimedMlp network;
  private final Output output;
  private final @Nullable OutputScale scale;
  private final double[] theta;
  private final Optional<String> shipped;

  /**
   * A score with a gain per step and scales from the process.
   *
   * @param process the forward process
   * @param architecture d inputs, d outputs, at least one step
   * @param output what the network's output stands for
   * @param theta its parameters, finite
   */
  public NetworkScore(
      ForwardProcess process, Architecture architecture, Output output, double[] theta) {
    this(process, stepped(process, architecture, theta), output, null, Optional.empty());
  }

  /**
   * A score.
   *
   * @param process the forward process
   * @param network from R^d to R^d
   * @param output what the network's output stands for
   * @param scale alpha and sigma at the network's own times; null for those of the process
   */
  public NetworkScore(
      ForwardProcess process, TimedMlp network, Output output, @Nullable OutputScale scale) {
    this(process, network, output, scale, Optional.empty());
  }

  private NetworkScore(
      ForwardProcess process,
      TimedMlp network,
      Output output,
      @Nullable OutputScale scale,
      Optional<String> shipped) {
    this.shipped = shipped;
    checkDimension(process, network.dimension(), network.architecture());
    this.process = process;
    this.network = network;
    this.output = output;
    this.scale = scale;
    this.theta = network.theta();
    frozen(process.diffusion().horizon());
  }

  private static void checkDimension(ForwardProcess process, int d, Architecture architecture) {
    if (d != process.dimension()) {
      throw new IllegalArgumentException(
          "network must have as many inputs and outputs as the data have dimensions, got "
              + architecture.widths()
              + " for "
              + process.dimension());
    }
  }

  private static TimedMlp stepped(
      ForwardProcess process, Architecture architecture, double[] theta) {
    checkDimension(process, architecture.inputs(), architecture);
    if (architecture.steps() < 1) {
      throw new IllegalArgumentException("steps must be >= 1, got " + architecture.steps());
    }
    return new TimedMlp(
        architecture, new TimeConditioning.PerStepGain(architecture.steps()), theta);
  }

  @Override
  public ForwardProcess process() {
    return process;
  }

  @Override
  public int dimension() {
    return process.dimension();
  }

  /** The network. */
  public TimedMlp network() {
    return network;
  }

  /** The same with scales from another process, known under the name of a shipped network. */
  public static NetworkScore shipped(String name, NetworkFile file, ForwardProcess process) {
    return new NetworkScore(process, file.network(), file.output(), null, Optional.of(name));
  }

  /** The name of the shipped network that this is. */
  public Optional<String> shipped() {
    return shipped;
  }

  /** The network's shape. */
  public Architecture architecture() {
    return network.architecture();
  }

  /** What its output stands for. */
  public Output output() {
    return output;
  }

  /** Whether it is constant in t on each of {@link #steps()} steps. */
  public boolean isStepped() {
    return steps() > 0;
  }

  /** Below this time a network without steps is held. */
  public double earliest() {
    return EARLIEST_SHARE * process.diffusion().horizon();
  }

  /**
   * The score frozen at time t.
   *
   * @param t in [0, T]
   */
  public FrozenNetwork frozen(double t) {
    return isStepped() ? frozenStep(stepAt(t)) : frozenAt(Math.max(t, earliest()));
  }

  /** The score in step k. */
  public FrozenNetwork frozenStep(int k) {
    return frozenAt(k);
  }

  private FrozenNetwork frozenAt(double own) {
    double[] s = scales(own);
    return new FrozenNetwork(
        network.plainArchitecture(),
        network.plainAt(own),
        output.linear(s[0], s[1]),
        output.factor(s[0], s[1]));
  }

  /** A copy of the parameters. */
  public double[] theta() {
    return theta.clone();
  }

  /** The number n of steps; 0 for a network that sees the time itself. */
  public int steps() {
    return network.architecture().steps();
  }

  /**
   * Into how many equal parts of {@code [earliest, T]} a network without steps is cut, on each of
   * which constants of it are bounded at once; 1 if it does not see the time.
   */
  public int timeParts() {
    return network.time() instanceof TimeConditioning.None ? 1 : TIME_PARTS;
  }

  /** The left end of part k. */
  public double timeEdge(int k) {
    double from = earliest();
    return from + (process.diffusion().horizon() - from) * k / timeParts();
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
    return frozenStep(k).factor();
  }

  /** alpha and sigma at the network's time {@code own}: the step's index, else t. */
  double[] scales(double own) {
    if (output == Output.SCORE) {
      return new double[] {1, 1};
    }
    if (scale != null) {
      return new double[] {scale.alpha(own), scale.sigma(own)};
    }
    OutputScale ofProcess = OutputScale.of(process.diffusion(), process.dimension());
    double at = isStepped() ? edge((int) own + 1) : own;
    double alpha = output == Output.NOISE ? 1 : ofProcess.alpha(at);
    return new double[] {alpha, ofProcess.sigma(at)};
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
    return new NetworkField(frozen(t), kernels);
  }

  /** The field of step k. */
  public ScoreField atStep(int k, Kernels kernels) {
    return new NetworkField(frozenStep(k), kernels);
  }

  /**
   * A Lipschitz constant of a score frozen at some time, from above: {@code |a| + |c|} times the
   * product of the certified spectral norms of the layers with their gains and of the activation's
   * largest slope. Usually loose.
   */
  public static double lipschitzUpper(FrozenNetwork f) {
    // The factors are rounded a few times, and the weights were once: 2^-44 covers it.
    double product =
        LayerNorms.product(f.architecture(), f.theta(), 0) * Math.nextUp(Math.abs(f.factor()));
    return Math.nextUp((product + Math.abs(f.linear())) * (1 + 0x1p-44));
  }

  @Override
  public double[] breakpoints() {
    if (!isStepped()) {
      double[] edges = new double[timeParts()];
      for (int k = 0; k < edges.length; k++) {
        edges[k] = timeEdge(k);
      }
      return edges;
    }
    double[] b = new double[steps() - 1];
    for (int k = 1; k < steps(); k++) {
      b[k - 1] = edge(k);
    }
    return b;
  }
}
