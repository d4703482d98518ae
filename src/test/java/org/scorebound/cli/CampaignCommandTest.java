package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebound.campaign.Cheap;
import org.scorebound.campaign.Evaluator;

/** {@code verify --shard} and {@code merge} as they are typed. */
class CampaignCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Map<String, String> environment = Map.of();

  private int run(String... args) {
    VerifyCommand verify =
        new VerifyCommand((seed, paths, kernels) -> evaluator(seed), environment);
    return Main.run(
        List.of(verify, new MergeCommand()), new PrintWriter(out), new PrintWriter(err), args);
  }

  /** Of seed 13, configuration 5 throws. */
  private static Evaluator evaluator(long seed) {
    Evaluator cheap = Cheap.evaluator(seed);
    return id -> {
      if (seed == 13 && id == 5) {
        throw new IllegalStateException("planted");
      }
      return cheap.evaluate(id);
    };
  }

  /** The document without what may differ between two runs. */
  private static String comparable(Path document) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(Files.readString(document));
    json.remove("timing");
    ((ObjectNode) json.path("run")).remove("machine");
    return json.toString();
  }

  @ParameterizedTest
  @CsvSource({"12, 0", "13, 70"})
  void mergedShardsAreTheDocumentOfOneProcess(String seed, int expected) throws IOException {
    String[] campaign = {"--count", "20", "--seed", seed, "--quiet"};
    Path single = folder.resolve("single.json");
    assertThat(verify(campaign, "--out", single.toString())).isEqualTo(expected);
    String dir = folder.resolve("shards").toString();
    int worst = 0;
    for (int i = 0; i < 3; i++) {
      worst = Math.max(worst, verify(campaign, "--shard", i + "/3", "--out", dir));
    }
    assertThat(worst).isEqualTo(expected);
    Path merged = folder.resolve("merged.json");
    assertThat(run("merge", dir, "--out", merged.toString(), "--quiet")).isEqualTo(expected);
    assertThat(run("merge", dir, "--out", merged.toString(), "--quiet", "--keep-going")).isZero();
    assertThat(err.toString()).isEmpty();
    assertThat(comparable(merged)).isEqualTo(comparable(single));
    assertThat(out.toString()).contains("merged: 20 of 20 configurations from 3 files");
    if (expected == 70) {
      assertThat(out.toString()).contains("FAILED: id 5: java.lang.IllegalStateException planted");
      assertThat(verify(campaign, "--shard", "0/1", "--out", dir, "--keep-going")).isZero();
    }
    Path schema = Path.of("..", "docs", "schema", "verify-result.schema.json").toAbsolutePath();
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(schema.normalize().toUri().toString()))
                .validate(JSON.readTree(Files.readString(merged))))
        .isEmpty();
  }

  private int verify(String[] campaign, String... more) {
    String[] args = new String[1 + campaign.length + more.length];
    args[0] = "verify";
    System.arraycopy(campaign, 0, args, 1, campaign.length);
    System.arraycopy(more, 0, args, 1 + campaign.length, more.length);
    return run(args);
  }

  @Test
  void anIncompleteCampaignIsMergedOnRequestOnly() throws IOException {
    String dir = folder.toString();
    assertThat(run("verify", "--count", "6", "--shard", "1/2", "--out", dir, "--quiet")).isZero();
    Path merged = folder.resolve("merged.json");
    assertThat(run("merge", dir, "--out", merged.toString(), "--quiet")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("scorebound merge: 3 of 6 configurations are missing: ")
        .hasLineCount(1);
    assertThat(merged).doesNotExist();
    assertThat(run("merge", dir, "--partial", "--out", merged.toString(), "--quiet")).isZero();
    JsonNode document = JSON.readTree(Files.readString(merged));
    assertThat(document.path("results")).hasSize(3);
    assertThat(document.path("partial").path("missing").asInt()).isEqualTo(3);
  }

  @Test
  void aShardOfAnotherCampaignIsNotResumed() throws IOException {
    String dir = folder.toString();
    Path file = folder.resolve("shard-0-of-1.jsonl");
    String[] campaign = {"--count", "2", "--shard", "0/1", "--out", dir, "--quiet"};
    assertThat(verify(campaign, "--seed", "1")).isZero();
    String lines = Files.readString(file);
    assertThat(verify(campaign, "--seed", "2")).isEqualTo(2);
    assertThat(err.toString())
        .contains(file + ": is of another campaign: seed 1 against 2 (the one asked for second)")
        .hasLineCount(1);
    assertThat(file).hasContent(lines);
  }

  @Test
  void theEnvironmentOfAnArrayGivesTheShard() {
    String dir = folder.toString();
    environment =
        Map.of(
            "SLURM_ARRAY_TASK_ID", "4",
            "SLURM_ARRAY_TASK_MIN", "2",
            "SLURM_ARRAY_TASK_COUNT", "2",
            "SLURM_ARRAY_TASK_STEP", "2");
    assertThat(run("verify", "--count", "4", "--out", dir, "--shard", "--quiet")).isZero();
    assertThat(out.toString()).contains("shard 1/2: 2 configurations, 0 of them finished before");
    assertThat(run("verify", "--count", "4", "--out", dir, "--quiet")).isZero();
    assertThat(out.toString()).contains("shard 1/2: 2 configurations, 2 of them finished before");
    environment = Map.of("JOB_COMPLETION_INDEX", "2");
    assertThat(run("verify", "--count", "4", "--out", dir, "--shards", "3", "--quiet")).isZero();
    assertThat(folder.resolve("shard-1-of-2.jsonl")).exists();
    assertThat(folder.resolve("shard-2-of-3.jsonl")).exists();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--shard 7/7, 'shard 7/7: I must be in 0..6, got 7'",
    "--shard 0/0, 'shard 0/0: K must be at least 1'",
    "--shard 0/2 --config x.json, shards and clusters are for sampled configurations; without --config and --data",
    "--shard 0/2 --count 0, '--count must be at least 1, got 0'",
    "--engine sparc, unknown engine 'sparc' (nearest: 'spark')",
    "--engine spark --shard 0/2, --engine spark makes its own slices; without --shard",
    "--engine spark --slices 0, '--slices must be at least 1, got 0'",
    "--master local, --master and --slices go with --engine spark",
    "--engine spark, '--engine spark needs Spark''s jars: start it by ./scorebound from a clone, or by spark-submit (docs/campaigns.md)'",
    "--shard 0/2 --shards 3, --shards 3 contradicts --shard 0/2",
    "--shard, no SLURM_ARRAY_TASK_ID and no JOB_COMPLETION_INDEX in the environment; give --shard I/K",
  })
  void wrongUsageIsOneLine(String args, String message) {
    String[] words = ("verify --quiet --out " + folder + "/d " + args).split(" ", -1);
    assertThat(run(words)).isEqualTo(2);
    assertThat(err.toString()).isEqualTo("scorebound verify: " + message + "\n");
    assertThat(folder.resolve("d")).doesNotExist();
  }

  @Test
  void aShardNeedsAFolder() {
    assertThat(run("verify", "--shard", "0/2")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("scorebound verify: a shard needs --out DIR, the campaign's folder\n");
  }
}
