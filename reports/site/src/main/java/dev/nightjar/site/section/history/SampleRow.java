package dev.nightjar.site.section.history;

import dev.nightjar.markup.Markup;
import dev.nightjar.model.Sample;
import dev.nightjar.model.telemetry.BoundaryReadings;
import dev.nightjar.model.telemetry.Indicator;
import dev.nightjar.model.unit.UnitScale;
import dev.nightjar.site.section.Tables;
import dev.nightjar.site.section.Tables.Column;
import dev.nightjar.store.sample.DisturbedSample;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** One repetition in a table, with what the machine did meanwhile. An absent reading is a dash. */
final class SampleRow {
  static final List<Column> COLUMNS =
      Stream.of(
              Stream.of("№", "Value", "Took").map(Column::number),
              Indicator.shown().stream().map(Indicator::heading).map(Column::number),
              Stream.of(Column.words("Disturbed by")))
          .flatMap(columns -> columns)
          .toList();

  private SampleRow() {}

  static void write(
      Markup html, Sample sample, Optional<DisturbedSample> disturbance, UnitScale scale) {
    BoundaryReadings readings = sample.readings();
    Tables.row(
        html,
        () -> {
          Tables.number(html, String.valueOf(sample.ordinal() + 1));
          Tables.number(html, scale.format(sample.value()));
          reading(html, OptionalLong.of(sample.wallNanos()), "ns");
          for (Indicator indicator : Indicator.shown()) {
            reading(html, readings.of(indicator), indicator.unit());
          }
          Tables.words(html, disturbance.map(DisturbedSample::causes).orElse("—"));
        });
  }

  private static void reading(Markup html, OptionalLong value, String unit) {
    Tables.number(html, value.isPresent() ? shown((double) value.getAsLong(), unit) : "—");
  }

  private static String shown(double value, String unit) {
    return UnitScale.of(unit, value).formatShort(value);
  }
}
