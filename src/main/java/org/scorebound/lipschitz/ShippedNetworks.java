package org.scorebound.lipschitz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Safetensors;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.network.FrozenNetwork;
import org.scorebound.result.Progress;
import org.scorebound.score.NetworkFile;
import org.scorebound.score.NetworkScore;

/**
 * The pre-trained networks that come with the program, each with a certificate: for every step k a
 * bracket of {@code sup_x lambda_max(sym -J_y(x; k))}, y the predicted noise, over all of R^d.
 * {@code L_s} of the score {@code -y/sigma} is that over sigma, so a certificate serves any
 * diffusion.
 *
 * <p>Before the first use in a process three steps of a network, the first, the middle and the
 * last, are certified anew by {@link NetworkBranchAndBound}: the new upper bound must not exceed
 * the stored one, and the stored point must attain the stored lower one. Otherwise nothing is used.
 * Networks and certificates are made by {@code lipschitz --train NAME}.
 */
public final class ShippedNetworks {

  /** Gap to which certificates are made. */
  public static final double GAP = 5e-3;

  /** Added to a certified bound where it is stored: covers the search's path on other machines. */
  private static final double SLACK = 5e-4;

  private static final long CELLS = 6_000;

  /** Relative: {@code 1/sigma} and the product are each rounded once. */
  private static final double SCALING = 0x1p-50;

  private static final List<String> NAMES =
      List.of("gauss-1d", "two-clusters-1d", "gauss-2d", "four-clusters-2d");

  private static final Map<String, Shipped> READ = new ConcurrentHashMap<>();

  /** Of {@code -y}, by name and step. */
  private static final Map<String, ScoreSpectrum> SPECTRA = new ConcurrentHashMap<>();

  private ShippedNetworks() {}

  /** A network with the brackets of its steps. */
  private record Shipped(NetworkFile file, List<OneSidedConstant> brackets) {}

  /** The names of all. */
  public static List<String> names() {
    return NAMES;
  }

  /** A network by its name. */
  public static NetworkFile file(String name) {
    return shipped(name).file();
  }

  /** {@code L_s} of a shipped network as a score, in step k. */
  static OneSidedConstant bracket(String name, NetworkScore score, int k) {
    OneSidedConstant stored = shipped(name).brackets().get(k);
    double scale = -score.factor(k);
    if (!(scale > 0) || score.frozenStep(k).linear() != 0) {
      throw new IllegalArgumentException("a shipped network predicts the noise, got " + name);
    }
    double low = stored.sampled() * scale;
    double high = stored.certified() * scale;
    return new OneSidedConstant(
        low - SCALING * Math.abs(low), high + SCALING * Math.abs(high), stored.method());
  }

  /** Where the Jacobian lies in step k. */
  static ScoreSpectrum spectrum(String name, NetworkScore score, int k) {
    double scale = -score.factor(k);
    Shipped shipped = shipped(name);
    return SPECTRA
        .computeIfAbsent(
            name + " " + k,
            key ->
                NetworkSpectrum.of(
                    frozen(shipped.file(), k),
                    shipped.brackets().get(k).certified(),
                    Kernels.of(BackEnd.VECTOR)))
        .times(scale);
  }

  private static Shipped shipped(String name) {
    return READ.computeIfAbsent(name, ShippedNetworks::readAndVerify);
  }

  private static Shipped readAndVerify(String name) {
    NetworkFile file =
        NetworkFile.parse(
            JsonInput.parse(text(name + ".json"), name + ".json"),
            Safetensors.parse(bytes(name + ".safetensors"), name + ".safetensors"));
    JsonInput certificate =
        JsonInput.parse(text(name + ".certificate.json"), name + ".certificate.json");
    List<OneSidedConstant> brackets = new ArrayList<>();
    List<double[]> points = new ArrayList<>();
    for (JsonInput step : certificate.array("steps")) {
      brackets.add(
          new OneSidedConstant(
              step.number("sampled"),
              step.number("certified"),
              "stored certificate, verified anew at three steps: branch and bound over all of R^d"));
      points.add(step.vector("point"));
    }
    int n = brackets.size();
    for (int k : new int[] {0, n / 2, n - 1}) {
      verify(name, k, frozen(file, k), brackets.get(k), points.get(k));
    }
    return new Shipped(file, brackets);
  }

  /** {@code -y} in step k. */
  private static FrozenNetwork frozen(NetworkFile file, int k) {
    return new FrozenNetwork(file.network().plainArchitecture(), file.network().plainAt(k), 0, -1);
  }

  private static void verify(
      String name, int k, FrozenNetwork network, OneSidedConstant stored, double[] point) {
    // Any bound within half of the stored bracket of what is attained is below its upper end.
    double gap =
        0.5 * (stored.certified() - stored.sampled()) / Math.max(1e-9, Math.abs(stored.sampled()));
    NetworkCertificate again =
        NetworkBranchAndBound.of(
            network,
            new NetworkBranchAndBound.Options(Math.min(GAP, gap), CELLS, OptionalDouble.empty()),
            Kernels.of(BackEnd.VECTOR),
            Progress.NONE);
    double attained =
        new JacobianPoints(new FrozenLayers(network, Kernels.of(BackEnd.VECTOR))).at(point);
    if (!(again.certified() <= stored.certified()) || !(attained >= stored.sampled())) {
      throw new IllegalStateException(
          "the stored certificate of "
              + name
              + " does not hold at step "
              + k
              + ": stored ["
              + stored.sampled()
              + ", "
              + stored.certified()
              + "], verified ["
              + attained
              + ", "
              + again.certified()
              + "]");
    }
  }

  /** Writes network and certificate: {@code description}, and beside it weights and certificate. */
  public static void write(Path description, NetworkScore score) {
    NetworkFile.write(description, score);
    NetworkFile file = NetworkFile.read(description);
    List<Map<String, Object>> steps = new ArrayList<>();
    for (int k = 0; k < score.steps(); k++) {
      NetworkCertificate c =
          NetworkBranchAndBound.of(
              frozen(file, k),
              new NetworkBranchAndBound.Options(GAP, CELLS, OptionalDouble.empty()),
              Kernels.of(BackEnd.VECTOR),
              Progress.NONE);
      Map<String, Object> step = new LinkedHashMap<>();
      // A point's own value differs in the last digits between machines.
      step.put("sampled", c.sampled() - 1e-9 * Math.abs(c.sampled()) - 1e-12);
      step.put("certified", c.certified() + SLACK * Math.abs(c.certified()));
      step.put("point", c.point());
      step.put("cells", c.cells());
      step.put("gapReached", c.reached());
      steps.add(step);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gap", GAP);
    json.put("steps", steps);
    String name = String.valueOf(description.getFileName()).replaceFirst("\\.json$", "");
    JsonOutput.write(description.resolveSibling(name + ".certificate.json"), json);
  }

  private static String text(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String resource) {
    try (InputStream in =
        ShippedNetworks.class.getResourceAsStream("/org/scorebound/networks/" + resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no shipped network has the file " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
