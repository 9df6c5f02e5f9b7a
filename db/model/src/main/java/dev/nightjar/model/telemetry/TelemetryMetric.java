package dev.nightjar.model.telemetry;

/**
 * A quantity that is read again and again: OpenTelemetry's name where it has one, {@code
 * nightjar.*} elsewhere.
 *
 * @param name such as {@code system.cpu.time}
 * @param attributes what tells readings of one name apart, as {@code key=value} in alphabetical
 *     order with commas between, such as {@code cpu.mode=steal}; empty when there are none
 * @param unit UCUM, such as {@code s}, {@code By}, {@code 1}
 */
public record TelemetryMetric(String name, String attributes, String unit) {}
