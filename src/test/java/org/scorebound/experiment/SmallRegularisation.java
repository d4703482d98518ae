package org.scorebound.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.scorebound.io.JsonOutput;
import org.scorebound.linalg.BackEnd;
import org.scorebound.linalg.Kernels;
import org.scorebound.result.Progress;

/**
 * A small experiment with every kind of state (optimiser, followed spectral norms, order), also in
 * a process of its own that can be killed: {@code main OUT EXISTING}.
 */
final class SmallRegularisation {

  private static final int EPOCHS = 8;

  private SmallRegularisation() {}

  static Experiment experiment() {
    return experiment(Request.RATE);
  }

  static Experiment experiment(double rate) {
    Request request =
        new Request(3, OptionalInt.of(2), OptionalInt.of(EPOCHS), List.of(), 64, rate);
    Setting base =
        Setting.standard(DataLaw.of("2-clusters-1d", 1), EPOCHS).sized(200, List.of(8, 8), 64);
    return new RegularisationExperiment(
        request, base, new Measurements(2, 3, 24, 8, 48, 1, 100, 16, 2));
  }

  /** The findings as text; states are kept at every offer. */
  static String run(Path out, Checkpoint.Existing existing, int threads, Progress progress) {
    return run(experiment(), out, existing, threads, progress);
  }

  static String run(
      Experiment experiment,
      Path out,
      Checkpoint.Existing existing,
      int threads,
      Progress progress) {
    try (Checkpoint checkpoint = Checkpoint.open(out, Map.of("test", 1), existing)) {
      TaskRunner runner =
          new TaskRunner(Kernels.of(BackEnd.SCALAR), threads, checkpoint, 0, progress);
      return JsonOutput.toString(runner.run(experiment));
    }
  }

  /** Each epoch takes long enough to be killed in. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs to the end and writes the findings, or is killed. */
  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[0]);
    Checkpoint.Existing existing =
        Files.exists(Checkpoint.folder(out).resolve("tasks.jsonl"))
            ? Checkpoint.Existing.RESUME
            : Checkpoint.Existing.REFUSE;
    Files.writeString(out, run(out, existing, 2, (done, total, what) -> pause()));
  }
}
