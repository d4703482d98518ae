package org.scorebound.regress.fork;

import java.nio.file.Path;
import java.util.List;

/** What the gate needs of the world beyond files: forks and sentinels. */
public interface Harness {

  /**
   * Forks of a jar.
   *
   * @param java the program
   * @param limitSeconds of one command line of JMH
   * @param folder for files of the moment
   */
  Forker open(JmhJar jar, Path java, JmhOptions options, double limitSeconds, Path folder);

  /** The sentinels, warm. */
  Sentinels sentinels();

  /** Real processes and loops. */
  static Harness real() {
    return new Harness() {
      @Override
      public Forker open(
          JmhJar jar, Path java, JmhOptions options, double limitSeconds, Path folder) {
        return new JmhForker(jar, java, options, limitSeconds, hostFlags(), folder);
      }

      @Override
      public Sentinels sentinels() {
        return Sentinels.warmed();
      }
    };
  }

  /** Properties of this process that JMH reads, such as its lock's. */
  private static List<String> hostFlags() {
    return System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("jmh."))
        .sorted()
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .toList();
  }
}
