package dev.nightjar.bench.results;

import org.jspecify.annotations.Nullable;

/** One record of a file gives no value; the others can. */
final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String failed;

  /** A record that cannot be used. */
  BadRecord(String reason) {
    this(null, reason);
  }

  private BadRecord(@Nullable String failed, String reason) {
    super(reason, null, false, false);
    this.failed = failed;
  }

  /** A record that says that its benchmark failed. */
  static BadRecord ofFailure(String benchmark, String reason) {
    return new BadRecord(benchmark, reason);
  }

  /** Tells it to whom it concerns. */
  void tell(ResultSink sink, long line) {
    if (failed == null) {
      sink.problem(line, String.valueOf(getMessage()));
    } else {
      sink.failed(line, failed, String.valueOf(getMessage()));
    }
  }
}
