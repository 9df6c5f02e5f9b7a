package dev.nightjar.formats.reading;

import dev.nightjar.model.Device;
import dev.nightjar.model.Direction;
import java.util.SortedMap;

/**
 * One value that a tool measured.
 *
 * @param name the tool's name of the benchmark; not empty, without control characters
 * @param metric such as {@code time} or {@code throughput}
 * @param unit UCUM as far as the tool's unit is known
 * @param isDirectionAssumed whether neither the user nor the tool nor the unit says which way is
 *     better
 * @param parameters by name; empty when there are none
 * @param device {@code cpu}, or the name of an accelerator
 * @param value finite
 */
public record ResultValue(
    String name,
    String metric,
    String unit,
    Direction direction,
    boolean isDirectionAssumed,
    SortedMap<String, String> parameters,
    Device device,
    double value) {}
