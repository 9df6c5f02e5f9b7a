package dev.nightjar.bench.suites;

import dev.nightjar.model.telemetry.BoundaryReadings;
import java.util.Optional;
import java.util.regex.Pattern;

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

  private static final Pattern LINE =
      Pattern.compile("[0-9]+( -?[0-9]+){3} (-|[a-z_]+=[0-9]+(,[a-z_]+=[0-9]+)*)");

  String text() {
    return "%d %d %d %d %s".formatted(measure, repetition, epochMillis, nanos, readings);
  }

  /** The line of a text; empty for what else a worker, or a library in it, has printed. */
  static Optional<WorkerLine> of(String text) {
    String[] words = text.split(" ");
    if (!LINE.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkerLine(
            Integer.parseInt(words[0]),
            Integer.parseInt(words[1]),
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            BoundaryReadings.parse(words[4])));
  }
}
