package dev.nightjar.bench;

import dev.nightjar.model.Direction;
import dev.nightjar.model.Failure;

/**
 * What a benchmark's values are.
 *
 * @param name such as {@code time} or {@code throughput}
 * @param unit such as {@code s} or {@code By/s}; values are kept in the canonical one of its
 *     quantity
 */
public record MetricDefinition(String name, String unit, Direction direction) {
  /** What a command is measured by unless told otherwise. */
  public static final MetricDefinition TIME =
      new MetricDefinition("time", "s", Direction.LOWER_IS_BETTER);

  public MetricDefinition {
    if (name.isBlank()) {
      throw new Failure.Misuse("A metric has no name: give it one, such as 'time'.");
    }
    if (unit.isBlank()) {
      throw new Failure.Misuse(
          "The metric '" + name + "' has no unit: give it one, such as 's', or '1' for a number.");
    }
  }
}
