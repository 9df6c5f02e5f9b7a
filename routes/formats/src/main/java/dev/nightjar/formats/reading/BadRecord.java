package dev.nightjar.formats.reading;

import org.jspecify.annotations.Nullable;

/** A record, or a part of it, gives no value; the others can. */
public final class BadRecord extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String benchmark;

  /** Of a record whose benchmark is not known. */
  public BadRecord(String reason) {
    this(null, reason);
  }

  /** Of a benchmark's record. */
  public BadRecord(@Nullable String benchmark, String reason) {
    super(reason, null, false, false);
    this.benchmark = benchmark;
  }

  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The same of a benchmark, if its name was not known where it was noticed. */
  public BadRecord of(String name) {
    return benchmark != null || name.isEmpty() ? this : new BadRecord(name, reason());
  }

  public void tell(ResultSink sink) {
    sink.refused(benchmark, reason());
  }
}
