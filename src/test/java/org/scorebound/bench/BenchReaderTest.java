package org.scorebound.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebound.io.JsonOutput;

/** The committed reference document, read and written again. */
class BenchReaderTest {

  private static final Path REFERENCE =
      Path.of("..", "reports", "bench-reference.json").toAbsolutePath().normalize();

  @Test
  void rowsComeBackWithTheDigitsTheyHad() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode document = mapper.readTree(Files.readString(REFERENCE));
    BenchDocument read = BenchReader.read(REFERENCE);
    JsonNode rows = mapper.readTree(JsonOutput.toString(read.rows()));
    assertThat(rows).isNotEmpty().hasSameSizeAs(document.path("rows"));
    for (int i = 0; i < rows.size(); i++) {
      assertThat(withoutRun(rows.get(i)))
          .isEqualTo(withoutRun(document.path("rows").get(i)).toString());
    }
    assertThat(mapper.readTree(JsonOutput.toString(read.failures())))
        .hasSameSizeAs(document.path("failures"));
    assertThat(mapper.readTree(JsonOutput.toString(read.newest().roof())))
        .isEqualTo(document.path("roof"));
  }

  /** The text, so that the order of the fields counts as well. */
  private static String withoutRun(JsonNode row) {
    ObjectNode copy = row.deepCopy();
    copy.remove("run");
    return copy.toString();
  }

  @Test
  void figuresOfTheReferenceAreThoseOfItsRows() throws IOException {
    BenchDocument read = BenchReader.read(REFERENCE);
    JsonNode document = new ObjectMapper().readTree(Files.readString(REFERENCE));
    List<Figure.Measured> figures = Figure.ALL.stream().map(f -> f.in(read.rows())).toList();
    assertThat(document.path("figures")).hasSameSizeAs(figures);
    for (int i = 0; i < figures.size(); i++) {
      assertThat(figures.get(i).value().orElseThrow())
          .isEqualTo(document.path("figures").get(i).path("value").asDouble());
    }
  }
}
