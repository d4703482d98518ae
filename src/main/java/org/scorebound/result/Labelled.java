package org.scorebound.result;

/** An enum constant whose spelling in result documents is not its name. */
public interface Labelled {

  /** The spelling in result documents. */
  String label();
}
