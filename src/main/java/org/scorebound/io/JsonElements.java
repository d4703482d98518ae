package org.scorebound.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads the elements of a large document's lists one by one. Memory: one element. */
public final class JsonElements {

  private JsonElements() {}

  /**
   * Hands over every element of some of the document's lists, in the order of the document.
   *
   * @param fields names of lists of the document itself; those that it lacks are passed over
   * @param visitor takes the list's name and the element
   * @throws InputException in one line if the document cannot be read
   */
  public static void forEach(Path file, Set<String> fields, BiConsumer<String, JsonInput> visitor) {
    try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InputException(file + ":1: the document must be an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value != JsonToken.START_ARRAY || !fields.contains(name)) {
          parser.skipChildren();
          continue;
        }
        int i = 0;
        for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
          visitor.accept(
              name,
              JsonInput.of(JsonTree.value(parser, t), file.toString(), name + "[" + i++ + "]"));
        }
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          file + ":" + e.getLocation().getLineNr() + ": not valid JSON: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }
}
