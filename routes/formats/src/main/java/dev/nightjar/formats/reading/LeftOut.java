package dev.nightjar.formats.reading;

import org.jspecify.annotations.Nullable;

/**
 * Something in a result file that gave no value.
 *
 * @param file as it was named, or below the root that was searched
 * @param line where it stands, from 1; 0 when it is about the whole file
 * @param benchmark the tool's name of it; absent when the record has none, or it is no record
 * @param reason why, a clause without a full stop
 */
public record LeftOut(String file, long line, @Nullable String benchmark, String reason) {
  /** {@code FILE:LINE}, or the file alone. */
  public String place() {
    return line > 0 ? file + ":" + line : file;
  }

  /** What and why, without the place. */
  public String what() {
    return benchmark == null ? reason : "'" + benchmark + "': " + reason;
  }

  /** Where, what and why. */
  public String clause() {
    return place() + ": " + what();
  }
}
