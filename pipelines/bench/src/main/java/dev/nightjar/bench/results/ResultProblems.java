package dev.nightjar.bench.results;

/** Is told what in a result file gave no value. */
@FunctionalInterface
public interface ResultProblems {
  /**
   * Something cannot be read; the rest of the file is.
   *
   * @param place {@code FILE:LINE}, or the file alone
   */
  void unreadable(String place, String reason);

  /**
   * The tool itself says that a benchmark failed.
   *
   * @param benchmark the tool's name of it, without control characters
   */
  default void failed(String benchmark, String place, String reason) {
    unreadable(place, "'" + benchmark + "' failed: " + reason);
  }
}
