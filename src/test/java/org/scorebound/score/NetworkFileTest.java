package org.scorebound.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.io.InputException;
import org.scorebound.io.Safetensors;
import org.scorebound.linalg.Activation;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.Architecture;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.network.Mlp;
import org.scorebound.random.RandomStream;

class NetworkFileTest {

  private static final Kernels SCALAR = Kernels.of(BackEnd.SCALAR);

  private static final String LAYERS =
      """
      "layers": [{"weight": "a.weight", "bias": "a.bias"}, {"weight": "b.weight", "bias": "b.bias"}]
      """;

  @TempDir private Path folder;

  private final RandomStream random = RandomStream.root(7);

  private Safetensors.Tensor random(String name, Integer... shape) {
    int n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] data = new double[n];
    random.child(name).fillGaussian(data, 0, n);
    return new Safetensors.Tensor(name, List.of(shape), data);
  }

  private Path description(String json) throws IOException {
    return Files.writeString(folder.resolve("net.json"), json);
  }

  private static ForwardProcess process() {
    return new ForwardProcess(
        DataLaws.clusters(2, 4, 0.1), new VariancePreserving(new LinearSchedule(0.1, 8, 2), 2));
  }

  /** The issue's description, word by word. */
  private static final String PER_STEP_GAIN =
      """
      {"type": "mlp", "weights": "net.safetensors", "activation": "softplus",
       "time": {"type": "per-step-gain", "steps": 10},
       "layers": [{"weight": "lin1.lin.weight", "bias": "lin1.lin.bias", "gain": "lin1.embed.weight"},
                  {"weight": "lin2.lin.weight", "bias": "lin2.lin.bias", "gain": "lin2.embed.weight"},
                  {"weight": "lin3.lin.weight", "bias": "lin3.lin.bias", "gain": "lin3.embed.weight"},
                  {"weight": "lin4.weight", "bias": "lin4.bias"}],
       "output": {"type": "noise", "sigma": [0.01, 0.02, 0.03, 0.05, 0.08, 0.11, 0.14, 0.17, 0.2, 0.22]}}
      """;

  private List<Safetensors.Tensor> perStepGain() {
    List<Safetensors.Tensor> tensors = new ArrayList<>();
    int in = 2;
    for (int l = 1; l <= 3; l++) {
      tensors.add(random("lin" + l + ".lin.weight", 64, in));
      tensors.add(random("lin" + l + ".lin.bias", 64));
      tensors.add(random("lin" + l + ".embed.weight", 10, 64));
      in = 64;
    }
    tensors.add(random("lin4.weight", 2, 64));
    tensors.add(random("lin4.bias", 2));
    return tensors;
  }

  private static double[] affine(Safetensors.Tensor w, double[] h, Safetensors.Tensor b) {
    double[] z = b.data().clone();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < h.length; j++) {
        z[i] += w.data()[i * h.length + j] * h[j];
      }
    }
    return z;
  }

  @Test
  void theIssuesDescriptionIsTheNetworkItDescribes() throws IOException {
    List<Safetensors.Tensor> tensors = perStepGain();
    Safetensors.write(folder.resolve("net.safetensors"), tensors);
    NetworkFile file = NetworkFile.read(description(PER_STEP_GAIN));
    NetworkScore score = file.score(process());
    assertThat(score.steps()).isEqualTo(10);
    double[] x = {0.3, -1.2};
    int k = 6;
    double[] h = x;
    for (int l = 0; l < 3; l++) {
      double[] z = affine(tensors.get(3 * l), h, tensors.get(3 * l + 1));
      h = new double[64];
      for (int i = 0; i < 64; i++) {
        // gain is steps x width
        h[i] = Activation.SOFTPLUS.value(tensors.get(3 * l + 2).data()[64 * k + i] * z[i]);
      }
    }
    double[] eps = affine(tensors.get(9), h, tensors.get(10));
    double[] s = new double[2];
    // Step 6 of 10 on [0, 2].
    score.at(1.3, SCALAR).scores(x, 1, s);
    assertThat(s[0]).isCloseTo(-eps[0] / 0.14, within(1e-10 * Math.abs(s[0])));
    assertThat(s[1]).isCloseTo(-eps[1] / 0.14, within(1e-10 * Math.abs(s[1])));
    assertFrozen(file.frozen(k, OutputScale.none()), x, s);
    assertFrozen(score.frozen(1.3), x, s);
  }

  private static void assertFrozen(FrozenNetwork f, double[] x, double[] s) {
    double[] t = new double[2];
    new NetworkField(f, SCALAR).scores(x, 1, t);
    for (int i = 0; i < 2; i++) {
      assertThat(t[i]).isCloseTo(s[i], within(1e-10 * (1 + Math.abs(s[i]))));
    }
  }

  @Test
  void timeIsConcatenatedOrEmbeddedInTheFirstLayer() throws IOException {
    for (boolean sinusoidal : new boolean[] {false, true}) {
      List<Safetensors.Tensor> t =
          List.of(
              random("a.weight", 5, sinusoidal ? 6 : 3),
              random("a.bias", 5),
              random("b.weight", 2, 5),
              random("b.bias", 2));
      Safetensors.write(folder.resolve("w.safetensors"), t);
      String time =
          sinusoidal
              ? "{\"type\": \"sinusoidal\", \"features\": 4, \"maxPeriod\": 100, \"scale\": 3}"
              : "{\"type\": \"concatenated\", \"scale\": 3}";
      NetworkScore score =
          NetworkFile.read(
                  description(
                      "{\"type\": \"mlp\", \"weights\": \"w.safetensors\", \"activation\": \"silu\","
                          + " \"time\": "
                          + time
                          + ", "
                          + LAYERS
                          + ", \"output\": {\"type\": \"score\"}}"))
              .score(process());
      double[] x = {0.3, -1.2};
      double at = 0.7;
      double[] input =
          sinusoidal
              ? new double[] {
                x[0],
                x[1],
                Math.sin(3 * at),
                Math.sin(0.3 * at),
                Math.cos(3 * at),
                Math.cos(0.3 * at)
              }
              : new double[] {x[0], x[1], 3 * at};
      double[] h = affine(t.get(0), input, t.get(1));
      for (int i = 0; i < 5; i++) {
        h[i] = Activation.SILU.value(h[i]);
      }
      double[] y = affine(t.get(2), h, t.get(3));
      double[] s = new double[2];
      score.at(at, SCALAR).scores(x, 1, s);
      assertThat(s[0]).isCloseTo(y[0], within(1e-13));
      assertThat(s[1]).isCloseTo(y[1], within(1e-13));
      double[][] jacobian = score.at(at, SCALAR).jacobian(x);
      double step = 1e-5;
      double[] moved = new double[2];
      score.at(at, SCALAR).scores(new double[] {x[0] + step, x[1]}, 1, moved);
      assertThat((moved[1] - s[1]) / step).isCloseTo(jacobian[1][0], within(1e-4));
    }
  }

  @Test
  void outputsOfTheFourMeaningsAgreeOnOneScore() {
    double alpha = 0.8;
    double sigma = 0.5;
    double x0 = 1.7;
    double eps = -0.6;
    double x = alpha * x0 + sigma * eps;
    double v = alpha * eps - sigma * x0;
    double s = -eps / sigma;
    for (NetworkScore.Output o : NetworkScore.Output.values()) {
      double output =
          switch (o) {
            case NOISE -> eps;
            case SCORE -> s;
            case X0 -> x0;
            case V -> v;
          };
      assertThat(o.linear(alpha, sigma) * x + o.factor(alpha, sigma) * output)
          .as(o.label())
          .isCloseTo(s, within(1e-14));
    }
  }

  @Test
  void whatIsWrittenIsTheSameScore() {
    Architecture a = new Architecture(List.of(2, 8, 2), Activation.TANH, 3);
    double[] theta = new Mlp(a, SCALAR).initialise(random);
    for (NetworkScore.Output o : NetworkScore.Output.values()) {
      NetworkScore score =
          new NetworkScore(
              process(),
              new org.scorebound.network.TimedMlp(
                  a, new org.scorebound.network.TimeConditioning.PerStepGain(3), theta),
              o,
              null);
      Path target = folder.resolve("out.json");
      NetworkFile.write(target, score);
      NetworkScore read = NetworkFile.read(target).score(process());
      assertThat(read.theta()).isEqualTo(theta);
      assertThat(read.frozenStep(1).factor()).isEqualTo(score.frozenStep(1).factor());
      assertThat(read.frozenStep(1).linear()).isEqualTo(score.frozenStep(1).linear());
    }
  }

  private void fails(List<Safetensors.Tensor> tensors, String json, String... parts)
      throws IOException {
    Safetensors.write(folder.resolve("net.safetensors"), tensors);
    Path target = description(json);
    assertThatThrownBy(() -> NetworkFile.read(target).score(process()))
        .isInstanceOf(InputException.class)
        .message()
        .contains(parts)
        .doesNotContain("\n");
  }

  @Test
  void defectsNameTheTensorOrTheField() throws IOException {
    List<Safetensors.Tensor> all = perStepGain();
    List<Safetensors.Tensor> missing = new ArrayList<>(all);
    missing.remove(4);
    fails(missing, PER_STEP_GAIN, "has no tensor 'lin2.lin.bias'");
    List<Safetensors.Tensor> extra = new ArrayList<>(all);
    extra.add(random("lin5.weight", 2, 2));
    fails(extra, PER_STEP_GAIN, "tensor 'lin5.weight': is named by no layer of", "net.json");
    List<Safetensors.Tensor> turned = new ArrayList<>(all);
    turned.set(2, random("lin1.embed.weight", 64, 10));
    fails(
        turned,
        PER_STEP_GAIN,
        "tensor 'lin1.embed.weight': must be 10 x 64 (steps x width), got 64 x 10");
    List<Safetensors.Tensor> wide = new ArrayList<>(all);
    wide.set(3, random("lin2.lin.weight", 64, 63));
    fails(wide, PER_STEP_GAIN, "tensor 'lin2.lin.weight': must be 64 x 64", "got 64 x 63");
    List<Safetensors.Tensor> three = new ArrayList<>(all);
    three.set(0, random("lin1.lin.weight", 64, 3));
    fails(three, PER_STEP_GAIN, "tensor 'lin1.lin.weight': must be 64 x 2", "got 64 x 3");
    fails(
        all,
        PER_STEP_GAIN.replace("0.2, 0.22", "0.2"),
        "net.json:7: output.sigma must have one number for each of 10 steps, got 9");
    fails(all, PER_STEP_GAIN.replace("softplus", "sofplus"), "unknown activation", "softplus");
    fails(all, PER_STEP_GAIN.replace("\"bias\": \"lin4", "\"gain\": \"lin4"), "last layer");
    fails(all, PER_STEP_GAIN.replace("net.safetensors", "no.safetensors"), "no such file");
  }
}
