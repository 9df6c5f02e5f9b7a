package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/** A file of sysfs or a cgroup that holds one number, possibly negative. */
final class SingleValue implements FileSource.Parser {
  private static final byte[] MINUS = {'-'};

  private final @Nullable Column column;
  private final double perUnit;

  SingleValue(@Nullable Column column, double perUnit) {
    this.column = column;
    this.perUnit = perUnit;
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    boolean negative = text.skip(MINUS);
    put(column, epochMillis, text.number(), negative ? -perUnit : perUnit);
  }
}
