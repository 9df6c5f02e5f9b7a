package dev.nightjar.bench.results;

import org.jspecify.annotations.Nullable;

/** A record, or a part of it, gives no value; the others can. */
final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String benchmark;
  private final boolean isFailure;

  /** Of a record without a name. */
  BadRecord(String reason) {
    this(null, false, reason);
  }

  /** Of a benchmark's record. */
  BadRecord(String benchmark, String reason) {
    this(benchmark, false, reason);
  }

  private BadRecord(@Nullable String benchmark, boolean isFailure, String reason) {
    super(reason, null, false, false);
    this.benchmark = benchmark;
    this.isFailure = isFailure;
  }

  /** A record that says that its benchmark failed. */
  static BadRecord ofFailure(String benchmark, String reason) {
    return new BadRecord(benchmark, true, reason);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Tells it to whom it concerns. */
  void tell(ResultSink sink, long line) {
    if (isFailure && benchmark != null) {
      sink.failed(line, benchmark, reason());
    } else {
      sink.leftOut(line, benchmark, reason());
    }
  }
}
