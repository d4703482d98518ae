package org.scorebound.result;

/** Told about the advance of long work; implementations are thread-safe and cheap. */
public interface Progress {

  /** Hears nothing. */
  Progress NONE = (done, total, what) -> {};

  /**
   * Reports an advance.
   *
   * @param done units finished so far
   * @param total units in all, or -1 where unknown
   * @param what the stage, in a few words
   */
  void report(long done, long total, String what);
}
