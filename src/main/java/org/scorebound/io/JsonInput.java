package org.scorebound.io;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked cursor over one value of a JSON document, which knows its file, line and path ({@code
 * configs[1].data.cov}).
 *
 * <p>Reading an object: ask for each field by name, then call {@link #finish()}, which rejects any
 * field that was never asked for and names the nearest one that was. A number is a finite {@code
 * double}; {@code null} counts as a wrong type, never as absent. Every defect is an {@link
 * InputException} of the form {@code file:line: what is wrong in path}.
 *
 * <pre>{@code
 * JsonInput score = config.object("score");
 * String type = score.oneOf("type", List.of("exact", "linear-error"));
 * double scale = score.number("scale");
 * double[] offset = score.vector("offset");
 * score.finish();
 * }</pre>
 */
public final class JsonInput {

  private final JsonValue value;
  private final Set<String> asked = new LinkedHashSet<>();

  private JsonInput(JsonValue value) {
    this.value = value;
  }

  /** Reads a file that holds one JSON document. */
  public static JsonInput read(Path file) {
    return parse(TextFiles.read(file), file.toString());
  }

  /**
   * Reads a document from a text.
   *
   * @param text the document
   * @param source its name in error messages
   */
  public static JsonInput parse(String text, String source) {
    return of(JsonTree.parse(text, source), source, "");
  }

  /** A cursor over a value at a path of a document. */
  static JsonInput of(JsonTree tree, String source, String path) {
    return new JsonInput(new JsonValue(source, path, tree));
  }

  /** The file or other source, as it is named in error messages. */
  public String source() {
    return value.source();
  }

  /** The path of this value in the document; empty for the document itself. */
  public String path() {
    return value.path();
  }

  /** The one-based line on which this value starts. */
  public int line() {
    return value.tree().line();
  }

  /** Whether this value is an array. */
  public boolean isArray() {
    return value.tree() instanceof JsonTree.Arr;
  }

  /** Whether this object has the field, whatever its type; does not count as asking for it. */
  public boolean has(String name) {
    return value.fields().containsKey(name);
  }

  /** Whether this object has the field and it is {@code null}, which every other reader refuses. */
  public boolean isNull(String name) {
    return optional(name) instanceof JsonTree.Null;
  }

  /**
   * This value as plain Java, as {@link JsonOutput} takes it: maps in the order of the document,
   * lists, strings, doubles, longs where the literal is an integer, booleans, null. Does not count
   * as asking for a field.
   */
  public @Nullable Object plain() {
    return JsonValue.plain(value.tree());
  }

  /** A field as plain Java in the same way; {@code null} if it is absent or {@code null}. */
  public @Nullable Object plainField(String name) {
    JsonTree field = optional(name);
    return field == null ? null : JsonValue.plain(field);
  }

  /** The names of this object's fields in the order of the document. */
  public List<String> names() {
    return List.copyOf(value.fields().keySet());
  }

  /** An error about this value: {@code file:line: message in path}. */
  public InputException error(String message) {
    return value.at(line(), message + (path().isEmpty() ? "" : " in " + path()));
  }

  /**
   * An error about a field of this object, at the field's line: {@code file:line: path message}.
   *
   * @param name the field
   * @param message what is wrong, starting with a verb: {@code "must be > 0, got -1"}
   */
  public InputException error(String name, String message) {
    return value.at(lineOf(name), value.child(name) + " " + message);
  }

  /** This value's elements, if it is an array; otherwise this value alone. */
  public List<JsonInput> oneOrMany() {
    return isArray() ? elements() : List.of(this);
  }

  /** This array's elements. */
  public List<JsonInput> elements() {
    return value.elements().stream().map(JsonInput::new).toList();
  }

  /** A field that must be an object. */
  public JsonInput object(String name) {
    JsonValue field = required(name);
    field.fields();
    return new JsonInput(field);
  }

  /** A field that is an object, or absent. */
  public Optional<JsonInput> optionalObject(String name) {
    return optional(name) == null ? Optional.empty() : Optional.of(object(name));
  }

  /** The elements of a field that must be an array. */
  public List<JsonInput> array(String name) {
    return new JsonInput(required(name)).elements();
  }

  /** A field that must be a finite number. */
  public double number(String name) {
    return required(name).number();
  }

  /** A field that is a finite number, or absent. */
  public OptionalDouble optionalNumber(String name) {
    return optional(name) == null ? OptionalDouble.empty() : OptionalDouble.of(number(name));
  }

  /** A field that is a finite number, or {@code otherwise} if it is absent. */
  public double number(String name, double otherwise) {
    return optionalNumber(name).orElse(otherwise);
  }

  /** A field that must be a 32-bit integer. */
  public int integer(String name) {
    long wide = longInteger(name);
    if (wide < Integer.MIN_VALUE || wide > Integer.MAX_VALUE) {
      throw error(name, "must be a 32-bit integer, got " + wide);
    }
    return (int) wide;
  }

  /** A field that is a 32-bit integer, or {@code otherwise} if it is absent. */
  public int integer(String name, int otherwise) {
    return optional(name) == null ? otherwise : integer(name);
  }

  /** A field that must be a 64-bit integer, written without point or exponent. */
  public long longInteger(String name) {
    return required(name).longInteger();
  }

  /** A field that is a 64-bit integer, or {@code otherwise} if it is absent. */
  public long longInteger(String name, long otherwise) {
    return optional(name) == null ? otherwise : longInteger(name);
  }

  /** A field that must be {@code true} or {@code false}, or {@code otherwise} if it is absent. */
  public boolean bool(String name, boolean otherwise) {
    return optional(name) == null ? otherwise : required(name).bool();
  }

  /** A field that must be a string. */
  public String string(String name) {
    return required(name).string();
  }

  /** A field that is a string, or {@code otherwise} if it is absent. */
  public String string(String name, String otherwise) {
    return optional(name) == null ? otherwise : string(name);
  }

  /**
   * A field that must be one of the known strings, for example the {@code "type"} of a family; any
   * other is rejected with the nearest known one.
   */
  public String oneOf(String name, Collection<String> known) {
    String word = string(name);
    if (known.contains(word)) {
      return word;
    }
    throw value.at(
        lineOf(name),
        "unknown " + name + " '" + word + "' in " + value.place() + Nearest.clause(word, known));
  }

  /** As {@link #oneOf(String, Collection)}, or {@code otherwise} if the field is absent. */
  public String oneOf(String name, Collection<String> known, String otherwise) {
    return optional(name) == null ? otherwise : oneOf(name, known);
  }

  /** A field that must be an array of finite numbers. */
  public double[] vector(String name) {
    return required(name).vector();
  }

  /** A field that is an array of finite numbers, or absent. */
  public Optional<double[]> optionalVector(String name) {
    return optional(name) == null ? Optional.empty() : Optional.of(vector(name));
  }

  /**
   * A field that must be a rectangular array of arrays of finite numbers, by rows, with at least
   * one row and one column.
   */
  public double[][] matrix(String name) {
    return required(name).matrix();
  }

  /** A field that must be an array of vectors, which may differ in length. */
  public List<double[]> vectors(String name) {
    return required(name).elements().stream().map(JsonValue::vector).toList();
  }

  /** A field that must be an array of matrices, each as in {@link #matrix(String)}. */
  public List<double[][]> matrices(String name) {
    return required(name).elements().stream().map(JsonValue::matrix).toList();
  }

  /**
   * Ends the reading of this object: every field must have been asked for.
   *
   * @throws InputException naming the first unknown field and the nearest known one
   */
  public void finish() {
    for (String name : value.fields().keySet()) {
      if (!asked.contains(name)) {
        throw unknownField(name, asked);
      }
    }
  }

  private InputException unknownField(String name, Collection<String> known) {
    return value.at(
        lineOf(name),
        "unknown field '" + name + "' in " + value.place() + Nearest.clause(name, known));
  }

  private int lineOf(String name) {
    JsonTree field = value.fields().get(name);
    return field == null ? line() : field.line();
  }

  private @Nullable JsonTree optional(String name) {
    asked.add(name);
    return value.fields().get(name);
  }

  private JsonValue required(String name) {
    JsonTree field = optional(name);
    if (field != null) {
      return new JsonValue(source(), value.child(name), field);
    }
    // A single slip of the finger is reported as what it is. Two would confuse betaMin and betaMax.
    for (String present : value.fields().keySet()) {
      if (!asked.contains(present) && Nearest.distance(present, name) == 1) {
        throw unknownField(present, List.of(name));
      }
    }
    throw error("missing field '" + name + "'");
  }
}
