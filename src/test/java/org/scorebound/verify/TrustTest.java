package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The equality cases hold, their neighbours do not, and every wrong formula is caught. */
class TrustTest {

  static Iterable<EqualityCases.Case> equalityCases() {
    return EqualityCases.all();
  }

  static Iterable<Control> controls() {
    return NegativeControls.all();
  }

  @ParameterizedTest
  @MethodSource("equalityCases")
  void equalityCase(EqualityCases.Case c) {
    EqualityCases.Result result = EqualityCases.check(c);
    assertThat(result.passed()).as("%s", result).isTrue();
  }

  @ParameterizedTest
  @MethodSource("controls")
  void control(Control control) {
    Control.Result result = control.run();
    assertThat(result.passed()).as("%s", result).isTrue();
  }
}
