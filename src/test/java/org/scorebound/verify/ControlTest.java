package org.scorebound.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** What a control makes of formulas that come to no number. */
class ControlTest {

  private static double refused() {
    throw new IllegalArgumentException("x must be finite");
  }

  private static Control.Result of(DoubleSupplier right, DoubleSupplier wrong) {
    return new Control("name", "check", "configuration", 1e-9, true, right, wrong).run();
  }

  /** One broken formula must not end the run before the other controls have spoken. */
  @Test
  void aRightFormulaThatIsRefusedFailsItsControl() {
    Control.Result result = of(ControlTest::refused, () -> 1);
    assertThat(result.passed()).isFalse();
    assertThat(result.right()).isEqualTo(Double.MAX_VALUE);
    assertThat(of(() -> Double.NaN, () -> 1).passed()).isFalse();
  }

  @Test
  void aWrongFormulaThatIsRefusedIsCaught() {
    assertThat(of(() -> 0, ControlTest::refused).passed()).isTrue();
  }

  /** An error of the program is none of a formula. */
  @Test
  void otherFailuresAreNotSwallowed() {
    assertThatThrownBy(
            () ->
                of(
                    () -> {
                      throw new IllegalStateException("bug");
                    },
                    () -> 1))
        .isInstanceOf(IllegalStateException.class);
  }
}
