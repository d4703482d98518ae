package org.scorebound.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON document as a tree that remembers the line of every value, which Jackson's own tree does
 * not. Strict JSON: no comments, no bare NaN, no name twice in an object, nothing after the end.
 */
sealed interface JsonTree {

  /** One-based line of the first character of the value. */
  int line();

  /** An object; the fields keep the order of the document. */
  record Obj(Map<String, JsonTree> fields, int line) implements JsonTree {}

  /** An array. */
  record Arr(List<JsonTree> elements, int line) implements JsonTree {}

  /** A string. */
  record Str(String value, int line) implements JsonTree {}

  /** A number as it was written. */
  record Num(String literal, int line) implements JsonTree {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value, int line) implements JsonTree {}

  /** {@code null}. */
  record Null(int line) implements JsonTree {}

  /**
   * Parses one document.
   *
   * @param text the document
   * @param source its name in error messages
   * @throws InputException with source, line and column if it is not strict JSON
   */
  static JsonTree parse(String text, String source) {
    JsonFactory factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = factory.createParser(text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InputException(source + ": is empty, a JSON document is needed");
      }
      JsonTree tree = value(parser, first);
      if (parser.nextToken() != null) {
        throw new InputException(
            source
                + ":"
                + parser.currentTokenLocation().getLineNr()
                + ":"
                + parser.currentTokenLocation().getColumnNr()
                + ": not valid JSON: text after the end of the document");
      }
      return tree;
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      String message = e.getOriginalMessage();
      // Jackson goes on to name a feature of its own that would let it pass.
      int hint = message.indexOf(": enable ");
      String what = hint < 0 ? message : message.substring(0, hint) + " (numbers must be finite)";
      throw new InputException(source + place + ": not valid JSON: " + what, e);
    } catch (IOException e) {
      throw new InputException(source + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /** The value that starts with this token. */
  static JsonTree value(JsonParser parser, JsonToken token) throws IOException {
    int line = parser.currentTokenLocation().getLineNr();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, JsonTree> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          fields.put(name, value(parser, parser.nextToken()));
        }
        yield new Obj(fields, line);
      }
      case START_ARRAY -> {
        List<JsonTree> elements = new ArrayList<>();
        JsonToken next = parser.nextToken();
        while (next != JsonToken.END_ARRAY) {
          elements.add(value(parser, next));
          next = parser.nextToken();
        }
        yield new Arr(elements, line);
      }
      case VALUE_STRING -> new Str(parser.getText(), line);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText(), line);
      case VALUE_TRUE -> new Bool(true, line);
      case VALUE_FALSE -> new Bool(false, line);
      case VALUE_NULL -> new Null(line);
      default -> throw new IllegalStateException("token " + token + " where a value starts");
    };
  }
}
