package org.scorebound.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.campaign.Merge;
import org.scorebound.io.JsonOutput;
import org.scorebound.random.RandomStream;

/** Shards in processes of their own that are killed, doubled, and run out of disk. */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignFaultsTest {

  private static final int COUNT = 300;
  private static final int KILLS = 20;

  @TempDir private Path folder = Path.of("");

  private String undisturbed = "";

  @BeforeAll
  void runUndisturbed(@TempDir Path calm) throws Exception {
    assertThat(finish(0, calm).code()).isZero();
    undisturbed = results(calm);
  }

  private static String[] shard(Path out) {
    return new String[] {
      "verify", "--count", "" + COUNT, "--shard", "0/1", "--threads", "2", "--out", out.toString()
    };
  }

  private static CampaignProcess.Ended finish(int pause, Path out) throws Exception {
    return CampaignProcess.end(CampaignProcess.start(CampaignProcess.command(pause, shard(out))));
  }

  /** All results in the order of ids; the campaign must be complete. */
  private static String results(Path out) {
    try (Merge merge = Merge.open(List.of(out))) {
      merge.requireComplete();
      return JsonOutput.toString(merge.summaries()) + JsonOutput.toString(merge.results());
    }
  }

  /**
   * SIGKILL at random moments: half of them at any time after the start of the virtual machine,
   * half within a tenth of a second after it has written its first line, however slow the machine
   * is.
   */
  @Test
  void killedTwentyTimesAndResumed() throws Exception {
    Path out = folder.resolve("killed");
    Path file = out.resolve("shard-0-of-1.jsonl");
    RandomStream random = RandomStream.root(8);
    int killed = 0;
    int grew = 0;
    for (int i = 0; i < KILLS; i++) {
      long before = size(file);
      Process process = CampaignProcess.start(CampaignProcess.command(40, shard(out)));
      if (i % 2 == 0) {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(800));
      } else {
        while (process.isAlive() && size(file) <= before) {
          TimeUnit.MILLISECONDS.sleep(2);
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
      }
      killed += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
      grew += size(file) > before ? 1 : 0;
    }
    CampaignProcess.Ended last = finish(0, out);
    assertThat(last.code()).as(last.output()).isZero();
    assertThat(results(out)).isEqualTo(undisturbed);
    assertThat(killed).as("processes killed in time").isGreaterThanOrEqualTo(KILLS / 2);
    assertThat(grew)
        .as("runs that wrote before they were killed")
        .isGreaterThanOrEqualTo(KILLS / 2);
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Test
  void aSecondProcessOnAShardIsRefused() throws Exception {
    Path out = folder.resolve("doubled");
    Path file = out.resolve("shard-0-of-1.jsonl");
    Process first = CampaignProcess.start(CampaignProcess.command(50, shard(out)));
    try {
      while (first.isAlive() && !(Files.exists(file) && Files.size(file) > 0)) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      CampaignProcess.Ended second = finish(0, out);
      assertThat(second.output())
          .endsWith("scorebound verify: " + file + ": is being written by another process\n");
      assertThat(second.code()).isEqualTo(2);
    } finally {
      first.destroyForcibly().waitFor();
    }
    // The operating system has dropped the lock of the killed one.
    assertThat(finish(0, out).code()).isZero();
    assertThat(results(out)).isEqualTo(undisturbed);
  }

  /** A file system of 300 KiB in a mount namespace of its own, which ends with the shell. */
  @Test
  void aFullDiskStopsTheShardAndRoomLetsItGoOn() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path saved = Files.createDirectory(folder.resolve("saved"));
    assumeTrue(
        canMount(disk), "no small file system can be mounted here (unshare -rm, mount -t tmpfs)");
    String command = quoted(CampaignProcess.command(0, shard(disk.resolve("campaign"))));
    String script =
        String.join(
            "\n",
            "mount -t tmpfs -o size=300k none '" + disk + "' || exit 99",
            command,
            "echo \"first: $?\"",
            command,
            "echo \"second: $?\"",
            "mount -o remount,size=20m '" + disk + "'",
            command,
            "echo \"third: $?\"",
            "cp '" + disk + "'/campaign/* '" + saved + "'");
    CampaignProcess.Ended ended =
        CampaignProcess.end(CampaignProcess.start(List.of("unshare", "-rm", "sh", "-c", script)));
    assertThat(ended.output())
        .contains("cannot be written (No space left on device)\nfirst: 2\n")
        .contains("cannot be written (No space left on device)\nsecond: 2\n")
        .contains("third: 0\n");
    assertThat(results(saved)).isEqualTo(undisturbed);
  }

  private static boolean canMount(Path where) throws InterruptedException {
    try {
      String script = "mount -t tmpfs -o size=300k none '" + where + "'";
      return CampaignProcess.end(
                  CampaignProcess.start(List.of("unshare", "-rm", "sh", "-c", script)))
              .code()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String quoted(List<String> words) {
    return String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
  }
}
