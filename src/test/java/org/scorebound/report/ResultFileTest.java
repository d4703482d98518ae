package org.scorebound.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebound.io.InputException;

/** Result documents as the report reads them. */
class ResultFileTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void figuresAndTablesComeBackAsTheyWere() {
    ResultFile read = ResultFile.read(Examples.generic(folder));
    assertThat(read.figures()).containsExactly(Examples.lines(), Examples.bars(), Examples.heat());
    assertThat(read.tables()).containsExactly(Examples.table());
    assertThat(read.reproducedBy()).isEqualTo("./scorebound demo --out 'it'\\''s here.json'");
    assertThat(read.facts()).containsEntry("seed", "7").containsEntry("time", "1.25 s");
  }

  @Test
  void aFigureThatCannotBeDrawnIsToldWithItsPlace() throws IOException {
    Path file = Examples.generic(folder);
    String whole = Files.readString(file);
    Files.writeString(file, whole.replace("\"style\": \"step\"", "\"style\": \"stairs\""));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown style 'stairs' in figures[0].series[1]");
    Files.writeString(file, whole.replaceFirst("\"x\": \\[ 2.0, 20.0,", "\"x\": [ 2.0,"));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("must be as long as x, 2, got 3")
        .hasMessageEndingWith("in figures[0]");
    Files.writeString(file, whole.replace("\"id\": \"bars\"", "\"id\": \"lines\""));
    assertThatThrownBy(() -> ResultFile.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("id 'lines' is there twice");
  }

  @Test
  void verdictsAreSummed() {
    Headline headline = ResultFile.read(Examples.verify(folder)).headline();
    assertThat(headline.tone()).isEqualTo(Headline.Tone.BAD);
    assertThat(headline.text()).isEqualTo("1 violated among 5 configurations");
    assertThat(headline.shares())
        .extracting(Headline.Share::count)
        .containsExactly(1L, 1L, 1L, 1L, 1L);
  }

  private Headline headline(String schema, String rest) throws IOException {
    Path file = folder.resolve(schema + ".json");
    Files.writeString(
        file,
        "{\"schema\":\"scorebound/"
            + schema
            + "-result/1\",\"run\":{\"build\":{\"version\":\"1\"}},"
            + "\"timing\":{\"elapsedSeconds\":1},"
            + rest
            + "}");
    return ResultFile.read(file).headline();
  }

  /** The time with the largest certified constant, and whether every bracket is closed. */
  @Test
  void lipschitzSaysTheLargestConstant() throws IOException {
    String results =
        """
        "dimension":2,"gap":0.1,"results":[
        {"t":0,"sampled":-2,"certified":-1.5,"gapReached":false,"productOfNorms":40,"logarithmicNorm":9},
        {"t":1,"sampled":3.1,"certified":3.2,"gapReached":true,"productOfNorms":50,"logarithmicNorm":70},
        {"t":2,"sampled":-1,"certified":0.5,"gapReached":true,"productOfNorms":5,"logarithmicNorm":7}]
        """;
    Headline headline = headline("lipschitz", results);
    assertThat(headline.tone()).isEqualTo(Headline.Tone.PART);
    assertThat(headline.text())
        .isEqualTo(
            "The largest L_s over all of R^2 is in [3.1, 3.2], certified above and attained below,"
                + " at t = 1");
    assertThat(headline.facts())
        .containsExactly(
            "L_s certified below 0 at 1 of 3 times, of undecided sign at 1",
            "widest bracket: [-1, 0.5] at t = 2",
            "relative gap of 0.1 reached at 2 of 3",
            "from the layers' matrices alone L_s would be bounded by 50");
    assertThat(headline("lipschitz", results.replace("false", "true")).tone())
        .isEqualTo(Headline.Tone.GOOD);
    assertThat(headline("lipschitz", "\"results\":[]").text()).isEqualTo("No bracket of L_s");
  }

  /** Drawn runs alone, condition by condition; the least effect that is found in 95 % of them. */
  @Test
  void calibrationSaysFalseAlarmsAndWhatIsFound() throws IOException {
    String columns =
        Stream.of("condition", "injected", "forks", "runs", "REGRESSED", "INCONCLUSIVE", "t", "U")
            .map(
                name ->
                    "{\"name\":\"%s\",\"unit\":\"\",\"numeric\":%s}"
                        .formatted(name, !name.equals("condition") && !name.equals("forks")))
            .collect(Collectors.joining(","));
    String rows =
        """
        ["quiet",0,"real",2,2,0,2,2],["quiet",0,"drawn",1000,1,3,78,121],
        ["quiet",2,"drawn",300,240,0,147,260],["quiet",3,"drawn",300,299,0,227,293],
        ["quiet",5,"drawn",300,300,0,300,300],["shared",0,"drawn",400,0,9,30,20],
        ["shared",3,"drawn",100,94,0,90,90]
        """;
    String table =
        "\"tables\":[{\"id\":\"calibration\",\"title\":\"c\",\"caption\":\"\",\"columns\":["
            + columns
            + "],\"rows\":["
            + rows
            + "]}]";
    Headline headline = headline("regress-calibration", table);
    assertThat(headline.text())
        .isEqualTo(
            "quiet: identical builds called slower in 1 of 1000 runs, a slow-down of 3 % found in"
                + " 299 of 300");
    assertThat(headline.facts())
        .containsExactly(
            "shared: identical builds called slower in 0 of 400 runs, no slow-down found in 95 % of"
                + " the runs",
            "quiet: of 2 other rules on the same identical builds, the worst calls 121 of 1000"
                + " slower (U)",
            "shared: of 2 other rules on the same identical builds, the worst calls 30 of 400"
                + " slower (t)");
    assertThat(headline("regress-calibration", "\"tables\":[]").text())
        .isEqualTo("No drawn runs to judge the gate by");
  }

  @Test
  void fieldsAreSpacedAndSymbolsKept() {
    assertThat(Words.spaced("logIGrid")).isEqualTo("log I grid");
    assertThat(Words.spaced("slopeOfMatchingTermAtFixedI"))
        .isEqualTo("slope of matching term at fixed I");
    assertThat(Words.spaced("lossAgainstW2Shuffled")).isEqualTo("loss against W2 shuffled");
    assertThat(Words.spaced("w2Rises")).isEqualTo("W2 rises");
    assertThat(Words.spaced("asExpected")).isEqualTo("as expected");
    assertThat(Words.spaced("4-clusters-2d, lossAtStart"))
        .isEqualTo("4-clusters-2d, loss at start");
  }

  /** A document that was just made reads as the file that it was written to. */
  @Test
  void aDocumentInMemoryIsTheSameAsItsFile() {
    Path file = Examples.generic(folder);
    Map<String, Object> document = Examples.head("demo");
    document.put("tables", List.of(Examples.table()));
    ResultFile made = ResultFile.of(file, document);
    assertThat(made.tables()).isEqualTo(ResultFile.read(file).tables());
    assertThat(made.command()).isEqualTo("demo");
    assertThat(made.figures()).isEmpty();
  }
}
