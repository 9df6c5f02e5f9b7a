package dev.nightjar.site.section.history;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One repetition in a table, with what the machine did meanwhile. An absent reading is a dash. */
final class SampleRow {
  static final List<Column> COLUMNS =
      List.of(
          Column.number("№"),
          Column.number("Value"),
          Column.number("Took"),
          Column.number("User CPU"),
          Column.number("System CPU"),
          Column.number("Forced switches"),
          Column.number("Run-queue wait"),
          Column.number("CPU pressure"),
          Column.number("Steal"),
          Column.number("Peak memory"),
          Column.words("Disturbed by"));

  private SampleRow() {}

  static void write(
      Markup html, Sample sample, Optional<DisturbedSample> disturbance, UnitScale scale) {
    BoundaryReadings readings = sample.readings();
    Tables.row(
        html,
        () -> {
          Tables.number(html, String.valueOf(sample.ordinal() + 1));
          Tables.number(html, scale.format(sample.value()));
          nanos(html, sample.wallNanos());
          nanos(html, readings.userCpuNanos());
          nanos(html, readings.systemCpuNanos());
          reading(html, readings.involuntarySwitches(), "1");
          nanos(html, readings.runQueueWaitNanos());
          nanos(html, readings.cpuPressureNanos());
          nanos(html, readings.stealNanos());
          reading(html, readings.maxRssBytes(), "By");
          Tables.words(html, disturbance.map(DisturbedSample::causes).orElse("—"));
        });
  }

  private static void nanos(Markup html, @Nullable Long nanos) {
    reading(html, nanos, "ns");
  }

  private static void reading(Markup html, @Nullable Long value, String unit) {
    Tables.number(html, value == null ? "—" : UnitScale.of(unit, value).formatShort(value));
  }
}
