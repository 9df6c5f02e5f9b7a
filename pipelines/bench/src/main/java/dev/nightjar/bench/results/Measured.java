package dev.nightjar.bench.results;

import dev.nightjar.model.Direction;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a reader has found, as it goes through one benchmark's record; makes the values of it. */
final class Measured {
  private static final int LONGEST_NAME = 500;
  private static final int MOST_PARAMETERS = 64;

  private final ResultSink sink;
  private final String name;
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private String device = "cpu";

  Measured(ResultSink sink, String name) throws BadRecord {
    this.sink = sink;
    this.name = cleaned(name);
    if (this.name.isBlank()) {
      throw new BadRecord("a benchmark has no name");
    }
  }

  /** Names end up in terminals and web pages: control characters never do. */
  static String cleaned(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "?").strip();
    return visible.length() <= LONGEST_NAME ? visible : visible.substring(0, LONGEST_NAME);
  }

  Measured with(String parameter, String value) {
    if (parameters.size() < MOST_PARAMETERS) {
      parameters.put(cleaned(parameter), cleaned(value));
    }
    return this;
  }

  Measured with(Map<String, String> all) {
    all.forEach(this::with);
    return this;
  }

  Measured on(String deviceName) {
    device = cleaned(deviceName);
    return this;
  }

  void lower(String metric, String unit, double value) throws BadRecord {
    add(metric, unit, Direction.LOWER_IS_BETTER, value);
  }

  void higher(String metric, String unit, double value) throws BadRecord {
    add(metric, unit, Direction.HIGHER_IS_BETTER, value);
  }

  void add(String metric, String unit, Direction direction, double value) throws BadRecord {
    if (!Double.isFinite(value)) {
      throw new BadRecord("'" + name + "' has a " + metric + " that is no finite number");
    }
    sink.value(
        new ResultValue(
            name,
            cleaned(metric),
            cleaned(unit),
            direction,
            Collections.unmodifiableSortedMap(new TreeMap<>(parameters)),
            device,
            value));
  }
}
