package dev.nightjar.bench.results;

/** A format of one record a line. */
interface LineFormat {
  void line(String line, ResultSink sink) throws BadRecord;

  /**
   * Whether a file may end with this line though no line feed follows: where a tool always writes
   * one, the line is cut off, and a number at its end is another one.
   */
  boolean mayEndWith(String line);
}
