package org.scorebound.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebound.io.InputException;
import org.scorebound.random.RandomStream;
import org.scorebound.result.BuildInfo;
import org.scorebound.result.Progress;

/** Shards, resumed and merged, against the document of one process. */
class MergeTest {

  private static final long SEED = 11;
  private static final int COUNT = 40;

  @TempDir private Path folder;

  private static ShardRun.Report run(Path folder, Plan plan, Shard shard, Evaluator evaluator) {
    return run(
        folder, plan, shard, new Split(plan.count(), shard.count()).ids(shard.index()), evaluator);
  }

  private static ShardRun.Report run(
      Path folder, Plan plan, Shard shard, int[] ids, Evaluator evaluator) {
    try (ShardFile file = ShardFile.open(folder, plan, shard, Cheap.MACHINE, "now")) {
      return ShardRun.run(file, plan, ids, new ThreadEngine(2, evaluator), Progress.NONE);
    }
  }

  private static void runAll(Path folder, Plan plan, int shards, Evaluator evaluator) {
    for (int k = 0; k < shards; k++) {
      run(folder, plan, new Shard(k, shards), evaluator);
    }
  }

  private static String merged(Path... folders) {
    try (Merge merge = Merge.open(List.of(folders))) {
      merge.requireComplete();
      return Cheap.merged(merge);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 9, 41})
  void anyNumberOfShardsGivesTheDocumentOfOneProcess(int shards) {
    Evaluator evaluator = Cheap.evaluator(SEED);
    runAll(folder, Cheap.plan(SEED, COUNT), shards, evaluator);
    assertThat(merged(folder)).isEqualTo(Cheap.single(COUNT, evaluator));
  }

  @Test
  void aSecondRunFindsEverythingDone() {
    Plan plan = Cheap.plan(SEED, COUNT);
    assertThat(run(folder, plan, new Shard(0, 4), Cheap.evaluator(SEED)).found()).isZero();
    Evaluator never =
        id -> {
          throw new IllegalStateException("evaluated again: " + id);
        };
    ShardRun.Report again = run(folder, plan, new Shard(0, 4), never);
    assertThat(again.found()).isEqualTo(again.size()).isEqualTo(10);
    assertThat(again.failures()).isZero();
  }

  @Test
  void aShardCutAnywhereIsResumed() throws IOException {
    int count = 6;
    Plan plan = Cheap.plan(SEED, count);
    Evaluator evaluator = Cheap.evaluator(SEED);
    Shard only = new Shard(0, 1);
    run(folder, plan, only, evaluator);
    byte[] whole = Files.readAllBytes(only.file(folder));
    String single = Cheap.single(count, evaluator);
    for (int cut : cuts(whole)) {
      Files.write(only.file(folder), Arrays.copyOf(whole, cut));
      long lines =
          new String(whole, 0, cut, StandardCharsets.UTF_8).chars().filter(c -> c == '\n').count();
      ShardRun.Report report = run(folder, plan, only, evaluator);
      assertThat((long) report.found()).as("cut at %d", cut).isEqualTo(Math.max(0, lines - 1));
      assertThat(merged(folder)).as("cut at %d", cut).isEqualTo(single);
    }
  }

  /** Every line break and its neighbours, both ends, and 15 random places. */
  private static Set<Integer> cuts(byte[] whole) {
    Set<Integer> cuts = new TreeSet<>(List.of(0, 1, whole.length - 1, whole.length));
    for (int i = 0; i < whole.length; i++) {
      if (whole[i] == '\n') {
        cuts.addAll(List.of(i - 1, i, i + 1));
      }
    }
    RandomStream random = RandomStream.root(3);
    for (int i = 0; i < 15; i++) {
      cuts.add(random.nextInt(whole.length));
    }
    return cuts;
  }

  @Test
  void aConfigurationThatThrowsIsRecordedAndTheOthersGoOn() {
    Plan plan = Cheap.plan(SEED, COUNT);
    Evaluator cheap = Cheap.evaluator(SEED);
    Evaluator throwing =
        id -> {
          if (id % 13 == 5) {
            throw new IllegalStateException("planted in " + id + "\nsecond line");
          }
          if (id == 30) {
            throw new StackOverflowError();
          }
          return cheap.evaluate(id);
        };
    runAll(folder, plan, 3, throwing);
    assertThat(merged(folder)).isEqualTo(Cheap.single(COUNT, throwing));
    try (Merge merge = Merge.open(List.of(folder))) {
      assertThat(merge.failures()).extracting("id").containsExactly(5, 18, 30, 31);
      assertThat(merge.failures().getFirst().message()).isEqualTo("planted in 5 second line");
      assertThat(merge.failures().get(2).error()).isEqualTo("java.lang.StackOverflowError");
      assertThat(Cheap.results(merge)).isEqualTo(COUNT - 4);
    }
    // What failed is not tried again: it would fail again.
    int failures = 0;
    for (int k = 0; k < 3; k++) {
      failures += run(folder, plan, new Shard(k, 3), cheap).failures();
    }
    assertThat(failures).isEqualTo(4);
  }

  @Test
  void errorsOfTheVirtualMachineAreNotRecorded() {
    Plan plan = Cheap.plan(SEED, COUNT);
    Evaluator starved =
        id -> {
          throw new OutOfMemoryError("planted");
        };
    assertThatThrownBy(() -> run(folder, plan, new Shard(0, 1), starved))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(run(folder, plan, new Shard(0, 1), Cheap.evaluator(SEED)).found()).isZero();
  }

