package dev.nightjar.bench.results;

import org.jspecify.annotations.Nullable;

/** Takes what a reader finds in one file. */
interface ResultSink {
  /** A value. */
  void value(ResultValue value);

  /** Something that gave no value, in the line where it stands; 0 if there is no line. */
  void leftOut(long line, @Nullable String benchmark, String reason);

  /** A benchmark that failed, as its tool says in that line. */
  void failed(long line, String benchmark, String reason);

  /** Something worth knowing by which nothing was lost. */
  void remark(long line, String remark);
}
