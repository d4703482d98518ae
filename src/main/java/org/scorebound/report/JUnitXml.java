package org.scorebound.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.AtomicFile;
import org.scorebound.io.JsonElements;

/**
 * The verdicts of a {@code verify} document as JUnit XML, the form in which continuous integration
 * shows results: a test is a configuration, an equality case or a control. It passes where the
 * bound HOLDS or the check is as it must be; VIOLATED is a failure, a configuration that threw an
 * error, and one that is undecided or that the bound does not apply to is skipped, with the reason.
 * Read twice, once for the counts, with one result in memory at a time.
 */
public final class JUnitXml {

  /** Lists of the document and the suites they become. */
  private static final List<Map.Entry<String, String>> SUITES =
      List.of(
          Map.entry("results", "configurations"),
          Map.entry("failures", "failed configurations"),
          Map.entry("equalityCases", "equality cases"),
          Map.entry("controls", "wrong formulas that must be caught"));

  private enum Outcome {
    PASSED,
    FAILURE,
    ERROR,
    SKIPPED
  }

  private record Test(String group, String name, Outcome outcome, String message) {}

  private JUnitXml() {}

  /**
   * Writes the file, whole or not at all.
   *
   * @param document a result document of {@code verify} or {@code merge}
   */
  public static void write(Path document, Path target) {
    AtomicFile.write(
        target,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
          Map<String, Map<Outcome, Integer>> counts = counts(document);
          writer.write("<testsuites name=\"scorebound verify\"" + attributes(sum(counts)) + ">\n");
          for (Map.Entry<String, String> suite : SUITES) {
            Map<Outcome, Integer> count = counts.get(suite.getKey());
            if (count != null) {
              writer.write(
                  "<testsuite name=\"" + suite.getValue() + "\"" + attributes(count) + ">\n");
              tests(document, suite.getKey(), writer);
              writer.write("</testsuite>\n");
            }
          }
          writer.write("</testsuites>\n");
          writer.flush();
        });
  }

  private static Map<String, Map<Outcome, Integer>> counts(Path document) {
    Map<String, Map<Outcome, Integer>> counts = new TreeMap<>();
    JsonElements.forEach(
        document,
        Set.of("results", "failures", "equalityCases", "controls"),
        (list, element) ->
            counts
                .computeIfAbsent(list, key -> new EnumMap<>(Outcome.class))
                .merge(test(list, element.plain()).outcome(), 1, Integer::sum));
    return counts;
  }

  private static Map<Outcome, Integer> sum(Map<String, Map<Outcome, Integer>> counts) {
    Map<Outcome, Integer> sum = new EnumMap<>(Outcome.class);
    counts.values().forEach(one -> one.forEach((o, n) -> sum.merge(o, n, Integer::sum)));
    return sum;
  }

  private static String attributes(Map<Outcome, Integer> count) {
    return " tests=\""
        + count.values().stream().mapToInt(Integer::intValue).sum()
        + "\" failures=\""
        + count.getOrDefault(Outcome.FAILURE, 0)
        + "\" errors=\""
        + count.getOrDefault(Outcome.ERROR, 0)
        + "\" skipped=\""
        + count.getOrDefault(Outcome.SKIPPED, 0)
        + "\"";
  }

  private static void tests(Path document, String list, Writer writer) {
    JsonElements.forEach(
        document,
        Set.of(list),
        (name, element) -> {
          try {
            write(writer, test(list, element.plain()));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void write(Writer writer, Test test) throws IOException {
    writer.write(
        "<testcase classname=\""
            + Markup.escape(test.group())
            + "\" name=\""
            + Markup.escape(test.name())
            + "\"");
    if (test.outcome() == Outcome.PASSED) {
      writer.write("/>\n");
      return;
    }
    String element =
        switch (test.outcome()) {
          case FAILURE -> "failure";
          case ERROR -> "error";
          default -> "skipped";
        };
    writer.write(
        "><" + element + " message=\"" + Markup.escape(test.message()) + "\"/></testcase>\n");
  }

  private static Test test(String list, @Nullable Object json) {
    return switch (list) {
      case "results" -> result(json);
      case "failures" ->
          new Test(
              "verify." + Plain.text(json, "family"),
              "configuration " + Plain.count(json, "id"),
              Outcome.ERROR,
              Plain.text(json, "error") + ": " + Plain.text(json, "message"));
      case "equalityCases" ->
          new Test(
              "verify.equality",
              Plain.text(json, "name") + ", " + Plain.text(json, "bound"),
              Plain.yes(json, "passed") ? Outcome.PASSED : Outcome.FAILURE,
              "W2/bound - 1 is " + Plain.number(json, "deviation"));
      default ->
          new Test(
              "verify.controls",
              Plain.text(json, "name") + ", " + Plain.text(json, "configuration"),
              Plain.yes(json, "passed") ? Outcome.PASSED : Outcome.FAILURE,
              "right formula "
                  + Plain.number(json, "right")
                  + ", wrong formula "
                  + Plain.number(json, "wrong")
                  + ", tolerance "
                  + Plain.number(json, "tolerance"));
    };
  }

  private static Test result(@Nullable Object json) {
    String verdict = Plain.text(json, "verdict");
    StringBuilder violated = new StringBuilder();
    if (Plain.at(json, "verdicts") instanceof Map<?, ?> verdicts) {
      verdicts.forEach(
          (bound, v) -> {
            if ("VIOLATED".equals(v)) {
              violated.append(violated.isEmpty() ? "" : ", ").append(bound);
            }
          });
    }
    Outcome outcome =
        verdict.equals("VIOLATED") || !violated.isEmpty()
            ? Outcome.FAILURE
            : verdict.equals("HOLDS") ? Outcome.PASSED : Outcome.SKIPPED;
    String message =
        outcome == Outcome.FAILURE
            ? "violated: "
                + violated
                + "; W2 "
                + interval(json, "w2")
                + ", bound "
                + interval(json, "bound")
            : verdict + ": " + Plain.text(json, "reason");
    String family = Plain.text(json, "family");
    return new Test(
        family.isEmpty() ? "verify" : "verify." + family,
        Plain.text(json, "name"),
        outcome,
        message);
  }

  private static String interval(@Nullable Object json, String side) {
    return Plain.number(json, side, "lower") + " to " + Plain.number(json, side, "upper");
  }
}
