package org.scorebound.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.scorebound.io.InputException;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;
import org.scorebound.io.Nearest;
import org.scorebound.result.Figure;
import org.scorebound.result.RunInfo;
import org.scorebound.result.Table;

/**
 * A result document, read and checked, with all that can be shown of it. Memory: the whole
 * document.
 */
public final class ResultFile {

  private static final Pattern SCHEMA =
      Pattern.compile("scorebound/([a-z0-9]+(?:-[a-z0-9]+)*)-result/([0-9]+)");

  private final Path file;
  private final JsonInput json;
  private final String command;
  private final List<Figure> figures;
  private final List<Table> tables;
  private final Headline headline;

  private ResultFile(Path file, JsonInput json, String command, View view) {
    this.file = file;
    this.json = json;
    this.command = command;
    this.figures = List.copyOf(view.figures());
    this.tables = List.copyOf(view.tables());
    this.headline = view.headline();
  }

  /**
   * Reads a document.
   *
   * @throws InputException in one line, if it is no result document, one of another version, or cut
   *     off
   */
  public static ResultFile read(Path file) {
    return of(file, JsonInput.read(file));
  }

  /**
   * A document that has just been made and need not be read back.
   *
   * @param file where it is
   * @param document what {@link JsonOutput} takes
   */
  public static ResultFile of(Path file, Map<String, ? extends @Nullable Object> document) {
    return of(file, JsonInput.parse(JsonOutput.toString(document), file.toString()));
  }

  private static ResultFile of(Path file, JsonInput json) {
    if (json.isArray() || !json.has("schema")) {
      throw json.error("is no result document: it has no field 'schema'");
    }
    String schema = json.string("schema");
    Matcher matcher = SCHEMA.matcher(schema);
    if (!matcher.matches()) {
      throw json.error(
          "schema",
          "must be scorebound/<command>-result/"
              + RunInfo.SCHEMA_VERSION
              + ", got '"
              + schema
              + "': no result document");
    }
    if (!matcher.group(2).equals(Integer.toString(RunInfo.SCHEMA_VERSION))) {
      throw json.error(
          "schema",
          "is version "
              + matcher.group(2)
              + " of '"
              + matcher.group(1)
              + "' results, this build reads version "
              + RunInfo.SCHEMA_VERSION);
    }
    json.object("run").object("build").string("version");
    json.object("timing").number("elapsedSeconds");
    String command = matcher.group(1);
    return new ResultFile(file, json, command, View.of(command, json));
  }

  /** Whether the file starts like a result document; never an error. */
  public static boolean looksLikeOne(Path file) {
    try {
      JsonInput json = JsonInput.read(file);
      return !json.isArray()
          && json.has("schema")
          && SCHEMA.matcher(json.string("schema")).matches();
    } catch (InputException e) {
      return false;
    }
  }

  /** Where it was read from. */
  public Path file() {
    return file;
  }

  /** The command that wrote it. */
  public String command() {
    return command;
  }

  /** All figures, those of the document and those made from its numbers. */
  public List<Figure> figures() {
    return figures;
  }

  /** All tables. */
  public List<Table> tables() {
    return tables;
  }

  /**
   * The figure with this id.
   *
   * @throws InputException with near ids if there is none
   */
  public Figure figure(String id) {
    Set<String> known = new LinkedHashSet<>();
    for (Figure f : figures) {
      if (f.id().equals(id)) {
        return f;
      }
      known.add(f.id());
    }
    throw new InputException(
        file
            + ": has no figure '"
            + id
            + "'"
            + (known.isEmpty() ? ", and no other" : Nearest.clause(id, known))
            + " (--list names them)");
  }

  Headline headline() {
    return headline;
  }

  JsonInput json() {
    return json;
  }

  /** The command that makes it again, for a shell; one after the other where several runs did. */
  public String reproducedBy() {
    List<?> runs = runs();
    if (runs.size() > 1) {
      return runs.stream()
          .map(run -> Words.shell(commandLine(Plain.at(run, "timing"))))
          .collect(Collectors.joining(" && "));
    }
    return Words.shell(commandLine(json.plainField("timing")));
  }

  /** The runs in a document of {@code bench}, which several may have written to. */
  private List<?> runs() {
    return command.equals("bench") && json.plainField("runs") instanceof List<?> list
        ? list
        : List.of();
  }

  private static List<String> commandLine(@Nullable Object timing) {
    List<String> words = new ArrayList<>();
    for (Object word : Plain.list(timing, "commandLine")) {
      words.add(String.valueOf(word));
    }
    return words;
  }

  /** Build, machine, seed and times, as name and value. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    Object run = json.plainField("run");
    Object timing = json.plainField("timing");
    if (runs().size() > 1) {
      facts.put("runs", runs().size() + ", in the table of runs; what follows is of the newest");
    }
    facts.put("seed", String.valueOf(Plain.count(run, "seed")));
    put(facts, "back end", Plain.text(run, "backEnd"));
    String commit = Plain.text(run, "build", "commit");
    put(
        facts,
        "build",
        Plain.text(run, "build", "version") + (commit.isEmpty() ? "" : " (" + commit + ")"));
    put(
        facts,
        "processor",
        Plain.text(run, "machine", "cpu") + ", " + Plain.count(run, "machine", "cores") + " cores");
    put(
        facts,
        "architecture",
        Plain.text(run, "machine", "architecture")
            + ", vectors of "
            + Plain.count(run, "machine", "vectorBits")
            + " bits");
    put(facts, "operating system", Plain.text(run, "machine", "os"));
    put(facts, "virtual machine", Plain.text(run, "machine", "jvm"));
    facts.put("threads", String.valueOf(Plain.count(timing, "threads")));
    put(facts, "started", Plain.text(timing, "started"));
    Double seconds = Plain.number(timing, "elapsedSeconds");
    put(facts, "time", seconds == null ? "" : Numbers.significant(seconds, 3) + " s");
    return facts;
  }

  private static void put(Map<String, String> facts, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      facts.put(name, value);
    }
  }
}