  @Test
  void missingIdsAreNamed() {
    Plan plan = Cheap.plan(SEED, COUNT);
    Evaluator evaluator = Cheap.evaluator(SEED);
    runAll(folder, plan, 1, evaluator);
    Path other = folder.resolve("other");
    int[] some = IntStream.range(0, COUNT).filter(i -> i != 3 && (i < 20 || i > 24)).toArray();
    run(other, plan, new Shard(0, 1), some, evaluator);
    try (Merge merge = Merge.open(List.of(other))) {
      assertThat(merge.present()).isEqualTo(34);
      assertThat(Cheap.results(merge)).isEqualTo(34);
      assertThatThrownBy(merge::requireComplete)
          .isInstanceOf(InputException.class)
          .hasMessage(
              "6 of 40 configurations are missing: 3, 20-24;"
                  + " run their shards again, or merge with --partial");
    }
    // The two folders overlap in equal results, and are complete together.
    try (Merge merge = Merge.open(List.of(other, folder))) {
      merge.requireComplete();
      assertThat(merge.duplicates()).isEqualTo(34);
      assertThat(Cheap.merged(merge)).isEqualTo(merged(folder));
    }
  }

  @Test
  void differentResultsOfOneConfigurationAreRefused() throws IOException {
    Plan plan = Cheap.plan(SEED, 4);
    runAll(folder, plan, 1, Cheap.evaluator(SEED));
    Path other = Files.createDirectory(folder.resolve("other"));
    Path a = new Shard(0, 1).file(folder);
    Path b = new Shard(0, 1).file(other);
    String changed = Files.readString(a).replaceFirst("(\"id\":2.*\"w2Start\":)[0-9]", "$17");
    Files.writeString(b, changed);
    assertThatThrownBy(() -> merged(folder, other))
        .isInstanceOf(InputException.class)
        .hasMessage("configuration 2 has two different results, in " + a + " and in " + b);
  }

  @Test
  void otherCampaignsAreRefused() {
    Plan plan = Cheap.plan(SEED, 4);
    Evaluator evaluator = Cheap.evaluator(SEED);
    run(folder, plan, new Shard(0, 2), evaluator);
    BuildInfo abc = new BuildInfo("other", Optional.of("abc"));
    List<Plan> others =
        List.of(
            Cheap.plan(12, 4),
            Cheap.plan(SEED, 5),
            new Plan(SEED, 4, 200, "vector", plan.build()),
            new Plan(SEED, 4, 100, "scalar", plan.build()),
            new Plan(SEED, 4, 100, "vector", abc));
    List<String> differences =
        List.of(
            "seed 12 against 11",
            "count 5 against 4",
            "paths 200 against 100",
            "backend scalar against vector",
            "build other (abc) against test");
    for (int i = 0; i < others.size(); i++) {
      Path other = folder.resolve("other" + i);
      Plan wrong = others.get(i);
      run(other, wrong, new Shard(1, 2), evaluator);
      assertThatThrownBy(() -> merged(folder, other))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is of another campaign: " + differences.get(i));
      assertThatThrownBy(() -> run(folder, wrong, new Shard(0, 2), evaluator))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is of another campaign");
    }
    assertThatThrownBy(() -> plan.requireBuild(abc))
        .hasMessage("the shards are of build test, this program is other (abc)");
  }

  @Test
  void foldersWithoutShardsAreTold() throws IOException {
    assertThatThrownBy(() -> merged(folder))
        .hasMessage(folder + ": holds no shard files (shard-*.jsonl)");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> merged(missing)).hasMessage(missing + ": no such folder");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> merged(file)).hasMessage(file + ": is not a folder");
    assertThatThrownBy(() -> run(file, Cheap.plan(1, 4), new Shard(0, 1), Cheap.evaluator(1)))
        .hasMessage(file + ": is not a folder, and the shards need one");
  }

  @Test
  void damagedFilesAreToldWithTheirLine() throws IOException {
    Plan plan = Cheap.plan(SEED, 4);
    run(folder, plan, new Shard(0, 1), Cheap.evaluator(SEED));
    Path file = new Shard(0, 1).file(folder);
    String whole = Files.readString(file);
    List<String> lines = whole.lines().toList();
    Files.writeString(file, whole.replaceFirst("\"w2\":", "\"w2:"));
    assertThatThrownBy(() -> merged(folder)).hasMessageStartingWith(file + ", line 2:1:");
    Files.writeString(file, lines.get(1) + "\n");
    assertThatThrownBy(() -> merged(folder)).hasMessageContaining("does not start with the header");
    Files.writeString(
        file, lines.get(0) + "\n" + lines.get(1).replaceAll("\"id\":[0-9]", "\"id\":4") + "\n");
    assertThatThrownBy(() -> merged(folder)).hasMessageContaining("id must be in 0..3, got 4");
    Files.writeString(
        file, lines.get(0) + "\n" + lines.get(1).replaceFirst("\"id\":[0-9]", "\"id\":4") + "\n");
    assertThatThrownBy(() -> merged(folder)).hasMessageContaining("has id 4 outside and");
    Files.writeString(file, lines.get(0).substring(0, 20));
    assertThatThrownBy(() -> merged(folder)).hasMessageContaining("hold no whole line");
    Files.write(file, new byte[] {'{', (byte) 0xff, '}', '\n'});
    assertThatThrownBy(() -> merged(folder)).hasMessage(file + ":1: is not UTF-8 text");
  }
}
