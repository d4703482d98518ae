package org.scorebound.regress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;

/** Reads back what the gate has written: plans, forks, series. */
public final class MeasurementReader {

  private MeasurementReader() {}

  /** A plan. */
  public static Plan plan(JsonInput in) {
    return checked(
        in,
        () ->
            new Plan(
                in.longInteger("seed"),
                rules(in.object("rules")),
                build(in.object("baseline")),
                build(in.object("candidate")),
                strings(in, "jmh"),
                in.string("jvmArgs"),
                fingerprint(in.object("fingerprint")),
                in.array("cases").stream().map(MeasurementReader::oneCase).toList(),
                in.integer("control"),
                integers(in, "controlBlocks"),
                in.array("unpaired").stream().map(MeasurementReader::unpaired).toList()));
  }

  private static Rules rules(JsonInput in) {
    return new Rules(
        in.number("alpha"),
        in.number("allocationAlpha"),
        in.number("controlAlpha"),
        in.number("leastEffect"),
        in.number("margin"),
        in.number("leastBytes"),
        in.number("leastAllocation"),
        integers(in, "looks"));
  }

  private static Plan.Build build(JsonInput in) {
    return new Plan.Build(in.string("name"), in.string("source"), in.string("sha256"));
  }

  /** A machine. */
  public static Fingerprint fingerprint(JsonInput in) {
    return new Fingerprint(
        in.string("id"),
        in.string("cpu"),
        in.integer("cores"),
        in.string("architecture"),
        in.integer("vectorBits"),
        in.string("os"),
        in.string("jvm"));
  }

  private static Plan.Case oneCase(JsonInput in) {
    return new Plan.Case(id(in.object("id")), metric(in.object("metric")), in.number("seconds"));
  }

  private static Plan.Unpaired unpaired(JsonInput in) {
    return new Plan.Unpaired(
        in.string("label"),
        in.string("reason"),
        in.bool("undecided", false),
        in.bool("failed", false));
  }

  /** A benchmark's name, mode and parameters. */
  public static BenchmarkId id(JsonInput in) {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    JsonInput object = in.object("parameters");
    object.names().forEach(name -> parameters.put(name, object.string(name)));
    return new BenchmarkId(in.string("benchmark"), in.string("mode"), parameters);
  }

  private static Metric metric(JsonInput in) {
    return new Metric(in.string("mode"), in.string("unit"), in.bool("higherIsBetter", false));
  }

  /** A fork. */
  static Fork fork(JsonInput in) {
    return checked(
        in,
        () ->
            new Fork(
                in.vector("scores"),
                in.vector("bytes"),
                in.number("register"),
                in.number("memory"),
                in.number("seconds")));
  }

  /** A series. */
  public static Series series(JsonInput in) {
    return checked(
        in,
        () -> {
          List<Block> blocks = new ArrayList<>();
          for (JsonInput block : in.array("blocks")) {
            blocks.add(
                new Block(
                    Order.valueOf(block.oneOf("order", List.of("ABBA", "BAAB"))),
                    block.array("forks").stream().map(MeasurementReader::fork).toList()));
          }
          Optional<String> failure =
              in.has("failure") ? Optional.of(in.string("failure")) : Optional.empty();
          return new Series(id(in.object("id")), metric(in.object("metric")), blocks, failure);
        });
  }

  private static int[] integers(JsonInput in, String name) {
    double[] numbers = in.vector(name);
    int[] whole = new int[numbers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) numbers[i];
      if (whole[i] != numbers[i]) {
        throw in.error(name, "must have whole numbers, got " + numbers[i]);
      }
    }
    return whole;
  }

  private static List<String> strings(JsonInput in, String name) {
    List<String> strings = new ArrayList<>();
    for (JsonInput element : in.array(name)) {
      if (!(element.plain() instanceof String text)) {
        throw element.error("must be a string");
      }
      strings.add(text);
    }
    return strings;
  }

  private interface Reading<T> {
    T read();
  }

  /** What a record's own check says, with the place in the file. */
  private static <T> T checked(JsonInput in, Reading<T> reading) {
    try {
      return reading.read();
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw in.error(String.valueOf(e.getMessage()));
    }
  }
}
