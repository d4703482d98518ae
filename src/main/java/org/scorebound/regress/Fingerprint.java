package org.scorebound.regress;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.scorebound.result.MachineInfo;

/**
 * Which machine, for the question whether numbers may be compared at all. No clock rates: they
 * change from minute to minute, and the same processor would not be the same. Not the kernel's
 * version either, which an update of a runner changes every week.
 *
 * @param id of all the others, 12 hexadecimal digits
 * @param cpu the processor's name without a rate
 * @param cores logical processors
 * @param architecture for example {@code amd64}
 * @param vectorBits widest vectors in use
 * @param os its name
 * @param jvm virtual machine that runs the forks
 */
public record Fingerprint(
    String id, String cpu, int cores, String architecture, int vectorBits, String os, String jvm) {

  /**
   * The fingerprint.
   *
   * @param jvm virtual machine that runs the forks
   */
  public static Fingerprint of(MachineInfo machine, String jvm) {
    String cpu = machine.cpu().replaceAll("\\s*@?\\s*[0-9.]+\\s*[GM][Hh]z", "").strip();
    String os = machine.os().split(" ", 2)[0];
    String all =
        String.join(
            "\n",
            cpu,
            Integer.toString(machine.cores()),
            machine.architecture(),
            Integer.toString(machine.vectorBits()),
            os,
            jvm);
    return new Fingerprint(
        digest(all), cpu, machine.cores(), machine.architecture(), machine.vectorBits(), os, jvm);
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
