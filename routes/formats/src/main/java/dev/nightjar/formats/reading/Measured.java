package dev.nightjar.formats.reading;

import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import dev.nightjar.model.unit.Unit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One benchmark's record as a reader goes through it: the only way from a reader to a value, so
 * that every name is stable and every value in its quantity's canonical unit, whatever the tool.
 */
public final class Measured {
  private static final int MOST_PARAMETERS = 64;

  private final ResultSink sink;
  private final String name;
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final SortedMap<String, String> circumstances = new TreeMap<>();
  private Device device = Device.CPU;
  private boolean isStable = true;
  private final StringBuilder written = new StringBuilder();
  private @Nullable Identity identity;

  public Measured(ResultSink sink, String name) throws BadRecord {
    this.sink = sink;
    if (name.isBlank()) {
      throw new BadRecord("a benchmark has no name");
    }
    this.name = stable(name);
  }

  private String stable(String text) {
    String stable = StableText.of(text);
    if (!stable.equals(text)) {
      isStable = false;
    }
    written.append(text).append('\n');
    return StableText.visible(stable);
  }

  /** A parameter: always part of the series. */
  public Measured with(String parameter, String value) {
    if (parameters.size() < MOST_PARAMETERS && !value.isEmpty()) {
      parameters.put(sink.shared(stable(parameter)), sink.shared(stable(value)));
    }
    return this;
  }

  public Measured with(Map<String, String> all) {
    all.forEach(this::with);
    return this;
  }

  /** A circumstance: part of the series only where alike ones of this run differ in it. */
  public Measured under(String circumstance, String value) {
    if (circumstances.size() < MOST_PARAMETERS && !value.isEmpty()) {
      circumstances.put(
          sink.shared(StableText.visible(circumstance)),
          sink.shared(StableText.visible(StableText.of(value))));
    }
    return this;
  }

  public Measured on(String deviceName) {
    device = Device.of(StableText.visible(deviceName));
    return this;
  }

  /** The tool's name of it. */
  public String name() {
    return name;
  }

  public void lower(String metric, String unit, double value) {
    add(metric, unit, Direction.LOWER_IS_BETTER, value);
  }

  public void higher(String metric, String unit, double value) {
    add(metric, unit, Direction.HIGHER_IS_BETTER, value);
  }

  /**
   * A value.
   *
   * @param unit as the tool has it
   * @param said which way is better, if the user or the tool says so; else the unit tells
   */
  public void add(String metric, String unit, @Nullable Direction said, double value) {
    Unit known = Unit.of(unit);
    double canonical = known.canonical(value);
    if (!Double.isFinite(canonical)) {
      leftOut("its " + metric + " is no finite number");
      return;
    }
    if (canonical < 0 && known.symbol().equals("s")) {
      leftOut("its " + metric + " is below zero, which no time is");
      return;
    }
    @Nullable Direction better = said != null ? said : known.better();
    sink.value(
        identity(),
        sink.shared(StableText.visible(metric)),
        sink.shared(StableText.visible(known.symbol())),
        better,
        canonical);
  }

  /**
   * The values of a list; what is no number among them is named, and the others are kept.
   *
   * @return how many the list holds
   */
  public int addAll(String metric, String unit, @Nullable Direction said, JsonNode list) {
    int count = 0;
    int bad = 0;
    for (JsonNode value : list.values()) {
      count++;
      if (value.isNumber()) {
        add(metric, unit, said, value.doubleValue());
      } else {
        bad++;
      }
    }
    if (bad > 0) {
      leftOut(
          "%d of the %d values of its %s %s"
              .formatted(bad, count, metric, bad == 1 ? "is no number" : "are no numbers"));
    }
    return count;
  }

  /** Some of many are left out, unless there are none of these. */
  public void noNumbers(String what, int bad, int all) {
    if (bad > 0) {
      leftOut("%d of its %d %s are no numbers".formatted(bad, all, what));
    }
  }

  /** A value that a record may lack; one that is there and no number is left out with a word. */
  public void optional(
      String metric, String unit, @Nullable Direction said, JsonNode record, String field) {
    JsonNode value = record.path(field);
    if (value.isNumber()) {
      add(metric, unit, said, value.doubleValue());
    } else if (!value.isMissingNode()) {
      leftOut("its '" + field + "' is no number");
    }
  }

  /** Something of it gave no value. */
  public void leftOut(String reason) {
    sink.leftOut(name, reason);
  }

  /** It failed, as the tool says. */
  public void failed(String reason) {
    sink.failed(identity(), reason);
  }

  private Identity identity() {
    Identity known = identity;
    if (known == null) {
      known =
          new Identity(
              name,
              parameters,
              circumstances,
              device,
              isStable ? null : written.toString(),
              sink.fileOfRecord());
      identity = known;
    }
    return known;
  }
}
