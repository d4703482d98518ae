package org.scorebound.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.regress.fork.Forker;
import org.scorebound.regress.fork.JmhForker;
import org.scorebound.regress.fork.JmhJar;
import org.scorebound.regress.fork.JmhOptions;
import org.scorebound.regress.fork.JmhResults;

/**
 * The gate's forks by JMH itself: list, parameters, scores, allocation, two forks of one process.
 */
class RealForkTest {

  @TempDir Path folder;

  @Test
  void forksOfARealJarHaveScoresAndAllocation() throws Exception {
    JmhJar jar = JmhJar.open(jar());
    JmhJar.Entry busy = new JmhJar.Entry(BusyBenchmark.class.getName() + ".busy", "avgt");
    assertThat(jar.benchmarks()).contains(busy);
    JmhOptions options = new JmhOptions(List.of("-i", "4", "-r", "10ms", "-p", "percent=0,10"), "");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try (Forker forker =
        new JmhForker(jar, java, options, 120, List.of("-Djmh.ignoreLock=true"), folder)) {
      Forker.Pilot pilot = forker.pilot(busy);
      assertThat(pilot.results()).hasSize(2);
      for (JmhResults.Result first : pilot.results()) {
        JmhResults.Result fork = forker.fork(first.id());
        assertThat(fork.id()).isEqualTo(first.id());
        assertThat(fork.metric().unit()).isEqualTo("ns/op");
        assertThat(fork.scores()).hasSize(4);
        // 10,000 dependent multiply-adds take at least a nanosecond each on any clock below 4 GHz.
        assertThat(Arrays.stream(fork.scores()).min().orElseThrow()).isGreaterThan(5_000);
        assertThat(fork.bytes()).hasSize(4);
      }
    }
  }

  /** A jar with the list alone, which names everything else on its class path. */
  private Path jar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path file = folder.resolve("thin.jar");
    try (InputStream list = RealForkTest.class.getResourceAsStream("/META-INF/BenchmarkList");
        OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      assertThat(list).isNotNull();
      jar.putNextEntry(new JarEntry("META-INF/BenchmarkList"));
      list.transferTo(jar);
      jar.closeEntry();
    }
    return file;
  }
}
