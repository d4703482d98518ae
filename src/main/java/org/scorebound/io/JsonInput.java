package org.scorebound.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

  private final String source;
  private final String path;
  private final JsonTree tree;
  private final Set<String> asked = new LinkedHashSet<>();

  private JsonInput(String source, String path, JsonTree tree) {
    this.source = source;
    this.path = path;
    this.tree = tree;
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
    return new JsonInput(source, "", JsonTree.parse(text, source));
  }

  /** A cursor over a value at a path of a document. */
  static JsonInput of(JsonTree tree, String source, String path) {
    return new JsonInput(source, path, tree);
  }

  /** The file or other source, as it is named in error messages. */
  public String source() {
    return source;
  }

  /** The path of this value in the document; empty for the document itself. */
  public String path() {
    return path;
  }

  /** The one-based line on which this value starts. */
  public int line() {
    return tree.line();
  }

  /** Whether this value is an array. */
  public boolean isArray() {
    return tree instanceof JsonTree.Arr;
  }

  /** Whether this object has the field, whatever its type; does not count as asking for it. */
  public boolean has(String name) {
    return fields().containsKey(name);
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
    return plain(tree);
  }

  /** A field as plain Java in the same way; {@code null} if it is absent or {@code null}. */
  public @Nullable Object plainField(String name) {
    JsonTree field = optional(name);
    return field == null ? null : plain(field);
  }

  private static @Nullable Object plain(JsonTree value) {
    return switch (value) {
      case JsonTree.Obj object -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.fields().forEach((name, field) -> map.put(name, plain(field)));
        yield map;
      }
      case JsonTree.Arr array -> {
        List<@Nullable Object> list = new ArrayList<>();
        array.elements().forEach(element -> list.add(plain(element)));
        yield list;
      }
      case JsonTree.Str text -> text.value();
      case JsonTree.Num number ->
          number.literal().matches("-?[0-9]{1,18}")
              ? (Object) Long.valueOf(number.literal())
              : (Object) Double.valueOf(number.literal());
      case JsonTree.Bool bool -> bool.value();
      case JsonTree.Null nothing -> null;
    };
  }

  /** The names of this object's fields in the order of the document. */
  public List<String> names() {
    return List.copyOf(fields().keySet());
  }

  /** An error about this value: {@code file:line: message in path}. */
  public InputException error(String message) {
    return at(tree.line(), message + (path.isEmpty() ? "" : " in " + path));
  }

  /**
   * An error about a field of this object, at the field's line: {@code file:line: path message}.
   *
   * @param name the field
   * @param message what is wrong, starting with a verb: {@code "must be > 0, got -1"}
   */
  public InputException error(String name, String message) {
    return at(lineOf(name), child(name) + " " + message);
  }

  /** This value's elements, if it is an array; otherwise this value alone. */
  public List<JsonInput> oneOrMany() {
    return isArray() ? elements() : List.of(this);
  }

  /** This array's elements. */
  public List<JsonInput> elements() {
    if (!(tree instanceof JsonTree.Arr array)) {
      throw wrong(tree, path, "an array");
    }
    List<JsonInput> cursors = new ArrayList<>();
    List<JsonTree> elements = array.elements();
    for (int i = 0; i < elements.size(); i++) {
      cursors.add(new JsonInput(source, path + "[" + i + "]", elements.get(i)));
    }
    return cursors;
  }

  /** A field that must be an object. */
  public JsonInput object(String name) {
    JsonTree field = required(name);
    if (!(field instanceof JsonTree.Obj)) {
      throw wrong(field, child(name), "an object");
    }
    return new JsonInput(source, child(name), field);
  }

  /** A field that is an object, or absent. */
  public Optional<JsonInput> optionalObject(String name) {
    return optional(name) == null ? Optional.empty() : Optional.of(object(name));
  }

  /** The elements of a field that must be an array. */
  public List<JsonInput> array(String name) {
    return new JsonInput(source, child(name), required(name)).elements();
  }

  /** A field that must be a finite number. */
  public double number(String name) {
    return finite(required(name), child(name));
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
    long value = longInteger(name);
    if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
      throw error(name, "must be a 32-bit integer, got " + value);
    }
    return (int) value;
  }

  /** A field that is a 32-bit integer, or {@code otherwise} if it is absent. */
  public int integer(String name, int otherwise) {
    return optional(name) == null ? otherwise : integer(name);
  }

  /** A field that must be a 64-bit integer, written without point or exponent. */
  public long longInteger(String name) {
    JsonTree field = required(name);
    if (field instanceof JsonTree.Num number) {
      try {
        return Long.parseLong(number.literal());
      } catch (NumberFormatException e) {
        throw error(name, "must be an integer, got " + number.literal());
      }
    }
    throw wrong(field, child(name), "an integer");
  }

  /** A field that is a 64-bit integer, or {@code otherwise} if it is absent. */
  public long longInteger(String name, long otherwise) {
    return optional(name) == null ? otherwise : longInteger(name);
  }

  /** A field that must be {@code true} or {@code false}, or {@code otherwise} if it is absent. */
  public boolean bool(String name, boolean otherwise) {
    JsonTree field = optional(name);
    if (field == null) {
      return otherwise;
    }
    if (field instanceof JsonTree.Bool bool) {
      return bool.value();
    }
    throw wrong(field, child(name), "true or false");
  }

  /** A field that must be a string. */
  public String string(String name) {
    JsonTree field = required(name);
    if (field instanceof JsonTree.Str string) {
      return string.value();
    }
    throw wrong(field, child(name), "a string");
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
    String value = string(name);
    if (known.contains(value)) {
      return value;
    }
    throw at(
        lineOf(name),
        "unknown " + name + " '" + value + "' in " + here() + Nearest.clause(value, known));
  }

  /** As {@link #oneOf(String, Collection)}, or {@code otherwise} if the field is absent. */
  public String oneOf(String name, Collection<String> known, String otherwise) {
    return optional(name) == null ? otherwise : oneOf(name, known);
  }

  /** A field that must be an array of finite numbers. */
  public double[] vector(String name) {
    return vector(required(name), child(name));
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
    return matrix(required(name), child(name));
  }

  /** A field that is a matrix as in {@link #matrix(String)}, or absent. */
  public Optional<double[][]> optionalMatrix(String name) {
    return optional(name) == null ? Optional.empty() : Optional.of(matrix(name));
  }

  /** A field that must be an array of vectors, which may differ in length. */
  public List<double[]> vectors(String name) {
    List<double[]> vectors = new ArrayList<>();
    for (JsonInput element : array(name)) {
      vectors.add(element.vector(element.tree, element.path));
    }
    return vectors;
  }

  /** A field that must be an array of matrices, each as in {@link #matrix(String)}. */
  public List<double[][]> matrices(String name) {
    List<double[][]> matrices = new ArrayList<>();
    for (JsonInput element : array(name)) {
      matrices.add(element.matrix(element.tree, element.path));
    }
    return matrices;
  }

  /**
   * Ends the reading of this object: every field must have been asked for.
   *
   * @throws InputException naming the first unknown field and the nearest known one
   */
  public void finish() {
    for (String name : fields().keySet()) {
      if (!asked.contains(name)) {
        throw unknownField(name, asked);
      }
    }
  }

  private InputException unknownField(String name, Collection<String> known) {
    return at(
        lineOf(name), "unknown field '" + name + "' in " + here() + Nearest.clause(name, known));
  }

  private InputException at(int line, String message) {
    return new InputException(source + ":" + line + ": " + message);
  }

  private int lineOf(String name) {
    JsonTree field = fields().get(name);
    return field == null ? tree.line() : field.line();
  }

  private Map<String, JsonTree> fields() {
    if (tree instanceof JsonTree.Obj object) {
      return object.fields();
    }
    throw wrong(tree, path, "an object");
  }

  private @Nullable JsonTree optional(String name) {
    asked.add(name);
    return fields().get(name);
  }

  private JsonTree required(String name) {
    JsonTree field = optional(name);
    if (field != null) {
      return field;
    }
    // A single slip of the finger is reported as what it is. Two would confuse betaMin and betaMax.
    for (String present : fields().keySet()) {
      if (!asked.contains(present) && Nearest.distance(present, name) == 1) {
        throw unknownField(present, List.of(name));
      }
    }
    throw error("missing field '" + name + "'");
  }

  private double finite(JsonTree value, String where) {
    if (!(value instanceof JsonTree.Num written)) {
      throw wrong(value, where, "a number");
    }
    double number = Double.parseDouble(written.literal());
    if (!Double.isFinite(number)) {
      throw at(value.line(), where + " must be a finite double, got " + written.literal());
    }
    return number;
  }

  private double[] vector(JsonTree value, String where) {
    if (!(value instanceof JsonTree.Arr array)) {
      throw wrong(value, where, "an array of numbers");
    }
    List<JsonTree> elements = array.elements();
    double[] vector = new double[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = finite(elements.get(i), where + "[" + i + "]");
    }
    return vector;
  }

  private double[][] matrix(JsonTree value, String where) {
    if (!(value instanceof JsonTree.Arr array)) {
      throw wrong(value, where, "an array of rows");
    }
    List<JsonTree> rows = array.elements();
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = vector(rows.get(i), where + "[" + i + "]");
      if (matrix[i].length != matrix[0].length) {
        throw at(
            rows.get(i).line(),
            "rows of "
                + where
                + " differ in length: row 0 has "
                + matrix[0].length
                + ", row "
                + i
                + " has "
                + matrix[i].length);
      }
    }
    if (matrix.length == 0 || matrix[0].length == 0) {
      throw at(value.line(), where + " must have at least one row and column");
    }
    return matrix;
  }

  private InputException wrong(JsonTree value, String where, String wanted) {
    return at(
        value.line(),
        (where.isEmpty() ? "the document" : where)
            + " must be "
            + wanted
            + ", got "
            + describe(value));
  }

  private static String describe(JsonTree value) {
    return switch (value) {
      case JsonTree.Obj object -> "an object";
      case JsonTree.Arr array -> "an array";
      case JsonTree.Str string -> "the string '" + abbreviate(string.value()) + "'";
      case JsonTree.Num number -> "the number " + number.literal();
      case JsonTree.Bool bool -> String.valueOf(bool.value());
      case JsonTree.Null none -> "null";
    };
  }

  private static String abbreviate(String text) {
    return text.length() <= 40 ? text : text.substring(0, 37) + "...";
  }

  private String here() {
    return path.isEmpty() ? "the document" : path;
  }

  private String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
