package org.scorebound.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A JSON value that is there as text already. {@link JsonOutput} writes it in the layout of the
 * document around it and copies the literal of every number, so a value that was once written by
 * {@link JsonOutput#toLine} comes out with the bytes it would have had in the first place.
 *
 * @param text one JSON value
 */
public record JsonText(String text) {

  /**
   * Writes the value.
   *
   * @throws IllegalArgumentException if the text is not one JSON value
   */
  void copyTo(JsonGenerator generator) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += parser.getParsingContext().inRoot() ? 1 : 0;
        copy(generator, parser, token);
      }
      if (values == 0) {
        throw new IllegalArgumentException("text must be a JSON value, got nothing");
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("text must be a JSON value: " + e.getOriginalMessage(), e);
    }
  }

  private static void copy(JsonGenerator generator, JsonParser parser, JsonToken token)
      throws IOException {
    switch (token) {
      case START_OBJECT -> generator.writeStartObject();
      case END_OBJECT -> generator.writeEndObject();
      case START_ARRAY -> generator.writeStartArray();
      case END_ARRAY -> generator.writeEndArray();
      case FIELD_NAME -> generator.writeFieldName(parser.currentName());
      case VALUE_STRING -> generator.writeString(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> generator.writeNumber(parser.getText());
      case VALUE_TRUE -> generator.writeBoolean(true);
      case VALUE_FALSE -> generator.writeBoolean(false);
      case VALUE_NULL -> generator.writeNull();
      default -> throw new IllegalStateException("token " + token + " in a JSON text");
    }
  }
}
