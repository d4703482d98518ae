package org.scorebound.regress.fork;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.scorebound.io.InputException;
import org.scorebound.regress.BenchmarkId;

/**
 * The command line that a fork's JMH gets. One fork of {@value #ITERATIONS} iterations of {@value
 * #TIME}, all of them kept: where the warm-up ends is found in the numbers. A benchmark of single
 * shots runs as its annotations say. Words of the user come before these defaults.
 *
 * @param words of the user, for JMH
 * @param jvmArgs flags for the forked virtual machine; empty for none
 */
public record JmhOptions(List<String> words, String jvmArgs) {

  static final String ITERATIONS = "20";
  static final String TIME = "100ms";

  /** What the gate itself decides. */
  private static final Set<String> RESERVED =
      Set.of("-f", "-wf", "-rf", "-rff", "-bm", "-l", "-lp", "-lprof", "-lrf", "-h", "-o", "-foe");

  /** Checks the words. */
  public JmhOptions {
    words = List.copyOf(words);
    for (String word : words) {
      if (RESERVED.contains(word)) {
        throw new InputException(
            "--jmh may not have "
                + word
                + ", which the gate sets itself: it runs one fork at a time");
      }
    }
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("-p") && (i + 1 == words.size() || !words.get(i + 1).contains("="))) {
        throw new InputException("--jmh has -p without name=value");
      }
    }
  }

  /** For all parameters of a benchmark. */
  List<String> pilot(JmhJar.Entry one, String resultFile) {
    List<String> line = start(one.benchmark(), one.mode(), resultFile);
    line.add("-foe");
    line.add("false");
    line.addAll(words);
    defaults(line, one.mode());
    return line;
  }

  /** For one combination of parameters. */
  List<String> fork(BenchmarkId id, String resultFile) {
    List<String> line = start(id.benchmark(), id.mode(), resultFile);
    line.add("-foe");
    line.add("true");
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("-p")) {
        i++;
      } else {
        line.add(words.get(i));
      }
    }
    id.parameters()
        .forEach(
            (name, value) -> {
              line.add("-p");
              line.add(name + "=" + value);
            });
    defaults(line, id.mode());
    return line;
  }

  private static List<String> start(String benchmark, String mode, String resultFile) {
    return new ArrayList<>(
        List.of(
            "^" + Pattern.quote(benchmark) + "$",
            "-bm",
            mode,
            "-f",
            "1",
            "-wf",
            "0",
            "-rf",
            "json",
            "-rff",
            resultFile));
  }

  private void defaults(List<String> line, String mode) {
    if (!mode.equals("ss")) {
      byDefault(line, "-wi", "0");
      byDefault(line, "-i", ITERATIONS);
      byDefault(line, "-r", TIME);
    }
    if (!line.contains("-prof")) {
      line.add("-prof");
      line.add("gc");
    }
    if (!jvmArgs.isEmpty()) {
      line.add("-jvmArgsPrepend");
      line.add(jvmArgs);
    }
  }

  private static void byDefault(List<String> line, String option, String value) {
    if (!line.contains(option)) {
      line.add(option);
      line.add(value);
    }
  }
}
