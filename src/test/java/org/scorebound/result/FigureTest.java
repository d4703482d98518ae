package org.scorebound.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scorebound.io.JsonOutput;

/** Figures and tables refuse what cannot be drawn, and what they write follows the schema. */
class FigureTest {

  private static final Quantity T = Quantity.linear("t", "s");
  private static final Quantity LOSS = Quantity.log("loss", "");

  private static final Series LINE =
      Series.line("a", new double[] {0, 1, 2}, new double[] {3, Double.NaN, 5})
          .within(new double[] {2, Double.NaN, 4}, new double[] {4, Double.NaN, 6})
          .labelled(List.of("p", "q", "r"));

  private static JsonSchema schema() {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(
            SchemaLocation.of(
                Path.of("..", "docs", "schema", "figures.schema.json")
                    .toAbsolutePath()
                    .normalize()
                    .toUri()
                    .toString()));
  }

  private static JsonNode everything() throws IOException {
    Heat heat =
        Heat.of(
            new double[] {0, 1, 2},
            new double[] {0, 1},
            new double[][] {{1, Double.NaN}},
            "lambda_max");
    Table table =
        new Table(
            "rows",
            "Rows",
            "",
            List.of(Table.Column.text("name"), Table.Column.number("time", "s")),
            List.of(Arrays.asList("x", 1.5), Arrays.asList("y", null)));
    return new ObjectMapper()
        .readTree(
            JsonOutput.toString(
                Map.of(
                    "figures",
                    List.of(
                        Figure.xy("one", "One", "", T, LOSS, List.of(LINE))
                            .with(List.of(new Figure.Reference("limit", Figure.Across.Y, 1))),
                        Figure.heat("two-2", "Two", "c", T, T, heat, List.of()),
                        Figure.bars(
                            "three",
                            "Three",
                            "",
                            T,
                            T,
                            List.of(Series.bars("b", List.of("u", "v"), new double[] {1, 2})))),
                    "tables",
                    List.of(table))));
  }

  @Test
  void writesWhatTheSchemaSays() throws IOException {
    JsonNode document = everything();
    assertThat(schema().validate(document)).isEmpty();
    assertThat(document.at("/figures/0/series/0/y/1").isNull()).isTrue();
    assertThat(document.at("/figures/0/series/0/lower/1").isNull()).isTrue();
    assertThat(document.at("/figures/0/references/0/axis").asText()).isEqualTo("y");
    assertThat(document.at("/figures/0").has("heat")).isFalse();
    assertThat(document.at("/figures/1/heat/values/0/1").isNull()).isTrue();
    assertThat(document.at("/figures/2/kind").asText()).isEqualTo("bars");
    assertThat(document.at("/tables/0/rows/1/1").isNull()).isTrue();
  }

  @Test
  void schemaRefusesWhatIsMisspelt() throws IOException {
    JsonNode document = everything();
    ((com.fasterxml.jackson.databind.node.ObjectNode) document.at("/figures/0/series/0"))
        .put("stlye", "line");
    assertThat(schema().validate(document)).isNotEmpty();
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    assertThatThrownBy(() -> Series.line("a", new double[2], new double[3]))
        .hasMessageContaining("y of 'a' must be as long as x, 2, got 3");
    assertThatThrownBy(
            () -> Series.line("a", new double[1], new double[] {Double.POSITIVE_INFINITY}))
        .hasMessageContaining("y of 'a'[0] must be finite or null, got Infinity");
    assertThatThrownBy(() -> Figure.xy("Two words", "t", "", T, T, List.of(LINE)))
        .hasMessageContaining("got 'Two words'");
    assertThatThrownBy(() -> Figure.xy("a", "t", "", T, T, List.of()))
        .hasMessageContaining("must not be empty");
    assertThatThrownBy(
            () ->
                Figure.bars(
                    "a", "t", "", T, T, List.of(Series.points("a", new double[1], new double[1]))))
        .hasMessageContaining("same labels");
    assertThatThrownBy(
            () -> Heat.of(new double[] {0, 0}, new double[] {0, 1}, new double[][] {{1}}, "v"))
        .hasMessageContaining("xEdges must be finite and increase");
    assertThatThrownBy(
            () ->
                new Table(
                    "a",
                    "t",
                    "",
                    List.of(Table.Column.number("time", "s")),
                    List.of(List.of("fast"))))
        .hasMessageContaining("cell 'time' of rows[0] must be a finite number or null, got fast");
  }
}
