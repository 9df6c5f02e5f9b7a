package dev.nightjar.bench.results;

import org.jspecify.annotations.Nullable;

/** A record, or a part of it, gives no value; the others can. */
final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String benchmark;

  /** Of a record whose benchmark is not known. */
  BadRecord(String reason) {
    this(null, reason);
  }

  /** Of a benchmark's record. */
  BadRecord(@Nullable String benchmark, String reason) {
    super(reason, null, false, false);
    this.benchmark = benchmark;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** The same of a benchmark, if its name was not known where it was noticed. */
  BadRecord of(String name) {
    return benchmark != null || name.isEmpty() ? this : new BadRecord(name, reason());
  }

  void tell(ResultSink sink) {
    sink.leftOut(benchmark, reason());
  }
}
