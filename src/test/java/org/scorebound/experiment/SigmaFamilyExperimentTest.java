package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.diffusion.ForwardProcess;
import org.scorebound.diffusion.LinearSchedule;
import org.scorebound.diffusion.VariancePreserving;
import org.scorebound.distribution.DataLaws;
import org.scorebound.io.InputException;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.lipschitz.ShippedNetworks;
import org.scorebound.random.RandomStream;
import org.scorebound.result.Progress;
import org.scorebound.score.NetworkFile;
import org.scorebound.score.NetworkScore;
import org.scorebound.verify.Evaluation;

/** A network of the user's in place of a trained one. */
class SigmaFamilyExperimentTest {

  private static final String LINE = "1-cluster-1d";

  /** Numbers of a table have six digits; the equality case leaves no other slack. */
  private static final double ROUNDED = 1e-5;

  /** A shipped network under a name of its own, with the scales that it then has. */
  private static Path network(Path folder) {
    ForwardProcess process =
        new ForwardProcess(
            DataLaws.clusters(1, 1, 0.1),
            new VariancePreserving(new LinearSchedule(0.1, 17, 1), 1));
    NetworkScore score = ShippedNetworks.file("gauss-1d").score(process);
    Path file = folder.resolve("mine.json");
    NetworkFile.write(file, score);
    return file;
  }

  private static Findings findings(ExperimentName experiment, Request request, Path folder) {
    try (Checkpoint checkpoint =
        Checkpoint.open(
            folder.resolve("out.json"), experiment.plan(request), Checkpoint.Existing.REFUSE)) {
      return experiment.run(
          request, new TaskRunner(Kernels.of(BackEnd.VECTOR), 2, checkpoint, 60, Progress.NONE));
    }
  }

  private static List<List<Object>> firstTable(Findings findings) {
    return findings.tables().getFirst().rows().stream().map(r -> List.<Object>copyOf(r)).toList();
  }

  @Test
  void familyOfOneNetwork(@TempDir Path folder) {
    Request request = Request.of(1).with(network(folder), List.of(LINE));
    Map<String, Object> setting = ExperimentName.SIGMA_FAMILY.setting(request);
    assertThat(setting).extractingByKey("given").asString().contains("weightsHash", LINE);
    assertThat(setting).doesNotContainKeys("network", "sine");
    Findings findings = findings(ExperimentName.SIGMA_FAMILY, request, folder);
    List<List<Object>> rows = firstTable(findings);
    assertThat(rows).hasSize(16);
    for (List<Object> row : rows) {
      double upper = (Double) row.get(4);
      double lower = (Double) row.get(3);
      assertThat(lower).isLessThanOrEqualTo(upper);
      // The theorem: W2's lower end is below the bound's upper end.
      assertThat(Math.log(lower)).isLessThanOrEqualTo((Double) row.get(7) + ROUNDED);
    }
    assertThat(findings.outcome().toString())
        .contains("given network", "equality case")
        .doesNotContain("trained network");
    assertThat(rows.stream().filter(r -> r.getFirst().equals("given network")).map(r -> r.get(1)))
        .containsExactly(0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0);
  }

  /** At the horizon itself the bound is that of verify, from both sides. */
  @Test
  void horizonOfOneNetwork(@TempDir Path folder) {
    Request request = Request.of(1).with(network(folder), List.of(LINE));
    Findings findings = findings(ExperimentName.HORIZON, request, folder);
    List<List<Object>> rows = firstTable(findings);
    assertThat(rows).hasSize(20);
    for (List<Object> row : rows) {
      assertThat((Double) row.get(3)).isLessThanOrEqualTo((Double) row.get(4) + ROUNDED);
      assertThat((Double) row.get(5)).isLessThanOrEqualTo((Double) row.get(6) + ROUNDED);
      assertThat((Double) row.get(4)).isLessThanOrEqualTo((Double) row.get(6) + ROUNDED);
    }
    // p_t = N(m, v) tends to N(0, 1).
    assertThat((Double) rows.get(9).get(2)).isLessThan((Double) rows.get(0).get(2));
    GivenNetwork given =
        GivenNetwork.read(
            request.network().orElseThrow(),
            DataLaw.of(LINE, 1),
            Setting.standard(DataLaw.of(LINE, 1), 1).process().diffusion());
    var theorem =
        new Evaluation(given.at(1), 200, RandomStream.root(1))
            .run()
            .theorem()
            .right()
            .orElseThrow();
    assertThat((Double) rows.get(9).get(6)).isCloseTo(theorem.logUpper(), within(0.01));
    assertThat((Double) rows.get(9).get(5)).isCloseTo(theorem.logLower(), within(0.01));
    // The exact score has no integral, so its bound is its offset.
    assertThat((Double) rows.get(19).get(6)).isCloseTo((Double) rows.get(19).get(4), within(0.01));
  }

  @Test
  void wrongUseIsOneLine(@TempDir Path folder) {
    Path file = network(folder);
    assertThatThrownBy(
            () -> ExperimentName.SIGMA_FAMILY.setting(Request.of(1).with(file, List.of())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("mine.json: the network has dimension 1, the data 4-clusters-2d 2");
    assertThatThrownBy(
            () -> ExperimentName.TRAINING.setting(Request.of(1).with(file, List.of(LINE))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "--network is for the experiments horizon and sigma-family; training is about");
    assertThatThrownBy(
            () ->
                ExperimentName.SIGMA_FAMILY.setting(
                    Request.of(1).with(folder.resolve("none.json"), List.of(LINE))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none.json");
  }
}
