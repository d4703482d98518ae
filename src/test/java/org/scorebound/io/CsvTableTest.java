package org.scorebound.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @Test
  void rowsBecomeColumnsOfADByNArray() {
    CsvTable table = CsvTable.parse("a,b\n1,2\n3,4\n5,6\n", "t.csv");
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(table.d()).isEqualTo(2);
    assertThat(table.n()).isEqualTo(3);
    assertThat(table.data()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(table.hasHeader()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2\n3,4",
        "1;2\r\n3;4\r\n",
        "1\t2\n3\t4\n\n\n",
        "\"1\",\"2\"\n\"3\",\"4\"\n  \n",
        " +1 , 2.\n3e0,.4E+1\r",
        "x,\"y, z\"\n1,2\n3,4\n",
        "x;\"y\ny\"\n1;2\n3;4\n",
        "\"say \"\"x, y\"\"\",z\n1,2\n3,4\n",
        "\"a;\tb\",c\n1,2\n3,4\n",
        "\n\n1,2\n3,4\n",
      })
  void usualLibertiesAreTolerated(String text) {
    assertThat(CsvTable.parse(text, "t.csv").data()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void doubledQuotesInACellAreOne() {
    assertThat(CsvTable.parse("\"say \"\"x\"\"\"\n1\n", "t").columns())
        .containsExactly("say \"x\"");
  }

  @Test
  void columnsWithoutAHeaderAreNumbered() {
    assertThat(CsvTable.parse("1,2", "t").hasHeader()).isFalse();
    assertThat(CsvTable.parse("1,2", "t").source()).isEqualTo("t");
    assertThat(CsvTable.parse(",b\n1,2", "t").columns()).containsExactly("column 1", "b");
    assertThat(CsvTable.parse("1,2", "t").columns()).containsExactly("column 1", "column 2");
  }

  @Test
  void byteOrderMarkIsSkipped(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("bom.csv");
    Files.write(file, "\uFEFF1,2\n".getBytes(StandardCharsets.UTF_8));
    assertThat(BundledData.resolve(file.toString()).data()).containsExactly(1, 2);
  }

  @Test
  void defectsAreReportedWithLineAndColumn() {
    assertFails("", "t.csv: is empty, rows of numbers are needed");
    assertFails("\n \n", "t.csv: is empty, rows of numbers are needed");
    assertFails("a,b\n", "t.csv: has a header but no rows of numbers");
    assertFails("a,b\n1,2\n3\n", "t.csv:3: row has 1 value, the first row has 2");
    assertFails("a,b\n1,2\n3,4,5\n", "t.csv:3: row has 3 values, the first row has 2");
    assertFails("a,b\n1,2\n3,x\n", "t.csv:3: column 'b' must be a number, got 'x'");
    assertFails("1,2\n3,NA\n", "t.csv:2: column 'column 2' must be a number, got 'NA'");
    assertFails("a,b\n1,\n", "t.csv:2: column 'b' has no value");
    assertFails("1,2\n3,NaN\n", "t.csv:2: column 'column 2' must be a finite number, got NaN");
    assertFails("1,-inf\n", "t.csv:1: column 'column 2' must be a finite number, got -inf");
    assertFails("1,1e999\n", "t.csv:1: column 'column 2' must be a finite number, got 1e999");
    assertFails("a,b\n1d,2\n", "t.csv:2: column 'a' must be a number, got '1d'");
    assertFails("a;b\n1;2\n1,5;2\n", "got '1,5' (write decimals with a point)");
    assertFails("1,2\n\n3,4\n", "t.csv:2: blank line between rows");
    assertFails("a,b\n1,\"2\n", "t.csv:2: quote is never closed");
    assertFails("\"a\nb\",c\n1,x\n", "t.csv:3: column 'c' must be a number, got 'x'");
  }

  @Test
  void bundledDataHasItsPublishedShape() {
    CsvTable geyser = BundledData.resolve("old-faithful");
    assertThat(geyser.n()).isEqualTo(272);
    assertThat(geyser.columns()).containsExactly("eruptions_min", "waiting_min");
    assertThat(geyser.data()).startsWith(3.6, 79, 1.8, 54);
    assertThat(BundledData.resolve("iris").n()).isEqualTo(150);
    assertThat(BundledData.resolve("iris").d()).isEqualTo(4);
    CsvTable digits = BundledData.resolve("digits-8x8");
    assertThat(digits.n()).isEqualTo(1797);
    assertThat(digits.d()).isEqualTo(64);
    assertThat(DoubleStream.of(digits.data()))
        .allMatch(x -> x >= 0 && x <= 16 && x == Math.rint(x));
  }

  @Test
  void unknownDataSetIsNamedWithTheNearest() {
    assertThatThrownBy(() -> BundledData.resolve("old-faithfull"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "old-faithfull: no such file, and no bundled data set of that name"
                + " (nearest: 'old-faithful')");
  }

  private static void assertFails(String text, String message) {
    assertThatThrownBy(() -> CsvTable.parse(text, "t.csv"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith(message);
  }
}
