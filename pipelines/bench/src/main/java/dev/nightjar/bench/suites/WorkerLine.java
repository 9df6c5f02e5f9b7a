package dev.nightjar.bench.suites;

import dev.nightjar.model.telemetry.BoundaryReadings;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker tells of a measure of a repetition.
 *
 * @param measure its place in {@link SuiteCase#measures}
 * @param repetition from 0, the warm-ups not counted
 * @param epochMillis when it began
 * @param nanos how long it took
 * @param readings of the host meanwhile; those of a process are absent, as the worker is none of
 *     its own for each
 */
record WorkerLine(
    int measure, int repetition, long epochMillis, long nanos, BoundaryReadings readings) {

  private static final int WORDS = 9;

  String text() {
    return String.format(
        Locale.ROOT,
        "%d %d %d %d %s %s %s %s %s",
        measure,
        repetition,
        epochMillis,
        nanos,
        readings.cpuPressureNanos(),
        readings.memoryPressureNanos(),
        readings.ioPressureNanos(),
        readings.stealNanos(),
        readings.throttledNanos());
  }

  /** The line of a text; empty for what else a worker, or a library in it, has printed. */
  static Optional<WorkerLine> of(String text) {
    String[] words = text.split(" ");
    if (words.length != WORDS || !text.matches("[0-9]+( -?[0-9]+){3}( -?[0-9]+| null){5}")) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkerLine(
            Integer.parseInt(words[0]),
            Integer.parseInt(words[1]),
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            new BoundaryReadings(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                reading(words[4]),
                reading(words[5]),
                reading(words[6]),
                reading(words[7]),
                reading(words[8]))));
  }

  private static @Nullable Long reading(String word) {
    return word.equals("null") ? null : Long.valueOf(word);
  }
}
