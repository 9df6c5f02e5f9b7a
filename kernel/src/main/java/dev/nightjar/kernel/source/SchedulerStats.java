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
 * {@code /proc/schedstat}, present where the kernel was built with it: for how long all tasks
 * together ran and waited for a CPU. In versions 15 to 17 these are the seventh and eighth number
 * of a CPU's line, in nanoseconds.
 */
final class SchedulerStats implements FileSource.Parser {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final byte[] VERSION = ascii("version ");
  private static final byte[] CPU = ascii("cpu");

  private final @Nullable Column ran;
  private final @Nullable Column waited;

  SchedulerStats(Columns columns) {
    ran = columns.column("nightjar.sched.run_time", "", "s");
    waited = columns.column("nightjar.sched.wait_time", "", "s");
  }

  @Override
  public void parse(KernelText text, long epochMillis) {
    if (!text.skip(VERSION) || !isKnown(text.number())) {
      return;
    }
    long ranNanos = 0;
    long waitedNanos = 0;
    for (; !text.atEnd(); text.nextLine()) {
      if (text.skip(CPU)) {
        text.skipWord();
        for (int i = 0; i < 6; i++) {
          text.skipWord();
        }
        long cpuRan = text.number();
        long cpuWaited = text.number();
        if (cpuRan == NONE || cpuWaited == NONE) {
          return; // the sum of a part is not the whole
        }
        ranNanos += cpuRan;
        waitedNanos += cpuWaited;
      }
    }
    put(ran, epochMillis, ranNanos, NANOS_PER_SECOND);
    put(waited, epochMillis, waitedNanos, NANOS_PER_SECOND);
  }

  private static boolean isKnown(long version) {
    return version >= 15 && version <= 17;
  }
}
