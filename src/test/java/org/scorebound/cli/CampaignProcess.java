package org.scorebound.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.scorebound.campaign.Cheap;
import org.scorebound.campaign.Evaluator;

/**
 * The command line with cheap configurations, in a process of its own that can be killed. The
 * system property {@code pause} is what each configuration waits, in milliseconds.
 */
final class CampaignProcess {

  private CampaignProcess() {}

  /** As {@link Main#main}. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(Main.run(List.of(verify(Integer.getInteger("pause", 0))), out, err, args));
  }

  /** The verify command with cheap configurations. */
  static VerifyCommand verify(int pauseMillis) {
    return new VerifyCommand(
        (seed, paths, kernels) -> {
          Evaluator cheap = Cheap.evaluator(seed);
          return id -> {
            pause(pauseMillis);
            return cheap.evaluate(id);
          };
        },
        System.getenv());
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The words that start this program with these arguments. */
  static List<String> command(int pauseMillis, String... args) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-Xshare:auto", "-Dpause=" + pauseMillis));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add(CampaignProcess.class.getName());
    words.addAll(List.of(args));
    return words;
  }

  /** What a process said and how it ended. */
  record Ended(String output, int code) {}

  /** Waits for the end of a process whose error goes into its output. */
  static Ended end(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(output, process.waitFor());
  }

  /** Starts a process. */
  static Process start(List<String> words) throws IOException {
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }
}
