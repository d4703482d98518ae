package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.ParquetFile;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What other programs get: CSV, Parquet as an independent reader reads it, and JUnit XML. */
class ExportTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void parquetReadsBackBitByBit() throws IOException {
    double[] numbers = {
      0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1e-300, Math.PI, 1 / 3.0, 4.0, -1e17, 2.5
    };
    List<List<@Nullable Object>> rows = new ArrayList<>();
    // More than one group of rows, and counts that are no multiple of eight.
    for (int i = 0; i < 70_003; i++) {
      rows.add(
          Arrays.asList(
              i % 3 == 0 ? null : numbers[i % numbers.length],
              (long) i * 1_000_003_000L - 7,
              i % 5 == 0 ? null : i % 2 == 0,
              i % 7 == 0 ? null : "name " + i + (i == 11 ? ", \"ü\"\n" : ""),
              null));
    }
    Path file = folder.resolve("t.parquet");
    ParquetFile.write(
        file,
        List.of(
            new ParquetFile.Column("number", ParquetFile.Type.DOUBLE),
            new ParquetFile.Column("count", ParquetFile.Type.INT64),
            new ParquetFile.Column("yes", ParquetFile.Type.BOOLEAN),
            new ParquetFile.Column("text", ParquetFile.Type.STRING),
            new ParquetFile.Column("nothing", ParquetFile.Type.STRING)),
        rows,
        Map.of("a", "b"));
    int i = 0;
    try (ParquetFileReader parquet = ParquetFileReader.open(InputFile.of(file));
        RowReader reader = parquet.rowReader()) {
      while (reader.hasNext()) {
        reader.next();
        List<@Nullable Object> read = new ArrayList<>();
        read.add(reader.isNull("number") ? null : reader.getDouble("number"));
        read.add(reader.isNull("count") ? null : reader.getLong("count"));
        read.add(reader.isNull("yes") ? null : reader.getBoolean("yes"));
        read.add(reader.isNull("text") ? null : reader.getString("text"));
        read.add(reader.isNull("nothing") ? null : reader.getString("nothing"));
        if (!read.equals(rows.get(i))) {
          assertThat(read).as("row %d", i).isEqualTo(rows.get(i));
        }
        i++;
      }
    }
    assertThat(i).isEqualTo(rows.size());
  }

  @Test
  void emptyTableIsAFileToo() throws IOException {
    Path file = folder.resolve("empty.parquet");
    ParquetFile.write(
        file,
        List.of(new ParquetFile.Column("number", ParquetFile.Type.DOUBLE)),
        List.of(),
        Map.of());
    try (ParquetFileReader parquet = ParquetFileReader.open(InputFile.of(file));
        RowReader reader = parquet.rowReader()) {
      assertThat(reader.hasNext()).isFalse();
    }
  }

  @Test
  void everyListTableAndFigureOfADocumentIsATable() throws IOException {
    Map<String, Export> verify = Export.of(ResultFile.read(Examples.verify(folder)));
    assertThat(verify.keySet())
        .containsExactly(
            "families", "equality-cases", "controls", "failures", "results", "figure-ratio");
    Path csv = folder.resolve("results.csv");
    export(verify, "results").csv(csv);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(6);
    assertThat(lines.getFirst()).startsWith("id,name,family,w2.").contains("bound.logValue");
    List<String> header = List.of(lines.getFirst().split(",", -1));
    List<String> first = List.of(lines.get(1).split(",", -1));
    assertThat(first.get(header.indexOf("w2.value"))).isEqualTo("0.5");
    assertThat(first.get(header.indexOf("bound.lower"))).isEqualTo(Double.toString(0.99 * 0.75));
    assertThat(first.get(header.indexOf("reason"))).isEqualTo("\"\"");
    // A bound that does not exist is an empty field, not 0.
    List<String> last = List.of(lines.get(5).split(",", -1));
    assertThat(last.get(header.indexOf("bound.value"))).isEmpty();

    Map<String, Export> demo = Export.of(ResultFile.read(Examples.generic(folder)));
    assertThat(demo.keySet())
        .containsExactly(
            "numbers", "figure-lines", "figure-bars", "figure-heat", "figure-heat-cells");
    Path parquet = folder.resolve("numbers.parquet");
    export(demo, "numbers").parquet(parquet, Map.of());
    try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(parquet));
        RowReader reader = file.rowReader()) {
      reader.next();
      reader.next();
      assertThat(reader.getString("name")).isEqualTo("row f");
      assertThat(reader.getDouble("time (s)")).isEqualTo(1.75);
      assertThat(reader.getBoolean("odd")).isFalse();
    }
  }

  private static Export export(Map<String, Export> all, String id) {
    return Objects.requireNonNull(all.get(id), id);
  }

  @Test
  void junitShowsVerdicts() throws Exception {
    Path file = folder.resolve("junit.xml");
    JUnitXml.write(Examples.verify(folder), file);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(root.getAttribute("tests")).isEqualTo("8");
    assertThat(root.getAttribute("failures")).isEqualTo("1");
    assertThat(root.getAttribute("errors")).isEqualTo("1");
    assertThat(root.getAttribute("skipped")).isEqualTo("2");
    NodeList tests = root.getElementsByTagName("testcase");
    assertThat(tests.getLength()).isEqualTo(8);
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (int i = 0; i < tests.getLength(); i++) {
      Element test = (Element) tests.item(i);
      outcomes.put(
          test.getAttribute("name"),
          test.getFirstChild() == null
              ? "passed"
              : test.getFirstChild().getNodeName()
                  + ": "
                  + ((Element) test.getFirstChild()).getAttribute("message"));
    }
    assertThat(outcomes)
        .containsEntry("a-0", "passed")
        .containsEntry("a-2", "failure: violated: bound; W2 1.8 to 2.2, bound 0.99 to 1.01")
        .containsEntry("b-3", "skipped: INCONCLUSIVE: for a reason")
        .containsEntry("a-4", "skipped: NOT_APPLICABLE: for a reason")
        .containsEntry("configuration 9", "error: ArithmeticException: by zero")
        .containsEntry("drop \"I\" & more, c", "passed");
  }
}
