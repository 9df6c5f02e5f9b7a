package dev.nightjar.bench.results;

/** A format of one record a line. */
interface LineFormat {
  void line(String line, ResultSink sink) throws BadRecord;
}
