package org.scorebound.experiment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.scorebound.io.JsonInput;
import org.scorebound.io.JsonOutput;

/**
 * What a task has found: named arrays of numbers, NaN and infinities allowed, and named words. On
 * one line of text the numbers are the base 64 of their little-endian bits, so that they come back
 * as they were.
 */
final class Columns {

  private final SequencedMap<String, double[]> numbers = new LinkedHashMap<>();
  private final SequencedMap<String, String> words = new LinkedHashMap<>();

  /** Puts an array, replacing one of that name. */
  Columns put(String name, double... values) {
    numbers.put(name, values);
    return this;
  }

  /** Puts a word. */
  Columns put(String name, String word) {
    words.put(name, word);
    return this;
  }

  /** The array of that name. */
  double[] get(String name) {
    double[] values = numbers.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no column '" + name + "', there are " + numbers.keySet());
    }
    return values;
  }

  /** The only number of that name. */
  double number(String name) {
    return get(name)[0];
  }

  /** The last number of that name. */
  double last(String name) {
    double[] values = get(name);
    return values[values.length - 1];
  }

  /** Whether there is an array of that name. */
  boolean has(String name) {
    return numbers.containsKey(name);
  }

  /** The word of that name, or nothing. */
  String word(String name) {
    return words.getOrDefault(name, "");
  }

  /** The same arrays and words under the same names; the arrays are not copied. */
  Columns copy() {
    Columns copy = new Columns();
    copy.numbers.putAll(numbers);
    copy.words.putAll(words);
    return copy;
  }

  /** Removes the arrays whose names start so. */
  void remove(String prefix) {
    numbers.keySet().removeIf(name -> name.startsWith(prefix));
  }

  /** All of it on one line. */
  String toLine(String key) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", key);
    Map<String, String> encoded = new LinkedHashMap<>();
    numbers.forEach((name, values) -> encoded.put(name, encode(values)));
    json.put("numbers", encoded);
    json.put("words", words);
    return JsonOutput.toLine(json);
  }

  /** Reads what {@link #toLine} wrote. */
  static Columns parse(JsonInput in) {
    Columns columns = new Columns();
    JsonInput encoded = in.object("numbers");
    for (String name : encoded.names()) {
      columns.put(name, decode(encoded.string(name)));
    }
    JsonInput words = in.object("words");
    for (String name : words.names()) {
      columns.put(name, words.string(name));
    }
    return columns;
  }

  private static String encode(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static double[] decode(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
