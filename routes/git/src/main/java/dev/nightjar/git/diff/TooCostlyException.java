package dev.nightjar.git.diff;

/**
 * A comparison that would take more memory or time than one may: what it would say stays unsaid.
 */
final class TooCostlyException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what there was too much of, to go into a sentence
   */
  TooCostlyException(String what) {
    super(what, null, false, false);
  }
}
