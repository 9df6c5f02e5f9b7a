package dev.nightjar.jobs.paired;

import dev.nightjar.bench.BenchmarkDefinition;
import dev.nightjar.gate.noise.Yardstick;
import dev.nightjar.model.Benchmark;
import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.Sample;
import dev.nightjar.model.Series;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pairs of a commit with the good one, or why there are none. */
final class MeasuredCommit {
  private static final int FEWEST = 8;
  private static final int FEWEST_COUNTED = 3;

  private final String commit;
  private final List<Pair> pairs = new ArrayList<>();
  private @Nullable String skipped;

  MeasuredCommit(String commit) {
    this.commit = commit;
  }

  /**
   * One version's run in a pair: all that comparing takes.
   *
   * @param value in the metric's unit; the median of several
   */
  record Reading(
      double value, long wallNanos, OptionalLong cpuNanos, OptionalLong runQueueWaitNanos) {
    static Reading of(List<Sample> samples) {
      Sample first = samples.getFirst();
      double cpu = Yardstick.cpuNanos(first);
      return new Reading(
          PairedValues.median(samples, Sample::value),
          first.wallNanos(),
          cpu > 0 ? OptionalLong.of((long) cpu) : OptionalLong.empty(),
          first.readings().of(Indicator.RUN_QUEUE_WAIT));
    }

    private static Reading read(JsonNode node) {
      if (!node.path("value").isNumber()) {
        throw new IllegalArgumentException("no value");
      }
      return new Reading(
          node.path("value").asDouble(),
          node.path("wall").asLong(),
          number(node.path("cpu")),
          number(node.path("wait")));
    }

    private static OptionalLong number(JsonNode node) {
      return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
    }

    private void into(ObjectNode node) {
      node.put("value", value);
      node.put("wall", wallNanos);
      put(node, "cpu", cpuNanos);
      put(node, "wait", runQueueWaitNanos);
    }

    private static void put(ObjectNode node, String name, OptionalLong value) {
      node.put(name, value.isPresent() ? Long.valueOf(value.getAsLong()) : null);
    }

    private Sample sample(Series series) {
      BoundaryReadings.Builder readings =
          BoundaryReadings.builder()
              .put(Indicator.USER_CPU, cpuNanos)
              .put(Indicator.RUN_QUEUE_WAIT, runQueueWaitNanos);
      if (cpuNanos.isPresent()) {
        readings.put(Indicator.SYSTEM_CPU, 0);
      }
      return new Sample(series, 0, value, Instant.EPOCH, wallNanos, readings.build());
    }
  }

  /**
   * A run of the good commit and one of this.
   *
   * @param counter by what it was counted; absent of what was not
   * @param spentNanos what measuring this commit has taken by then, in all calls
   */
  record Pair(
      String metric,
      String unit,
      @Nullable String counter,
      Reading good,
      Reading here,
      long spentNanos) {
    ObjectNode into(ObjectNode line) {
      line.put("metric", metric).put("unit", unit).put("spent", spentNanos);
      if (counter != null) {
        line.put(Series.COUNTER, counter);
      }
      good.into(line.putObject("good"));
      here.into(line.putObject("here"));
      return line;
    }
  }

  void read(JsonNode line) {
    if (line.path("skipped").isString()) {
      skip(line.path("skipped").asString());
    } else {
      add(
          new Pair(
              line.path("metric").asString(),
              line.path("unit").asString(),
              line.path(Series.COUNTER).isString() ? line.path(Series.COUNTER).asString() : null,
              Reading.read(line.path("good")),
              Reading.read(line.path("here")),
              line.path("spent").asLong()));
    }
  }

  void add(Pair pair) {
    pairs.add(pair);
  }

  void skip(String reason) {
    skipped = reason;
  }

  String commit() {
    return commit;
  }

  Optional<String> skipped() {
    return Optional.ofNullable(skipped);
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** Of counts a few tell as much as many. */
  boolean isCounted() {
    return !pairs.isEmpty() && pairs.getFirst().counter != null;
  }

  /** As many are measured in any case: fewer tell nothing. */
  int fewestPairs() {
    return isCounted() ? FEWEST_COUNTED : FEWEST;
  }

  Duration spent() {
    return pairs.isEmpty() ? Duration.ZERO : Duration.ofNanos(pairs.getLast().spentNanos);
  }

  /** What a pair takes in the mean, by the clock of its own runs. */
  Duration pairTime() {
    return Duration.ofNanos(
        (long)
            pairs.stream()
                .mapToLong(pair -> pair.good.wallNanos + pair.here.wallNanos)
                .average()
                .orElse(0));
  }

  /** The pairs as values to compare; there must be one. */
  PairedValues values(BenchmarkDefinition benchmark) {
    Pair first = pairs.getFirst();
    Series series =
        new Series(
            new Benchmark(
                benchmark.name(), null, first.metric, first.unit, Direction.LOWER_IS_BETTER),
            first.counter == null
                ? Collections.emptySortedMap()
                : new TreeMap<>(Map.of(Series.COUNTER, first.counter)),
            Device.CPU);
    PairedValues values = new PairedValues(series, benchmark.isTime(series));
    for (Pair pair : pairs) {
      values.add(List.of(pair.good.sample(series)), List.of(pair.here.sample(series)));
    }
    values.choose();
    return values;
  }
}
