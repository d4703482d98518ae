package org.scorebound.regress.fork;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.scorebound.io.InputException;

/**
 * A jar with JMH benchmarks and JMH itself.
 *
 * @param path the file
 * @param sha256 of its bytes
 * @param benchmarks names and modes, sorted
 * @param own whether it is this project's, whose kernels need flags of the virtual machine
 */
public record JmhJar(Path path, String sha256, List<Entry> benchmarks, boolean own) {

  private static final String LIST = "META-INF/BenchmarkList";
  private static final String MAIN = "org/openjdk/jmh/Main.class";
  private static final Pattern WORD = Pattern.compile("S (\\d+) ");

  /**
   * A benchmark method in one mode.
   *
   * @param benchmark full name
   * @param mode JMH's short name
   */
  public record Entry(String benchmark, String mode) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byName = benchmark.compareTo(other.benchmark);
      return byName != 0 ? byName : mode.compareTo(other.mode);
    }
  }

  /**
   * Reads a jar's list of benchmarks.
   *
   * @throws InputException in one line if it is none, or not one that can run by itself
   */
  public static JmhJar open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InputException(path + ": no such file");
    }
    try (JarFile jar = new JarFile(path.toFile())) {
      ZipEntry list = jar.getEntry(LIST);
      if (list == null) {
        throw new InputException(path + ": is no JMH benchmark jar: it has no " + LIST);
      }
      if (jar.getEntry(MAIN) == null && !hasClassPath(jar)) {
        throw new InputException(
            path + ": JMH itself is not in it; a jar with its dependencies is needed");
      }
      boolean own = jar.getEntry("org/scorebound/cli/Main.class") != null;
      try (InputStream stream = jar.getInputStream(list)) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        return new JmhJar(path, Digest.of(path), entries(text, path), own);
      }
    } catch (IOException e) {
      throw new InputException(path + ": is no jar (" + e.getMessage() + ")", e);
    }
  }

  /** Whether a file is a jar that {@link #open} takes. */
  public static boolean isOne(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      return jar.getEntry(LIST) != null && jar.getEntry(MAIN) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean hasClassPath(JarFile jar) throws IOException {
    Manifest manifest = jar.getManifest();
    return manifest != null
        && manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH) != null;
  }

  /** Lines of JMH's own format: each word is {@code S}, its length, and itself. */
  private static List<Entry> entries(String text, Path path) {
    TreeSet<Entry> entries = new TreeSet<>();
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      List<String> words = words(line);
      if (words.size() < 4) {
        throw new InputException(
            path + ": " + LIST + " is not in the format of JMH 1.19 or newer: " + line);
      }
      entries.add(new Entry(words.get(0) + "." + words.get(2), shortMode(words.get(3), path)));
    }
    return List.copyOf(entries);
  }

  /** The first four words: class, generated class, method, mode. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    int from = line.startsWith("JMH ") ? 4 : line.length();
    while (words.size() < 4 && word.find(from) && word.start() == from) {
      int end = word.end() + Integer.parseInt(word.group(1));
      if (end > line.length()) {
        break;
      }
      words.add(line.substring(word.end(), end));
      from = end + 1;
      if (from > line.length()) {
        break;
      }
    }
    return words;
  }

  private static String shortMode(String mode, Path path) {
    return switch (mode) {
      case "Throughput" -> "thrpt";
      case "AverageTime" -> "avgt";
      case "SampleTime" -> "sample";
      case "SingleShotTime" -> "ss";
      default -> throw new InputException(path + ": unknown mode '" + mode + "' in " + LIST);
    };
  }

  /** SHA-256 of a file. */
  static final class Digest {
    private Digest() {}

    static String of(Path path) throws IOException {
      try (InputStream stream = Files.newInputStream(path)) {
        java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 16];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          digest.update(buffer, 0, n);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }
}
