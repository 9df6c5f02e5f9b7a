package dev.nightjar.bench.results;

/** Takes what a reader finds in one file. */
interface ResultSink {
  /** A value. */
  void value(ResultValue value);

  /** Something that could not be read, in the line where it stands; 0 if there is no line. */
  void problem(long line, String reason);

  /** A benchmark that failed, as its tool says in that line. */
  void failed(long line, String benchmark, String reason);
}
