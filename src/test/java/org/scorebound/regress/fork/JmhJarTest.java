package org.scorebound.regress.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;

class JmhJarTest {

  @TempDir Path folder;

  @Test
  void namesAndModesAreRead() throws IOException {
    Path file =
        FakeJmh.jar(
            folder.resolve("a.jar"),
            Map.of("org.example.A.b", "1", "org.example.A.a:Throughput", "1"));
    JmhJar jar = JmhJar.open(file);
    assertThat(jar.benchmarks())
        .containsExactly(
            new JmhJar.Entry("org.example.A.a", "thrpt"),
            new JmhJar.Entry("org.example.A.b", "avgt"));
    assertThat(jar.sha256()).hasSize(64);
    assertThat(jar.own()).isFalse();
  }

  @Test
  void wordsThatTheGateSetsItselfAreRefused() {
    assertThatThrownBy(() -> new JmhOptions(List.of("-i", "3", "-f", "2"), ""))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--jmh may not have -f");
    assertThatThrownBy(() -> new JmhOptions(List.of("-p", "size"), ""))
        .hasMessageContaining("-p without name=value");
  }

  @Test
  void defaultsGiveWayToTheUsersWords() {
    JmhOptions options = new JmhOptions(List.of("-i", "7", "-p", "n=1,2"), "-Xmx1g");
    List<String> pilot = options.pilot(new JmhJar.Entry("a.B.c", "avgt"), "r.json");
    assertThat(pilot).containsSequence("-i", "7").containsSequence("-p", "n=1,2");
    assertThat(pilot).containsSequence("-r", JmhOptions.TIME).doesNotContain(JmhOptions.ITERATIONS);
    assertThat(options.pilot(new JmhJar.Entry("a.B.c", "ss"), "r.json"))
        .doesNotContain("-r")
        .containsSequence("-jvmArgsPrepend", "-Xmx1g");
  }

  private static List<JmhResults.Result> results(String primary) {
    return JmhResults.read(
        JsonInput.parse(
            "[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":" + primary + "}]",
            "r.json"));
  }

  @Test
  void statisticsThatAreNoNumbersAreNoErrorAndScoresAre() {
    JmhResults.Result one =
        results(
                "{\"score\":\"NaN\",\"scoreError\":\"NaN\",\"scoreUnit\":\"ms/op\","
                    + "\"rawData\":[[2.0,3]]}")
            .getFirst();
    assertThat(one.scores()).containsExactly(2e6, 3e6);
    assertThat(one.bytes()).isEmpty();
    assertThatThrownBy(() -> results("{\"scoreUnit\":\"ms/op\",\"rawData\":[[2.0,\"NaN\"]]}"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("iteration 2 has the score NaN");
    assertThatThrownBy(() -> results("{\"scoreUnit\":\"ms/op\",\"rawData\":[[\"+INF\"]]}"))
        .hasMessageContaining("Infinity");
    assertThatThrownBy(() -> results("{\"scoreUnit\":\"ops/s\",\"rawData\":[[2.0]]}"))
        .hasMessageContaining("avgt with ops/s");
    assertThatThrownBy(() -> results("{\"scoreUnit\":\"ms/op\",\"rawData\":[]}"))
        .hasMessageContaining("has no iteration");
  }

  @Test
  void histogramsBecomeMeans() {
    JmhResults.Result one =
        results("{\"scoreUnit\":\"ns/op\",\"rawDataHistogram\":[[[[10,3],[50,1]],[[20,2]]]]}")
            .getFirst();
    assertThat(one.scores()).containsExactly(20, 20);
  }

  @Test
  void treesOfAGitRepositoryAreBuiltOnceAndLeftAlone() throws Exception {
    Path repository = Files.createDirectory(folder.resolve("r"));
    sh(repository, "git init -q . && git config user.email a@b.c && git config user.name a");
    Files.writeString(repository.resolve(".gitignore"), "target/\n");
    FakeJmh.jar(repository.resolve("bench.jar"), Map.of("org.example.A.b", "1"));
    sh(repository, "git add -A && git commit -q -m one");
    GitSources git =
        GitSources.around(
            repository,
            java.util.Optional.of(
                "mkdir -p target && cp bench.jar target/b.jar && echo x >> ../count"),
            java.util.Optional.of(Path.of("target/b.jar")));
    GitSources.Source head = git.commit("--baseline", "HEAD");
    Path built = git.build(head);
    assertThat(JmhJar.open(built).benchmarks()).hasSize(1);
    assertThat(git.build(head)).isEqualTo(built);
    assertThat(repository.resolve("target/regress/count")).content().isEqualTo("x\n");
    // Unchanged, the working tree is the commit; with a new file it is another tree.
    assertThat(git.workingTree().source()).isEqualTo(head.source());
    Files.writeString(repository.resolve("new.txt"), "new");
    GitSources.Source tree = git.workingTree();
    assertThat(tree.source()).startsWith("tree ").endsWith(" on " + head.source());
    assertThat(git.build(tree).resolveSibling("../new.txt").normalize()).hasContent("new");
    assertThat(sh(repository, "git status --porcelain")).isEqualTo("?? new.txt");

    assertThatThrownBy(() -> git.commit("--baseline", "1234abc-dirty"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--baseline 1234abc-dirty: a commit with changes on top");
    assertThatThrownBy(() -> git.commit("--baseline", "no-such"))
        .hasMessageContaining("--baseline no-such: neither a file nor a commit of");
    GitSources broken =
        GitSources.around(repository, java.util.Optional.of("exit 3"), java.util.Optional.empty());
    assertThatThrownBy(() -> broken.build(head)).hasMessageContaining("failed with code 3; see ");
    assertThatThrownBy(
            () -> GitSources.around(folder, java.util.Optional.empty(), java.util.Optional.empty()))
        .hasMessageContaining("is not in a git repository");
  }

  private static String sh(Path where, String line) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", line)
            .directory(where.toFile())
            .redirectErrorStream(true)
            .start();
    String text =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
