package org.scorebound.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.scorebound.result.Labelled;
import org.scorebound.result.NonFiniteAllowed;

/**
 * Writes results as JSON, the same bytes for the same values on every machine.
 *
 * <p>Accepted: records (fields in the order of their components), {@link SequencedMap}s (in their
 * order), other maps with string keys (sorted), iterables, arrays of {@code double}, {@code int},
 * {@code long} or of any of these, strings, booleans, numbers, enums ({@link Labelled#label()} or
 * the name), paths. A record component that is {@code null} or an empty {@code Optional} is left
 * out. A {@link JsonText} is copied in the layout of the document around it.
 *
 * <p>Doubles are the shortest decimal that reads back to the same value ({@link
 * Double#toString(double)}). JSON has no non-finite numbers: in record components marked {@link
 * NonFiniteAllowed} they are the strings {@code "Infinity"}, {@code "-Infinity"} and {@code "NaN"};
 * anywhere else they are a defect of the program and rejected. Lines end in LF.
 */
public final class JsonOutput {

  private JsonOutput() {}

  /** Writes a document to a file, whole or not at all. */
  public static void write(Path target, Object document) {
    AtomicFile.write(target, out -> write(out, document));
  }

  /** The document as a text that ends in a line break. */
  public static String toString(Object document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      document(generator, document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** The document on one line, without a line break and without spaces. */
  public static String toLine(Object document) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
      value(generator, document, false, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(OutputStream out, Object document) throws IOException {
    JsonGenerator generator = new JsonFactory().createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    try (generator) {
      document(generator, document);
    }
  }

  private static void document(JsonGenerator generator, Object document) throws IOException {
    Separators separators =
        Separators.createDefaultInstance()
            .withRootSeparator(null)
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    generator.setPrettyPrinter(
        new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n")));
    value(generator, document, false, "");
    generator.writeRaw('\n');
  }

  private static void value(
      JsonGenerator generator, @Nullable Object value, boolean nonFinite, String path)
      throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String string -> generator.writeString(string);
      case Boolean bool -> generator.writeBoolean(bool);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> number(generator, number, nonFinite, path);
      case Labelled labelled -> generator.writeString(labelled.label());
      case Enum<?> constant -> generator.writeString(constant.name());
      case Path file -> generator.writeString(file.toString());
      case JsonText json -> json.copyTo(generator);
      case Record row -> row(generator, row, path);
      case Map<?, ?> map -> map(generator, map, nonFinite, path);
      case double[] vector -> {
        generator.writeStartArray();
        for (int i = 0; i < vector.length; i++) {
          number(generator, vector[i], nonFinite, path + "[" + i + "]");
        }
        generator.writeEndArray();
      }
      case int[] vector -> generator.writeArray(vector, 0, vector.length);
      case long[] vector -> generator.writeArray(vector, 0, vector.length);
      case Object[] array -> sequence(generator, Arrays.asList(array), nonFinite, path);
      case Iterable<?> list -> sequence(generator, list, nonFinite, path);
      default ->
          throw new IllegalArgumentException(
              "JSON has no form for " + value.getClass().getName() + " at '" + path + "'");
    }
  }

  private static void sequence(
      JsonGenerator generator, Iterable<?> list, boolean nonFinite, String path)
      throws IOException {
    generator.writeStartArray();
    int i = 0;
    for (Object element : list) {
      value(generator, element, nonFinite, path + "[" + i + "]");
      i++;
    }
    generator.writeEndArray();
  }

  private static void map(JsonGenerator generator, Map<?, ?> map, boolean nonFinite, String path)
      throws IOException {
    Map<?, ?> ordered = map instanceof SequencedMap ? map : new TreeMap<>(map);
    generator.writeStartObject();
    for (Map.Entry<?, ?> entry : ordered.entrySet()) {
      String name = String.valueOf(entry.getKey());
      generator.writeFieldName(name);
      value(generator, entry.getValue(), nonFinite, child(path, name));
    }
    generator.writeEndObject();
  }

  private static void row(JsonGenerator generator, Record row, String path) throws IOException {
    generator.writeStartObject();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object content = content(read(component, row));
      if (content != null) {
        generator.writeFieldName(component.getName());
        boolean nonFinite = component.isAnnotationPresent(NonFiniteAllowed.class);
        value(generator, content, nonFinite, child(path, component.getName()));
      }
    }
    generator.writeEndObject();
  }

  private static @Nullable Object read(RecordComponent component, Record row) {
    Method accessor = component.getAccessor();
    try {
      AccessibleObject.setAccessible(new AccessibleObject[] {accessor}, true);
      return accessor.invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("record component " + component + " cannot be read", e);
    }
  }

  /** What an optional holds, {@code null} if nothing; any other value as it is. */
  private static @Nullable Object content(@Nullable Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.orElse(null);
      case OptionalDouble optional -> optional.isPresent() ? optional.getAsDouble() : null;
      case OptionalInt optional -> optional.isPresent() ? optional.getAsInt() : null;
      case OptionalLong optional -> optional.isPresent() ? optional.getAsLong() : null;
      case null -> null;
      default -> value;
    };
  }

  private static void number(JsonGenerator generator, double x, boolean nonFinite, String path)
      throws IOException {
    if (Double.isFinite(x)) {
      generator.writeNumber(x);
    } else if (nonFinite) {
      generator.writeString(Double.toString(x));
    } else {
      throw new IllegalArgumentException(
          "'" + path + "' must be finite in a result document, got " + x);
    }
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
