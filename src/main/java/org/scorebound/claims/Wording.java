package org.scorebound.claims;

import java.util.Locale;
import org.scorebound.result.Labelled;

/** Whether a source is right as it words a statement. */
public enum Wording implements Labelled {
  /** As it stands. */
  RIGHT,
  /** True after something is added that the source leaves out. */
  IMPRECISE,
  /** False as it stands. */
  WRONG;

  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
