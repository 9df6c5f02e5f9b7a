package dev.nightjar.kernel.source;

import static dev.nightjar.kernel.proc.KernelText.NONE;
import static dev.nightjar.kernel.proc.KernelText.ascii;
import static dev.nightjar.kernel.proc.KernelText.put;

import dev.nightjar.kernel.proc.FileSource;
import dev.nightjar.kernel.proc.KernelText;
import dev.nightjar.kernel.telemetry.Columns;
import dev.nightjar.kernel.telemetry.Columns.Column;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/pressure/*}: for how long some task, or all of them, stalled for want of a resource.
 * The running totals are stored, as the averages can be had from them and not the reverse.
 */
public final class PressureTotals implements FileSource.Parser {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final byte[] SOME = ascii("some ");
  private static final byte[] FULL = ascii("full ");
  private static final byte[] TOTAL = ascii("total=");

  private final @Nullable Column some;
  private final @Nullable Column full;

  PressureTotals(Columns columns, String resource) {
    String name = "nightjar.pressure." + resource;
    some = columns.column(name, "system.pressure.stall_type=some", "s");
    full = columns.column(name, "system.pressure.stall_type=full", "s");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    while (!text.atEnd()) {
      if (text.skip(SOME)) {
        put(some, epochMillis, total(text), MICROS_PER_SECOND);
      } else if (text.skip(FULL)) {
        put(full, epochMillis, total(text), MICROS_PER_SECOND);
      }
      text.nextLine();
    }
  }

  /** The microseconds after {@code total=} in this line. */
  public static long total(KernelText text) {
    for (int words = 0; words < 8; words++) {
      if (text.skip(TOTAL)) {
        return text.number();
      }
      text.skipWord();
      text.skipBlanks();
    }
    return NONE;
  }
}
