package org.scorebound.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a document and where it stands, read as the type that is wanted of it or refused by
 * an {@link InputException} of the form {@code file:line: path must be what is wanted, got what it
 * is}.
 *
 * @param source the file or other source
 * @param path the path in the document; empty for the document itself
 * @param tree the value
 */
record JsonValue(String source, String path, JsonTree tree) {

  /** The path, or what stands for it where it is empty. */
  String place() {
    return path.isEmpty() ? "the document" : path;
  }

  /** The path of a field of this object. */
  String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** An error at a line of this source. */
  InputException at(int line, String message) {
    return new InputException(source + ":" + line + ": " + message);
  }

  private InputException wrong(String wanted) {
    return at(tree.line(), place() + " must be " + wanted + ", got " + describe(tree));
  }

  /** The fields of an object. */
  Map<String, JsonTree> fields() {
    if (tree instanceof JsonTree.Obj object) {
      return object.fields();
    }
    throw wrong("an object");
  }

  /** The elements of an array. */
  List<JsonValue> elements() {
    return elements("an array");
  }

  private List<JsonValue> elements(String wanted) {
    if (!(tree instanceof JsonTree.Arr array)) {
      throw wrong(wanted);
    }
    List<JsonValue> values = new ArrayList<>(array.elements().size());
    for (JsonTree element : array.elements()) {
      values.add(new JsonValue(source, path + "[" + values.size() + "]", element));
    }
    return values;
  }

  /** A finite number. */
  double number() {
    if (!(tree instanceof JsonTree.Num written)) {
      throw wrong("a number");
    }
    double number = Double.parseDouble(written.literal());
    if (!Double.isFinite(number)) {
      throw at(tree.line(), path + " must be a finite double, got " + written.literal());
    }
    return number;
  }

  /** A 64-bit integer, written without point or exponent. */
  long longInteger() {
    if (!(tree instanceof JsonTree.Num written)) {
      throw wrong("an integer");
    }
    try {
      return Long.parseLong(written.literal());
    } catch (NumberFormatException e) {
      throw at(tree.line(), path + " must be an integer, got " + written.literal());
    }
  }

  boolean bool() {
    if (tree instanceof JsonTree.Bool bool) {
      return bool.value();
    }
    throw wrong("true or false");
  }

  String string() {
    if (tree instanceof JsonTree.Str string) {
      return string.value();
    }
    throw wrong("a string");
  }

  /** An array of finite numbers. */
  double[] vector() {
    List<JsonValue> elements = elements("an array of numbers");
    double[] vector = new double[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = elements.get(i).number();
    }
    return vector;
  }

  /** A rectangular array of arrays of finite numbers, by rows, at least 1 x 1. */
  double[][] matrix() {
    List<JsonValue> rows = elements("an array of rows");
    double[][] matrix = new double[rows.size()][];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = rows.get(i).vector();
      if (matrix[i].length != matrix[0].length) {
        throw at(
            rows.get(i).tree.line(),
            "rows of "
                + path
                + " differ in length: row 0 has "
                + matrix[0].length
                + ", row "
                + i
                + " has "
                + matrix[i].length);
      }
    }
    if (matrix.length == 0 || matrix[0].length == 0) {
      throw at(tree.line(), path + " must have at least one row and column");
    }
    return matrix;
  }

  /** As plain Java; see {@link JsonInput#plain}. */
  static @Nullable Object plain(JsonTree value) {
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
}
