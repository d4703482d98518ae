package org.scorebound.report;

import java.util.List;
import org.scorebound.io.JsonInput;
import org.scorebound.result.Figure;
import org.scorebound.result.Table;

/** What there is to show of one kind of result document. */
interface View {

  /** The view of a document; those of commands without one of their own show what it holds. */
  static View of(String command, JsonInput json) {
    return switch (command) {
      case "verify" -> json.has("families") ? new VerifyView(json) : new GenericView(json);
      case "bench" -> new BenchView(json);
      case "lipschitz" -> new LipschitzView(json);
      case "regress-calibration" -> new CalibrationView(json);
      default -> new GenericView(json);
    };
  }

  Headline headline();

  List<Figure> figures();

  List<Table> tables();
}
